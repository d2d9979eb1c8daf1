package sandpiper.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MarketValuesTest {
  @Test
  void intervalsReadBackAsTheyWereWritten() {
    for (var text : new String[] {"1s", "30s", "1m", "15m", "4h", "1d"}) {
      assertThat(Interval.parse(text)).hasToString(text);
    }
    assertThat(Interval.parse("60s")).isEqualTo(Interval.parse("1m"));
  }

  @Test
  void wrongIntervalsAreNamed() {
    for (var text : new String[] {"", "m", "0m", "1w", "-1m", "1.5m", "1m "}) {
      assertThatThrownBy(() -> Interval.parse(text))
          .hasMessage(
              "interval must be a number and one of s, m, h, d, such as 30s, 1m, 4h or 1d, was '"
                  + text
                  + "'");
    }
    assertThatThrownBy(() -> Interval.parse("400d")).hasMessageContaining("from 1s to 366d");
  }

  @Test
  void impossiblePricesAreRefused() {
    assertThatThrownBy(() -> new Trade("A", 0, Double.NaN, 1))
        .hasMessage("price must be a number above zero, was NaN");
    assertThatThrownBy(() -> new Trade("A", 0, 1, -1))
        .hasMessage("amount must be a number from zero up, was -1.0");
    assertThatThrownBy(() -> new Quote("A", 0, 2, 1, 0, 0))
        .hasMessage("bid must not be above ask, was 2.0 over 1.0");
    assertThatThrownBy(() -> new Bar("A", Interval.parse("1m"), 0, 5, 4, 3, 4, 0))
        .hasMessageContaining("open 5.0, high 4.0");
  }

  @Test
  void marketPricesAreExactDecimals() {
    assertThat(Decimals.exact(805.430000000000)).isEqualByComparingTo("805.43");
    assertThat(Decimals.exact(10015.89825223)).isEqualByComparingTo("10015.89825223");
    assertThat(Decimals.down(new BigDecimal("1.23456"), new BigDecimal("0.01")))
        .isEqualByComparingTo("1.23");
    assertThat(Decimals.up(new BigDecimal("1.231"), new BigDecimal("0.01")))
        .isEqualByComparingTo("1.24");
    assertThat(Decimals.plain(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(Decimals.plain(new BigDecimal("-0.500"))).isEqualTo("-0.5");
    assertThat(Decimals.plain(new BigDecimal("0E-9"))).isEqualTo("0");
  }
}
