package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;

/// What is read off an order book; the expected values are worked out by hand.
class BookIndicatorTest {
  private static IndicatorSpec spec(String use, Map<String, Double> parameters) {
    return new IndicatorSpec(use, "A", null, "", parameters);
  }

  private static final IndicatorSpec BEST = spec("imbalance", Map.of("depth", 1.0));
  private static final IndicatorSpec TWO = spec("imbalance", Map.of("depth", 2.0));

  private final IndicatorLayout layout =
      new IndicatorLayout(
          List.of(BEST, TWO, spec("microprice", Map.of()), spec("book-spread", Map.of())));
  private final IndicatorSet set = new IndicatorSet(layout);

  /// Prices and sizes by turns.
  private static Levels levels(double... turns) {
    var prices = new double[turns.length / 2];
    var sizes = new double[turns.length / 2];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = turns[2 * i];
      sizes[i] = turns[2 * i + 1];
    }
    return new Levels(prices, sizes);
  }

  /// Bids 99 × 3, 98 × 5; asks 101 × 1, 103 × 7.
  private static BookSnapshot snapshot(String symbol, long id) {
    return new BookSnapshot(symbol, id, id, levels(99, 3, 98, 5), levels(101, 1, 103, 7));
  }

  private static BookUpdate update(long first, long last, Levels bids, Levels asks) {
    return new BookUpdate("A", last, first, last, bids, asks);
  }

  @Test
  void aSnapshotHasValuesAtOnce() {
    assertThat(set.values()).containsOnly(Double.NaN);
    assertThat(set.update(snapshot("A", 10))).isTrue();
    assertThat(set.values())
        .containsExactly(
            (3.0 - 1) / (3 + 1), (3.0 + 5 - 1 - 7) / 16, (99.0 * 1 + 101 * 3) / 4, 2.0);
  }

  @Test
  void everyChangeOfTheBookIsAStep() {
    set.update(snapshot("A", 10));
    assertThat(set.update(update(11, 11, levels(99, 1), levels()))).isTrue();
    assertThat(set.values()[0]).isZero();
    // The best ask is taken away: the next one is 103.
    set.update(update(12, 12, levels(), levels(101, 0)));
    assertThat(set.values()[0]).isEqualTo((1.0 - 7) / 8);
    assertThat(set.values()[3]).isEqualTo(4);
  }

  @Test
  void anotherSymbolAndAGapAreNoSteps() {
    set.update(snapshot("A", 10));
    var before = set.values().clone();
    assertThat(set.update(snapshot("B", 10))).isFalse();
    assertThat(set.update(update(20, 20, levels(99, 100), levels()))).isFalse();
    assertThat(set.values()).isEqualTo(before);
    set.update(snapshot("A", 30));
    assertThat(set.values()).isEqualTo(before);
  }

  @Test
  void oneThatIsAddedLaterReadsTheBookAsItStands() {
    List<MarketEvent> past = List.of(snapshot("A", 10));
    past.forEach(set::update);
    var three = spec("imbalance", Map.of("depth", 3.0));
    var wider = layout.with(List.of(three));
    set.extend(wider, past);
    assertThat(set.values()[wider.offset(three)]).isEqualTo((3.0 + 5 - 1 - 7) / 16);
    // Where no book was looked at so far, it is built from what has been.
    var fresh = new IndicatorSet(new IndicatorLayout(List.of()));
    fresh.extend(new IndicatorLayout(List.of(BEST)), past);
    assertThat(fresh.values()).containsExactly(0.5);
  }

  @Test
  void aBookIsNotAStreamOfBarsOrTrades() {
    assertThatThrownBy(() -> new IndicatorSpec("imbalance", "A", null, "price", Map.of()))
        .hasMessage(
            "indicator imbalance takes an order book: 'on' must be the name of a stream of one,"
                + " was field 'price'");
    assertThatThrownBy(() -> new IndicatorSpec("imbalance", "A", Sample.HOUR, "", Map.of()))
        .hasMessageEndingWith("was a stream of bars");
    assertThatThrownBy(() -> spec("imbalance", Map.of("depth", 0.0)))
        .hasMessageContaining("depth must be a whole number from 1 to 1000, was 0");
  }
}
