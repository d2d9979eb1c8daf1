package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;

class IndicatorRegistryTest {
  private static final Interval MINUTE = Interval.parse("1m");

  @Test
  void unknownNamesAndParametersAreNamedWithWhatIsAllowed() {
    assertThatThrownBy(() -> spec("smaa", "close", Map.of()))
        .hasMessage(
            "unknown indicator 'smaa'; the nearest of "
                + IndicatorRegistry.all().size()
                + " are sma, ema, wma");
    assertThatThrownBy(() -> spec("sma", "close", Map.of("length", 3.0)))
        .hasMessage("indicator sma has no parameter 'length'; it takes period");
    assertThatThrownBy(() -> spec("sma", "close", Map.of("period", 0.0)))
        .hasMessage("indicator sma: period must be a whole number from 1 to 100000, was 0");
    assertThatThrownBy(() -> spec("sma", "close", Map.of("period", 2.5)))
        .hasMessage("indicator sma: period must be a whole number from 1 to 100000, was 2.5");
    assertThatThrownBy(() -> spec("macd", "close", Map.of("fast", 30.0)))
        .hasMessage("macd: fast must be below slow, was 30 and 26");
    assertThatThrownBy(() -> spec("sma", "closing", Map.of()))
        .hasMessageStartingWith("field must be one of open, high, low, close,")
        .hasMessageEndingWith("of a stream of bars, was 'closing'");
  }

  @Test
  void aChoiceIsWrittenAsAWordAndANumberAsANumber() {
    assertThat(IndicatorRegistry.argument("vwap", "anchor", "week")).isEqualTo(1);
    assertThat(IndicatorRegistry.argument("vwap", "deviations", 2)).isEqualTo(2);
    assertThatThrownBy(() -> IndicatorRegistry.argument("vwap", "anchor", "year"))
        .hasMessage("indicator vwap: anchor must be one of day, week, month, none, was 'year'");
    assertThatThrownBy(() -> IndicatorRegistry.argument("vwap", "anchor", 1))
        .hasMessage("indicator vwap: anchor must be one of day, week, month, none, was 1");
    assertThatThrownBy(() -> IndicatorRegistry.argument("sma", "period", "9"))
        .hasMessage("indicator sma: period must be a whole number from 1 to 100000, was '9'");
    assertThatThrownBy(() -> IndicatorRegistry.argument("sma", "period", null))
        .hasMessage("indicator sma: period must be a whole number from 1 to 100000, was null");
    assertThatThrownBy(() -> IndicatorRegistry.argument("obv", "period", 9))
        .hasMessage("indicator obv has no parameter 'period'; it takes none");
  }

  @Test
  void thereAreAtLeast60AndNoOutputHidesWhatAReadingHas() {
    assertThat(IndicatorRegistry.all()).hasSizeGreaterThan(60);
    for (var definition : IndicatorRegistry.all()) {
      assertThat(definition.name()).matches("[a-z][a-z0-9-]*");
      assertThat(definition.source()).isNotEmpty();
      assertThat(definition.outputs())
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .doesNotContain("prev", "rising", "falling", "crossedAbove", "crossedBelow")
          .allMatch(output -> output.matches("[a-z][A-Za-z0-9]*"));
      assertThat(definition.parameters())
          .extracting(IndicatorDefinition.Parameter::name)
          .doesNotHaveDuplicates()
          .doesNotContain("use", "on", "plot");
    }
  }

  @Test
  void equalSpecsShareTheirValues() {
    var one = spec("sma", "close", Map.of("period", 3.0));
    var layout =
        new IndicatorLayout(
            List.of(
                one, spec("sma", "close", Map.of("period", 3.0)), spec("macd", "close", Map.of())));
    assertThat(layout.size()).isEqualTo(4);
    assertThat(layout.offset(one)).isZero();
  }

  @Test
  void barsOfAnotherIntervalOrSymbolChangeNothing() {
    var set =
        new IndicatorSet(new IndicatorLayout(List.of(spec("sma", "close", Map.of("period", 1.0)))));
    assertThat(set.update(new BarClosed(new Bar("A", Interval.parse("5m"), 0, 1, 1, 1, 1, 1))))
        .isFalse();
    assertThat(set.update(new BarClosed(new Bar("B", MINUTE, 0, 1, 1, 1, 1, 1)))).isFalse();
    assertThat(set.values()[0]).isNaN();
    assertThat(set.update(new BarClosed(new Bar("A", MINUTE, 0, 1, 1, 1, 1, 1)))).isTrue();
    assertThat(set.values()[0]).isEqualTo(1);
  }

  @Test
  void aSumOverAMillionPricesDoesNotDrift() {
    var set =
        new IndicatorSet(
            new IndicatorLayout(List.of(spec("bollinger", "close", Map.of("period", 7.0)))));
    for (int i = 0; i < 1_000_000; i++) {
      double price = i < 999_990 ? 1e9 + i % 13 : 0.1;
      set.update(
          new BarClosed(new Bar("A", MINUTE, i * MINUTE.micros(), price, price, price, price, 1)));
    }
    assertThat(set.values()).containsExactly(0.1, 0.1, 0.1);
  }

  private static IndicatorSpec spec(String use, String field, Map<String, Double> parameters) {
    return new IndicatorSpec(use, "A", MINUTE, field, parameters);
  }
}
