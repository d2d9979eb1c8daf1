package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Trade;

class ExternalIndicatorTest {
  private static IndicatorSpec spec(String symbol, String name) {
    return new IndicatorSpec("external", symbol, Interval.parse("1m"), name, Map.of());
  }

  @Test
  void itReadsTheLatestValueOfItsNameAndSymbol() {
    var mood = spec("BTCUSD", "mood");
    var layout = new IndicatorLayout(List.of(mood, spec("ETHUSD", "mood")));
    var set = new IndicatorSet(layout);
    assertThat(set.values()).containsOnly(Double.NaN);
    assertThat(set.update(new ExternalValue("BTCUSD", 1, "mood", 0.25))).isTrue();
    assertThat(set.update(new ExternalValue("BTCUSD", 2, "luck", 7))).isFalse();
    assertThat(set.update(new Trade("BTCUSD", 3, 100, 1))).isFalse();
    assertThat(set.values()).containsExactly(0.25, Double.NaN);
    set.update(new ExternalValue("BTCUSD", 4, "mood", -1));
    assertThat(set.values()).containsExactly(-1, Double.NaN);
  }

  @Test
  void oneThatJoinsKnowsWhatCameBefore() {
    var set = new IndicatorSet(new IndicatorLayout(List.of(spec("BTCUSD", "mood"))));
    var past =
        List.of(
            new ExternalValue("BTCUSD", 1, "luck", 1), new ExternalValue("BTCUSD", 2, "luck", 2));
    past.forEach(set::update);
    var layout = new IndicatorLayout(List.of(spec("BTCUSD", "mood")));
    set.extend(layout.with(List.of(spec("BTCUSD", "luck"))), past);
    assertThat(set.values()).containsExactly(Double.NaN, 2);
  }

  @Test
  void whatCannotBeComputedWithReadsAsNothing() {
    var set = new IndicatorSet(new IndicatorLayout(List.of(spec("BTCUSD", "mood"))));
    set.update(new ExternalValue("BTCUSD", 1, "mood", 1e101));
    assertThat(set.values()).containsExactly(Double.NaN);
    set.update(new ExternalValue("BTCUSD", 2, "mood", -1e100));
    assertThat(set.values()).containsExactly(-1e100);
  }

  @Test
  void aSnapshotHasTheLatestValue() {
    var before = (Indicator.OfSeries) IndicatorRegistry.create(spec("BTCUSD", "mood"));
    before.update(0.1);
    before.update(0.7);
    var after = IndicatorRegistry.create(spec("BTCUSD", "mood"));
    Snapshot.restore(after, Snapshot.of(before));
    assertThat(after.value(0)).isEqualTo(0.7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "a b", "close.x"})
  void itsNameMustBeOne(String name) {
    assertThatThrownBy(() -> spec("BTCUSD", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "indicator external: 'on' must be a stream and the name under which the value is"
                + " published, such as 'main.mood', was field '"
                + name
                + "'");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aValueIsFinite(double value) {
    assertThatThrownBy(() -> new ExternalValue("BTCUSD", 1, "mood", value))
        .hasMessage("mood must be a finite number, was " + value);
  }
}
