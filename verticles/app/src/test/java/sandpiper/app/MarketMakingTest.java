package sandpiper.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.testkit.SharedData;

/// The bundled market maker over 10 minutes and 50 seconds of a real order book with its trades,
/// filled by the book model.
class MarketMakingTest {
  private static final String FOLDER = "data/binance_raw_ws_2024/binance_spot_btcusdt_";
  private static final List<String> SYMBOLS = List.of("BTCUSDT");

  private static ScriptEngine engine;
  private static Script script;
  private static String data;

  /// What a run left behind.
  private record Run(SessionSummary summary, List<JournalEntry> journal) {
    private List<Fill> fills() {
      return journal.stream()
          .filter(OrderFilled.class::isInstance)
          .map(entry -> ((OrderFilled) entry).fill())
          .toList();
    }

    private BigDecimal traded() {
      return fills().stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    engine = new ScriptEngine();
    script =
        new StrategyLibrary(engine, SharedData.home().resolve("strategies-js"))
            .load("market-maker");
    var both = folder.resolve("both.gz");
    try (var out = Files.newOutputStream(both)) {
      for (var day : List.of("20240808", "20240809")) {
        Files.copy(SharedData.path(FOLDER + day + ".gz"), out);
      }
    }
    data = both.toString();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static MarketData market() {
    return MarketData.open(List.of(new DataRequest(data, "BTCUSDT", null, null, null, false)));
  }

  private static Run run(FillRules rules) {
    var instrument =
        Instruments.read(SharedData.home().resolve("conf/instruments.yaml")).get("BTCUSDT");
    if (instrument == null) {
      throw new AssertionError("no instrument BTCUSDT");
    }
    var journal = new ArrayList<JournalEntry>();
    try (var reader = market()) {
      var spec =
          new SessionSpec(
              "bt_0000000000000001",
              SessionMode.BACKTEST,
              List.of(instrument.withFee(BigDecimal.ZERO)),
              new BigDecimal("100000"),
              List.of(script.plan("market-maker", Map.of(), SYMBOLS, null)),
              reader.startTime(),
              rules);
      var summary = new InThreadSession(reader, List.of(script)).run(spec, journal::add, _ -> {});
      return new Run(summary, journal);
    }
  }

  /// The market's events by the number of their input.
  private static Map<Long, MarketEvent> inputs() {
    var inputs = new HashMap<Long, MarketEvent>();
    var sequencer =
        new MarketSequencer(Map.of(), Map.of(), (seq, _, event) -> inputs.put(seq, event));
    try (var reader = market()) {
      reader.forEachRemaining(sequencer::accept);
    }
    return inputs;
  }

  /// Both keep a book of their own.
  @Test
  void theIndicatorOfTheBookReadsWhatTheStrategyReads(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("lean.js"),
        """
        export const data = { depth: { book: true } };
        export const indicators = { lean: { use: 'imbalance', depth: 10 } };
        let books = 0;
        let same = 0;
        export function onBook(ctx, book) {
          books++;
          if (ctx.ind.lean.value === book.imbalance(10)) same++;
        }
        export function onStop(ctx) { ctx.log(books > 1000, books - same); }
        """);
    var lean = new StrategyLibrary(engine, folder).load("lean");
    var journal = new ArrayList<JournalEntry>();
    try (var reader = market()) {
      var spec =
          new SessionSpec(
              "bt_0000000000000001",
              SessionMode.BACKTEST,
              List.of(
                  requireNonNull(
                      Instruments.read(SharedData.home().resolve("conf/instruments.yaml"))
                          .get("BTCUSDT"))),
              new BigDecimal("100000"),
              List.of(lean.plan("lean", Map.of(), SYMBOLS, null)),
              reader.startTime());
      new InThreadSession(reader, List.of(lean)).run(spec, journal::add, _ -> {});
    }
    assertThat(journal)
        .filteredOn(LogLine.class::isInstance)
        .extracting(line -> ((LogLine) line).text())
        .containsExactly("true 0");
  }

  @Test
  void everyFillIsWithinWhatTheMarketDidAtThatMoment() {
    var run = run(FillRules.parse("book", "none", "20ms"));
    var fills = run.fills();
    assertThat(fills).hasSizeGreaterThan(50).allMatch(Fill::maker);
    var inputs = inputs();
    var books = booksAt(fills, inputs);
    var traded = new HashMap<Long, BigDecimal>();
    int byTrade = 0;
    for (var fill : fills) {
      double price = fill.price().doubleValue();
      if (inputs.get(fill.seq()) instanceof Trade trade) {
        byTrade++;
        assertThat((trade.price() - price) * fill.side().sign()).isLessThanOrEqualTo(0);
        assertThat(traded.merge(fill.seq(), fill.quantity(), BigDecimal::add))
            .isLessThanOrEqualTo(BigDecimal.valueOf(trade.amount()));
      } else {
        double other = requireNonNull(books.get(fill.seq()), "no book at the fill");
        assertThat((other - price) * fill.side().sign()).isLessThanOrEqualTo(0);
      }
    }
    assertThat(byTrade).isGreaterThan(20);
  }

  /// The best price of the other side after those inputs that filled without a trade.
  private static Map<Long, Double> booksAt(List<Fill> fills, Map<Long, MarketEvent> inputs) {
    var sides = new HashMap<Long, Side>();
    fills.forEach(fill -> sides.put(fill.seq(), fill.side()));
    var best = new HashMap<Long, Double>();
    var book = new BookBuilder("BTCUSDT");
    for (long seq = 1; seq <= inputs.size(); seq++) {
      if (inputs.get(seq) instanceof BookEvent event) {
        book.apply(event);
        var side = sides.get(seq);
        if (side != null) {
          best.put(seq, side == Side.BUY ? book.asks().best() : book.bids().best());
        }
      }
    }
    return best;
  }

  /// An order that was sent at t with 20 ms of latency has no fill before t + 20 ms.
  @Test
  void nothingFillsBeforeItHasArrived() {
    var run = run(FillRules.parse("book", "none", "20ms"));
    var placed = new HashMap<String, Long>();
    for (var entry : run.journal) {
      switch (entry) {
        case OrderAccepted accepted -> placed.put(accepted.order().orderId(), accepted.time());
        case OrderFilled filled ->
            assertThat(filled.fill().time() - requireNonNull(placed.get(filled.order().orderId())))
                .isGreaterThanOrEqualTo(20_000);
        default -> {
          // Only fills count.
        }
      }
    }
  }

  /// Who waits in queues trades less than who is filled by every touch, and the same run repeats
  /// itself to the last entry, chance included.
  @Test
  void theQueueCostsFillsAndRunsRepeatThemselves() {
    var rules = FillRules.parse("book", "none", "lognormal:20ms:0.5");
    var book = run(rules);
    assertThat(run(rules)).isEqualTo(book);
    var touch = run(FillRules.parse("trade", "none", "20ms"));
    assertThat(book.traded()).isLessThan(touch.traded());
  }
}
