package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketSequencer;

class MergedDataTest {
  private static final long START = 1_385_337_600_000L;
  private static final Interval MINUTE = Interval.parse("1m");
  private static final Interval FIVE = Interval.parse("5m");

  @TempDir Path folder;

  private String trades(String name, long... millis) throws IOException {
    var lines = new ArrayList<>(List.of(DataFiles.TRADES));
    for (long each : millis) {
      lines.add(START + each + ",100,1");
    }
    return DataFiles.write(folder, name, lines.toArray(String[]::new));
  }

  private String bars(String name, long step, long... numbers) throws IOException {
    var lines = new ArrayList<>(List.of(DataFiles.BARS));
    for (long each : numbers) {
      lines.add(START + each * step + ",1,1,1,1,1");
    }
    return DataFiles.write(folder, name, lines.toArray(String[]::new));
  }

  private static MarketData open(List<String> symbols, String... sources) {
    return open(symbols, null, false, sources);
  }

  private static MarketData open(
      List<String> symbols, @Nullable Long from, boolean skipBadRows, String... sources) {
    var data = new ArrayList<String>();
    for (int i = 0; i < sources.length; i++) {
      data.add(symbols.get(i) + "=" + sources[i]);
    }
    return MarketData.open(DataRequest.of(symbols, data, null, from, null, skipBadRows));
  }

  @Test
  void barsAndTradesComeInTheOrderInWhichTheyAreKnown() throws IOException {
    var bars = bars("bars.csv", 60_000, 0, 1, 3);
    var fives = bars("fives.csv", 300_000, 0, 1);
    var trades = trades("trades.csv", 1, 60_000, 60_000, 61_000, 300_000);
    try (var data = open(List.of("A", "B", "C"), bars, fives, trades)) {
      assertThat(data.startTime()).isEqualTo(START * 1_000);
      assertThat(data.sourceIntervals()).isEqualTo(Map.of("A", MINUTE, "B", FIVE));
      assertThat(data.description())
          .isEqualTo("bars.csv: bars of 1m; fives.csv: bars of 5m; trades.csv: trades");
      var seen = new ArrayList<String>();
      data.forEachRemaining(
          event -> seen.add(event.symbol() + "@" + (event.time() / 1_000 - START)));
      assertThat(seen)
          .containsExactly(
              "C@1",
              "A@60000",
              "C@60000",
              "C@60000",
              "C@61000",
              "A@120000",
              "A@240000",
              "B@300000",
              "C@300000",
              "B@600000");
      assertThat(data.rows()).isEqualTo(10);
      assertThat(data.progress()).isEqualTo(1);
    }
  }

  @Test
  void mergingIsSortingByTimeAndThenBySymbolSeeds1To50() throws IOException {
    for (int seed = 1; seed <= 50; seed++) {
      var random = new Random(seed);
      var symbols = List.of("A", "B", "C", "D").subList(0, 2 + random.nextInt(3));
      var sources = new ArrayList<String>();
      var all = new ArrayList<MarketEvent>();
      for (var symbol : symbols) {
        var file =
            random.nextBoolean()
                ? trades(
                    symbol, random.longs(50, 0, 200).map(each -> each * 3_000).sorted().toArray())
                : bars(
                    symbol,
                    random.nextBoolean() ? 60_000 : 30_000,
                    random.longs(50, 0, 40).sorted().distinct().toArray());
        sources.add(file);
        var alone = new DataRequest(file, symbol, null, null, null, false);
        all.addAll(DataFiles.read(alone));
      }
      all.sort(
          Comparator.comparingLong(MarketEvent::time)
              .thenComparingInt(event -> symbols.indexOf(event.symbol())));
      try (var data = open(symbols, sources.toArray(String[]::new))) {
        var merged = new ArrayList<MarketEvent>();
        data.forEachRemaining(merged::add);
        assertThat(merged).as("seed %d", seed).isEqualTo(all);
      }
    }
  }

  @Test
  void barsOfTradesAreClosedWhenABarOfTheOtherSymbolThatEndsLaterIsSeen() throws IOException {
    var inputs = new ArrayList<String>();
    try (var data =
        open(
            List.of("A", "B"),
            bars("hours.csv", 3_600_000, 0, 1),
            trades("trades.csv", 10_000, 70_000, 3_600_000))) {
      var sequencer =
          new MarketSequencer(
              Map.of("A", Set.of(Interval.parse("1h")), "B", Set.of(MINUTE)),
              data.sourceIntervals(),
              (_, time, event) ->
                  inputs.add(
                      (event instanceof BarClosed ? "closed " : "")
                          + event.symbol()
                          + "@"
                          + (time / 1_000 - START) / 1_000));
      data.forEachRemaining(sequencer::accept);
      sequencer.finish();
    }
    assertThat(inputs)
        .containsExactly(
            "B@10",
            "closed B@60",
            "B@70",
            "closed B@120",
            "A@3600",
            "closed A@3600",
            "B@3600",
            "closed B@3660",
            "A@7200",
            "closed A@7200");
  }

  @Test
  void eachSourceIsCheckedOnItsOwn() throws IOException {
    var good = trades("good.csv", 1, 2, 3);
    var back = trades("back.csv", 2, 1);
    try (var data = open(List.of("A", "B"), good, back)) {
      var seen = new ArrayList<MarketEvent>();
      assertThatThrownBy(() -> data.forEachRemaining(seen::add))
          .hasMessageStartingWith("back.csv, line 3: time must not go back");
      assertThat(seen).extracting(MarketEvent::symbol).containsExactly("A", "A", "B");
      assertThatThrownBy(data::hasNext).hasMessageStartingWith("back.csv, line 3");
    }
    try (var data = open(List.of("A", "B"), null, true, good, back)) {
      data.forEachRemaining(_ -> {});
      assertThat(data.rows()).isEqualTo(4);
      assertThat(data.skippedRows()).isEqualTo(1);
    }
  }

  @Test
  void aSourceThatIsMissingOrHasNoRowInRangeIsNamed() throws IOException {
    var late = trades("late.csv", 9_000);
    var early = trades("early.csv", 1_000);
    assertThatThrownBy(() -> open(List.of("A", "B"), late, "none.csv"))
        .hasMessage("none.csv: no such file");
    try (var data = open(List.of("A", "B"), (START + 5_000) * 1_000, false, late, early)) {
      assertThatThrownBy(data::startTime)
          .hasMessage("no row from 2013-11-25T00:00:05Z in early.csv");
    }
  }
}
