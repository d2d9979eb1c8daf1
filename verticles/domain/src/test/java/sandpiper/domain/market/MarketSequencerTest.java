package sandpiper.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketSequencerTest {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final Interval FIVE = Interval.parse("5m");
  private static final long SECOND = 1_000_000L;

  private final List<String> seen = new ArrayList<>();
  private final List<Bar> closed = new ArrayList<>();

  @Test
  void aBarClosesBeforeTheTradeThatMovedTheClock() {
    var sequencer = sequencer(null, MINUTE);
    sequencer.accept(trade(10, 100));
    sequencer.accept(trade(59, 102));
    sequencer.accept(trade(60, 101));
    sequencer.accept(trade(200, 99));
    sequencer.finish();
    assertThat(seen)
        .containsExactly(
            "1 Trade@10",
            "2 Trade@59",
            "3 BarClosed@60",
            "4 Trade@60",
            "5 BarClosed@120",
            "6 Trade@200",
            "7 BarClosed@240");
    assertThat(closed.getFirst()).isEqualTo(new Bar("A", MINUTE, 0, 100, 102, 100, 102, 2));
  }

  @Test
  void anIntervalWithoutATradeMakesNoBar() {
    var sequencer = sequencer(null, MINUTE);
    sequencer.accept(trade(0, 100));
    sequencer.accept(trade(600, 100));
    sequencer.finish();
    assertThat(closed).extracting(Bar::openTime).containsExactly(0L, 600 * SECOND);
  }

  @Test
  void barsOfTheSourceCloseRightAfterTheVenueHasSeenThem() {
    var sequencer = sequencer(MINUTE, MINUTE, FIVE);
    for (int minute = 0; minute < 6; minute++) {
      sequencer.accept(
          new Bar(
              "A",
              MINUTE,
              minute * MINUTE.micros(),
              1 + minute,
              1 + minute,
              1 + minute,
              1 + minute,
              1));
    }
    assertThat(seen.subList(8, 13))
        .containsExactly(
            "9 Bar@300", "10 BarClosed@300", "11 BarClosed@300", "12 Bar@360", "13 BarClosed@360");
    assertThat(closed.get(5)).isEqualTo(new Bar("A", FIVE, 0, 1, 5, 1, 5, 5));
  }

  @Test
  void anIntervalThatTheSourceCannotMakeIsRefused() {
    assertThatThrownBy(() -> sequencer(FIVE, MINUTE))
        .hasMessage("interval must be a whole multiple of the data's 5m, was 1m");
  }

  @Test
  void timeThatGoesBackIsRefused() {
    var sequencer = sequencer(null, MINUTE);
    sequencer.accept(trade(10, 100));
    assertThatThrownBy(() -> sequencer.accept(trade(9, 100)))
        .hasMessageContaining("time must not go back");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42})
  void barsFromTradesAreTheSameAsBarsFromSmallerBars(long seed) {
    var random = new SplittableRandom(seed);
    var fromTrades = sequencer(null, MINUTE, FIVE);
    long time = 0;
    for (int i = 0; i < 5_000; i++) {
      time += random.nextLong(40 * SECOND);
      fromTrades.accept(
          new Trade("A", time, 100 + random.nextInt(1_000) / 100.0, random.nextInt(8)));
    }
    fromTrades.finish();
    var minutes = closed.stream().filter(bar -> bar.interval().equals(MINUTE)).toList();
    var fives = closed.stream().filter(bar -> bar.interval().equals(FIVE)).toList();
    closed.clear();
    var fromBars = sequencer(MINUTE, FIVE);
    minutes.forEach(fromBars::accept);
    fromBars.finish();
    assertThat(fives).isNotEmpty().isEqualTo(closed);
  }

  private MarketSequencer sequencer(@Nullable Interval source, Interval... wanted) {
    return new MarketSequencer(
        Map.of("A", new LinkedHashSet<>(List.of(wanted))),
        source,
        (seq, time, event) -> {
          seen.add(seq + " " + event.getClass().getSimpleName() + "@" + time / SECOND);
          if (event instanceof BarClosed bar) {
            closed.add(bar.bar());
          }
        });
  }

  private static Trade trade(long second, double price) {
    return new Trade("A", second * SECOND, price, 1);
  }
}
