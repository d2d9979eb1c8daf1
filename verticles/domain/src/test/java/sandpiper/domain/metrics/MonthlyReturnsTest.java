package sandpiper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonthlyReturnsTest {
  private static EquityPoint endOf(String day, String equity) {
    return new EquityPoint(
        (LocalDate.parse(day).toEpochDay() + 1) * Samples.DAY, new BigDecimal(equity), null);
  }

  @Test
  void aMonthGoesFromTheEndOfTheOneBeforeToItsLastDay() {
    var monthly =
        MonthlyReturns.of(
            List.of(
                new EquityPoint(
                    LocalDate.parse("2018-11-30").toEpochDay() * Samples.DAY + 5,
                    new BigDecimal("100"),
                    null),
                endOf("2018-11-30", "110"),
                endOf("2018-12-01", "120"),
                endOf("2018-12-31", "99"),
                endOf("2019-02-27", "198"),
                endOf("2019-02-28", "148.5")));
    assertThat(monthly.years()).extracting(MonthlyReturns.Year::year).containsExactly(2018, 2019);
    var first = monthly.years().getFirst();
    assertThat(first.months().get(9)).isNull();
    assertThat(first.months().get(10)).isCloseTo(0.1, offset(1e-12));
    assertThat(first.months().get(11)).isCloseTo(-0.1, offset(1e-12));
    assertThat(first.total()).isCloseTo(-0.01, offset(1e-12));
    var second = monthly.years().getLast();
    assertThat(second.months().get(0)).isNull();
    assertThat(second.months().get(1)).isCloseTo(0.5, offset(1e-12));
    assertThat(second.total()).isCloseTo(0.5, offset(1e-12));
  }

  @Test
  void aMonthThatBeginsWithNothingHasNoReturn() {
    var monthly = MonthlyReturns.of(List.of(endOf("2018-12-31", "0"), endOf("2019-01-31", "5")));
    assertThat(monthly.years().getFirst().months().get(0)).isNull();
    assertThat(monthly.years().getFirst().total()).isNull();
  }

  @Test
  void aStartWithoutADayHasNoMonth() {
    assertThat(MonthlyReturns.of(List.of(endOf("2018-12-31", "1"))).years()).isEmpty();
  }
}
