package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.testkit.SharedData;

/// The guide to writing a strategy: its snippets run, and its types name what the host has.
class GuideTest {
  private static final int MINUTES = 600;

  private static String text(String file) {
    try {
      return Files.readString(SharedData.home().resolve("strategies-js").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> snippets() {
    return Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
        .matcher(text("README.md"))
        .results()
        .map(match -> match.group(1));
  }

  static Stream<String> bundled() throws IOException {
    try (var files = Files.list(SharedData.home().resolve("strategies-js"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".js"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /// A price that swings and drifts, so that averages cross and exits are reached.
  private static List<MarketEvent> swings() {
    var market = new ArrayList<MarketEvent>();
    for (int i = 0; i < MINUTES; i++) {
      long time = Play.START + i * 60_000_000L;
      for (var symbol : List.of("BTCUSD", "ETHUSD")) {
        double scale = symbol.equals("BTCUSD") ? 1 : 0.5;
        for (int second = 0; second < 60; second += 20) {
          double at = i + second / 60.0;
          double price = scale * (100 + 10 * Math.sin(at / 15) + at / 50 + scale * Math.cos(at));
          market.add(
              new Trade(symbol, time + second * 1_000_000L, Math.round(price * 100) / 100.0, 1));
        }
      }
    }
    market.sort(Comparator.comparingLong(MarketEvent::time));
    return market;
  }

  @Test
  void theGuideHasSnippets() {
    assertThat(snippets()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aSnippetOfTheGuideRuns(String snippet) {
    var play = new Play().with(snippet).over(swings());
    assertThat(play.of(Alert.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void aBundledStrategyRunsAndSaysWhatItIs(String file) {
    var text = text(file);
    assertThat(text).startsWith("// ").contains("\n// Parameters: ");
    var play = new Play().with(text).over(swings());
    assertThat(play.of(Alert.class)).isEmpty();
  }

  /// Members of `interface name { … }` in strategy.d.ts.
  private static Set<String> declared(String name) {
    var block =
        Pattern.compile(
                "^interface " + name + "\\b[^{]*\\{\n(.*?)^}", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(text("strategy.d.ts"));
    assertThat(block.find()).as("interface " + name).isTrue();
    var members = new TreeSet<String>();
    Pattern.compile("^  (?:readonly )?(\\w+)\\??[(:]", Pattern.MULTILINE)
        .matcher(block.group(1))
        .results()
        .forEach(match -> members.add(match.group(1)));
    return members;
  }

  @Test
  void theTypesNameExactlyWhatTheHostHas() {
    var text =
        """
        export const data = { main: { bars: '1m' }, ticks: { trades: true }, best: { quotes: true }, depth: { book: true } };
        export const indicators = { last: { use: 'sma', on: 'main.close', period: 1 } };
        const seen = new Set();
        const once = (ctx, what, object) => {
          if (seen.has(what)) return;
          seen.add(what);
          const names = typeof object === 'function'
            ? Object.getOwnPropertyNames(object).filter((name) => !['length', 'name', 'prototype'].includes(name))
            : Object.getOwnPropertyNames(object);
          ctx.log(what, names.sort().join());
        };
        export function onStart(ctx) {
          once(ctx, 'Context', ctx);
          once(ctx, 'Indicator', ctx.ind.last);
          once(ctx, 'History', ctx.history.main);
          once(ctx, 'Size', ctx.size);
          once(ctx, 'Timers', ctx.timers);
          once(ctx, 'PlotApi', ctx.plot);
          once(ctx, 'Log', ctx.log);
          once(ctx, 'Account', ctx.account);
          once(ctx, 'Position', ctx.position());
          once(ctx, 'SignalTicket', ctx.signal('x'));
        }
        export function onTrade(ctx, trade) {
          once(ctx, 'Trade', trade);
          if (!seen.has('Ticket')) once(ctx, 'Ticket', ctx.buy({ size: 1 }));
        }
        export function onQuote(ctx, quote) { once(ctx, 'Quote', quote); }
        export function onBook(ctx, book) {
          once(ctx, 'Book', book);
          once(ctx, 'Level', book.bids[0]);
        }
        export function onBar(ctx, bar) { once(ctx, 'Bar', bar); }
        export function onOrder(ctx, order) { once(ctx, 'Order', order); }
        export function onFill(ctx, fill) { once(ctx, 'Fill', fill); }
        export function onPosition(ctx, position) { once(ctx, 'PositionChange', position); }
        """;
    var minute = Interval.parse("1m");
    var market = new ArrayList<>(Play.trades(100, 100, 100));
    market.add(new Quote("BTCUSD", Play.START + 3_000_000, 99, 101, 1, 1));
    market.add(
        new BookSnapshot(
            "BTCUSD",
            Play.START + 3_000_000,
            1,
            new Levels(new double[] {99}, new double[] {1}),
            new Levels(new double[] {101}, new double[] {1})));
    market.add(new Trade("BTCUSD", Play.START + minute.micros(), 100, 1));
    var found = new Play().with(text).over(market).log();
    assertThat(found).hasSize(19);
    for (var line : found) {
      int space = line.indexOf(' ');
      var name = line.substring(0, space);
      assertThat(String.join(",", declared(name))).as(name).isEqualTo(line.substring(space + 1));
    }
  }

  @Test
  void theTypesNameEveryCallback() throws IOException {
    var callbacks = new TreeSet<>(declared("Strategy"));
    callbacks.removeIf(name -> !name.startsWith("on"));
    var source =
        Files.readString(
            SharedData.home()
                .resolve(
                    "verticles/strategies/src/main/java/sandpiper/strategies/JsStrategy.java"));
    var called = new TreeSet<String>();
    Pattern.compile("callbacks?\\(\"(on\\w+)\"")
        .matcher(source)
        .results()
        .forEach(match -> called.add(match.group(1)));
    assertThat(callbacks).isEqualTo(called);
  }
}
