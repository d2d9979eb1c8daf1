package sandpiper.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketSequencerTest {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final Interval FIVE = Interval.parse("5m");
  private static final Interval HALF = Interval.parse("30s");
  private static final Interval TEN = Interval.parse("10m");
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
        .hasMessage("A: interval must be a whole multiple of the data's 5m, was 1m");
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

  @Test
  void barsOfTradesCloseBeforeABarOfAnotherSymbolThatEndsWithThemOrLater() {
    var sequencer = mixed(Map.of("B", MINUTE), Map.of("A", HALF, "B", MINUTE));
    sequencer.accept(trade(10, 100));
    sequencer.accept(trade(40, 101));
    sequencer.accept(bar("B", 0));
    sequencer.accept(trade(70, 102));
    sequencer.accept(bar("B", 60));
    sequencer.finish();
    assertThat(seen)
        .containsExactly(
            "1 Trade@10",
            "2 BarClosed@30",
            "3 Trade@40",
            "4 BarClosed@60",
            "5 Bar@60",
            "6 BarClosed@60",
            "7 Trade@70",
            "8 BarClosed@90",
            "9 Bar@120",
            "10 BarClosed@120");
    assertThat(closed).extracting(Bar::symbol).containsExactly("A", "A", "B", "A", "B");
  }

  @Test
  void aBarOfSmallerBarsWaitsForTheLastOfThemWhenAnotherSymbolIsFirst() {
    var sequencer = mixed(Map.of("A", MINUTE, "B", MINUTE), Map.of("A", FIVE, "B", FIVE));
    for (int minute = 0; minute < 5; minute++) {
      sequencer.accept(bar("A", 60L * minute));
      sequencer.accept(bar("B", 60L * minute));
    }
    sequencer.finish();
    assertThat(seen.subList(8, 12))
        .containsExactly("9 Bar@300", "10 BarClosed@300", "11 Bar@300", "12 BarClosed@300");
    assertThat(closed).extracting(Bar::symbol).containsExactly("A", "B");
    assertThat(closed).extracting(Bar::volume).containsExactly(5.0, 5.0);
  }

  @Test
  void aBarOfSmallerBarsWaitsForTheLastOfThemWhenATradeAtItsEndIsFirst() {
    var sequencer = mixed(Map.of("B", MINUTE), Map.of("B", FIVE));
    for (int minute = 0; minute < 4; minute++) {
      sequencer.accept(bar("B", 60L * minute));
    }
    sequencer.accept(trade(300, 100));
    sequencer.accept(bar("B", 240));
    assertThat(seen.subList(4, 7)).containsExactly("5 Trade@300", "6 Bar@300", "7 BarClosed@300");
    assertThat(closed).extracting(Bar::volume).containsExactly(5.0);
  }

  @Test
  void aBarWhoseLastSmallerBarIsMissingClosesOnceTheClockHasPassedItsEnd() {
    var sequencer = mixed(Map.of("B", MINUTE), Map.of("B", FIVE));
    sequencer.accept(bar("B", 0));
    sequencer.accept(trade(300, 100));
    sequencer.accept(trade(301, 100));
    assertThat(seen).containsExactly("1 Bar@60", "2 Trade@300", "3 BarClosed@300", "4 Trade@301");
  }

  /// Sources of random kinds and lengths, merged by time: the clock never goes back, and every
  /// symbol has the bars that it has alone.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 42})
  void severalSourcesMakeTheBarsThatEachMakesAloneAndNeverTurnTheClockBack(long seed) {
    var random = new SplittableRandom(seed);
    var symbols = List.of("A", "B", "C");
    var sources = new HashMap<String, Interval>();
    var wanted = new LinkedHashMap<String, Set<Interval>>();
    var events = new ArrayList<MarketEvent>();
    for (var symbol : symbols) {
      var source = List.of(HALF, MINUTE, FIVE).get(random.nextInt(3));
      boolean bars = random.nextBoolean();
      if (bars) {
        sources.put(symbol, source);
      }
      wanted.put(symbol, new LinkedHashSet<>(bars ? List.of(source, TEN) : List.of(HALF, TEN)));
      for (int i = 0; i < 500; i++) {
        if (random.nextInt(4) > 0) {
          long start = i * (bars ? source.micros() : 7 * SECOND);
          events.add(bars ? bar(symbol, source, start) : new Trade(symbol, start, 1 + i, 1));
        }
      }
    }
    var merged = new ArrayList<>(events);
    merged.sort(
        Comparator.comparingLong(MarketEvent::time)
            .thenComparingInt(event -> symbols.indexOf(event.symbol())));
    var inputs = new ArrayList<MarketEvent>();
    var clock = new long[] {Long.MIN_VALUE};
    var sequencer =
        new MarketSequencer(
            wanted,
            sources,
            (_, time, event) -> {
              assertThat(time).isGreaterThanOrEqualTo(clock[0]).isEqualTo(event.time());
              clock[0] = time;
              inputs.add(event);
            });
    merged.forEach(sequencer::accept);
    sequencer.finish();
    for (var symbol : symbols) {
      var alone = new ArrayList<MarketEvent>();
      var one = new MarketSequencer(wanted, sources, (_, _, event) -> alone.add(event));
      events.stream().filter(event -> event.symbol().equals(symbol)).forEach(one::accept);
      one.finish();
      assertThat(inputs.stream().filter(event -> event.symbol().equals(symbol)))
          .as(symbol)
          .isNotEmpty()
          .containsExactlyElementsOf(alone);
    }
  }

  private MarketSequencer mixed(Map<String, Interval> sources, Map<String, Interval> wanted) {
    var intervals = new LinkedHashMap<String, Set<Interval>>();
    wanted.forEach((symbol, interval) -> intervals.put(symbol, Set.of(interval)));
    return new MarketSequencer(intervals, sources, this::see);
  }

  private void see(long seq, long time, MarketEvent event) {
    seen.add(seq + " " + event.getClass().getSimpleName() + "@" + time / SECOND);
    if (event instanceof BarClosed bar) {
      closed.add(bar.bar());
    }
  }

  private static Bar bar(String symbol, long second) {
    return bar(symbol, MINUTE, second * SECOND);
  }

  private static Bar bar(String symbol, Interval interval, long start) {
    return new Bar(symbol, interval, start, 1, 1, 1, 1, 1);
  }

  private MarketSequencer sequencer(@Nullable Interval source, Interval... wanted) {
    return new MarketSequencer(
        Map.of("A", new LinkedHashSet<>(List.of(wanted))),
        source == null ? Map.of() : Map.of("A", source),
        this::see);
  }

  private static Trade trade(long second, double price) {
    return new Trade("A", second * SECOND, price, 1);
  }
}
