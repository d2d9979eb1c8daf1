package sandpiper.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Channels;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.FeedHealth;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.feeds.DataSets;
import sandpiper.mexc.simulator.AccountConfig;
import sandpiper.mexc.simulator.ContractRules;
import sandpiper.mexc.simulator.Limits;
import sandpiper.mexc.simulator.SimulatedExchange;
import sandpiper.mexc.simulator.SimulatorConfig;
import sandpiper.mexc.simulator.SymbolRules;

/// The whole platform on the live market of a simulated exchange, with what goes wrong on the way.
class LiveMarketIT {
  /// The configured instruments do not have it: what it is, only the exchange can say.
  private static final String ETH = "ETHUSDT";

  /// Buys at one close and sells at the next.
  private static final String TRADER =
      """
      export const data = () => ({ main: { bars: '1s' }, depth: { book: true } });
      export function onBook() {}
      export function onBar(ctx, bar) {
        if (ctx.position().flat) ctx.buy({ size: 0.1 });
        else ctx.sell({ size: 0.1 });
      }
      """;

  private final Vertx exchangeVertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path strategies;

  @SuppressWarnings("NullAway.Init") // before each test
  private SimulatedExchange exchange;

  @SuppressWarnings("NullAway.Init") // before each test
  private TestPlatform platform;

  @BeforeEach
  void start() throws IOException, TimeoutException {
    Files.writeString(strategies.resolve("trader.js"), TRADER);
    var symbols = new LinkedHashMap<SymbolRules, BigDecimal>();
    symbols.put(SymbolRules.of("ETH", "USDT", 2, 4).withFees("0", "0.0003"), new BigDecimal(3_000));
    symbols.put(
        SymbolRules.of("BTC", "USDT", 2, 5).withFees("0.001", "0.001"), new BigDecimal(60_000));
    exchange =
        new SimulatedExchange(
            new SimulatorConfig(
                0,
                1,
                symbols,
                List.of(ContractRules.of("ETH", "USDT", 2, "0.01").withFees("0", "0.0004")),
                Map.of(),
                List.of(AccountConfig.of("key", "secret", Map.of())),
                Limits.USUAL,
                100,
                0,
                InstantSource.system()));
    exchangeVertx.deployVerticle(exchange).await(30, SECONDS);
    platform = TestPlatform.startLive(strategies, exchange.port());
  }

  @AfterEach
  void stop() throws TimeoutException {
    platform.close();
    http.close();
    for (var id : List.copyOf(exchangeVertx.deploymentIDs())) {
      exchangeVertx.undeploy(id).await(30, SECONDS);
    }
    exchangeVertx.close().await(30, SECONDS);
  }

  private static StartSession paper(String symbol, @Nullable Double acceleration) {
    return new StartSession(
        SessionMode.PAPER,
        List.of(symbol),
        List.of(new StrategyRequest("trader", Map.of())),
        new BigDecimal(10_000),
        "mexc",
        null,
        acceleration);
  }

  private String begin(String symbol) {
    return await(platform.bus.ask(Channels.START_SESSION, paper(symbol, null))).sessionId();
  }

  private void fault(Object... namesAndValues) throws IOException, InterruptedException {
    var fault = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fault.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + exchange.port() + "/simulator/faults"))
            .POST(BodyPublishers.ofString(fault.encode()))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private JsonArray tradesOf(String symbol) throws IOException, InterruptedException {
    var uri =
        "http://127.0.0.1:%d/api/v3/aggTrades?symbol=%s&limit=1000"
            .formatted(exchange.port(), symbol);
    return new JsonArray(
        http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString()).body());
  }

  private void stopSession(String id) throws InterruptedException {
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
    var ended = platform.untilEnded(id);
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
  }

  /// What a session or collection recorded, as it would be played again.
  private List<MarketEvent> recorded(String id, String symbol) {
    var events = new ArrayList<MarketEvent>();
    try (var data =
        new DataSets(Path.of("."), platform.bus)
            .open(List.of(symbol), "recording:" + id, null, TimeRange.ALL)) {
      while (data.hasNext()) {
        events.add(data.next());
      }
    }
    return events;
  }

  private static <T> List<T> of(Class<T> type, List<MarketEvent> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void aPaperSessionTradesOnTheLiveMarket() throws Exception {
    var id = begin(ETH);
    assertThat(begin(ETH)).as("the same again").isEqualTo(id);
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= 4, "fills");
    var health = health(id);
    assertThat(health.getInteger("connected")).isEqualTo(1);
    assertThat(health.getJsonArray("symbols").getJsonObject(0).getString("symbol")).isEqualTo(ETH);
    assertThat(health.getJsonArray("symbols").getJsonObject(0).getBoolean("silent")).isFalse();
    stopSession(id);

    assertThat(platform.rows(HistoryKind.SIGNALS, id)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(platform.rows(HistoryKind.ORDERS, id)).hasSizeGreaterThanOrEqualTo(4);
    for (var row : platform.rows(HistoryKind.FILLS, id)) {
      var fill = new JsonObject(row);
      var price = new BigDecimal(fill.getValue("price").toString());
      var quantity = new BigDecimal(fill.getValue("quantity").toString());
      // The fee and the tick of the exchange: 0.03 %, 0.01.
      assertThat(new BigDecimal(fill.getValue("fee").toString()))
          .isEqualByComparingTo(price.multiply(quantity).multiply(new BigDecimal("0.0003")));
    }
    var events = recorded(id, ETH);
    requireTradesOfTheExchange(events, true);
    assertThat(of(Quote.class, events)).isNotEmpty();
    var book = new BookBuilder(ETH);
    of(BookEvent.class, events).forEach(book::apply);
    assertThat(book.isValid()).isTrue();
    assertThat(of(ExternalValue.class, events)).isEmpty();
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).time()).isGreaterThanOrEqualTo(events.get(i - 1).time());
    }
  }

  /// A contract is of 0.01 ETH, and takers pay 0.04 %.
  @Test
  void aPaperSessionTradesOnFutures() throws Exception {
    var symbol = "ETH_USDT";
    var request =
        new StartSession(
            SessionMode.PAPER,
            List.of(symbol),
            List.of(new StrategyRequest("trader", Map.of())),
            new BigDecimal(10_000),
            LiveData.MEXC_FUTURES,
            null,
            null);
    var id = await(platform.bus.ask(Channels.START_SESSION, request)).sessionId();
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= 4, "fills");
    assertThat(health(id).getInteger("connected")).isEqualTo(1);
    fault("name", "drop-sockets");
    int before = platform.rows(HistoryKind.FILLS, id).size();
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= before + 2, "fills after a gap");
    stopSession(id);

    for (var row : platform.rows(HistoryKind.FILLS, id)) {
      var fill = new JsonObject(row);
      var price = new BigDecimal(fill.getValue("price").toString());
      var quantity = new BigDecimal(fill.getValue("quantity").toString());
      assertThat(new BigDecimal(fill.getValue("fee").toString()))
          .isEqualByComparingTo(price.multiply(quantity).multiply(new BigDecimal("0.0004")));
      assertThat(quantity.remainder(new BigDecimal("0.01"))).isZero();
    }
    var events = recorded(id, symbol);
    assertThat(of(Trade.class, events)).isNotEmpty();
    assertThat(of(Quote.class, events)).isNotEmpty();
    var book = new BookBuilder(symbol);
    of(BookEvent.class, events).forEach(book::apply);
    assertThat(book.isValid()).isTrue();
    assertThat(of(ExternalValue.class, events))
        .extracting(ExternalValue::name)
        .contains(LiveData.FEED_GAP, "funding-rate");
    var unknown =
        new StartSession(
            SessionMode.PAPER,
            List.of("NOPE_USDT"),
            List.of(new StrategyRequest("trader", Map.of())),
            new BigDecimal(10_000),
            LiveData.MEXC_FUTURES,
            null,
            null);
    assertThatThrownBy(() -> await(platform.bus.ask(Channels.START_SESSION, unknown)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("MEXC does not have the symbol NOPE_USDT");
  }

  private JsonObject health(String id) throws InterruptedException {
    var found = new AtomicReference<JsonObject>();
    until(
        () -> {
          try {
            var answer =
                http.send(platform.request("/api/system/health").build(), BodyHandlers.ofString());
            var all = new JsonObject(answer.body()).getJsonArray("exchange");
            for (int i = 0; i < all.size(); i++) {
              if (all.getJsonObject(i).getString("session_id").equals(id)) {
                found.set(all.getJsonObject(i));
              }
            }
            return found.get() != null;
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        "the health of " + id);
    return Objects.requireNonNull(found.get());
  }

  /// Each trade that was recorded is one of the exchange, none of them is there twice; without a
  /// gap all of them are there from the first to the last.
  private void requireTradesOfTheExchange(List<MarketEvent> events, boolean whole)
      throws IOException, InterruptedException {
    var mine =
        of(Trade.class, events).stream().map(each -> each.price() + " " + each.amount()).toList();
    var rows = new ArrayList<String>();
    for (var row : tradesOf(ETH)) {
      var trade = (JsonObject) row;
      rows.add(
          Double.parseDouble(trade.getString("p"))
              + " "
              + Double.parseDouble(trade.getString("q")));
    }
    assertThat(mine).isNotEmpty();
    if (whole) {
      assertThat(rows).containsSequence(mine);
    } else {
      assertThat(rows).containsSubsequence(mine);
    }
  }

  /// In one thread, from what it recorded. Its instrument is configured as the exchange has it.
  @Test
  void whatWasDecidedLiveIsDecidedAgainFromTheRecording() throws Exception {
    var id = begin("BTCUSDT");
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= 4, "fills");
    fault("name", "drop-sockets");
    int before = platform.rows(HistoryKind.FILLS, id).size();
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= before + 4, "fills after a gap");
    stopSession(id);
    var request =
        new StartSession(
            SessionMode.BACKTEST,
            List.of("BTCUSDT"),
            List.of(new StrategyRequest("trader", Map.of())),
            new BigDecimal(10_000),
            "recording:" + id,
            null,
            null);
    var again =
        await(platform.bus.ask(Channels.START_BACKTEST, new StartBacktest(request, TimeRange.ALL)))
            .sessionId();
    var ended = platform.untilEnded(again);
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
    for (var kind : List.of(HistoryKind.SIGNALS, HistoryKind.FILLS)) {
      var live = rowsWithoutIds(kind, id);
      assertThat(live).hasSizeGreaterThanOrEqualTo(8);
      // The one that was stopped did not see the end of its last bar.
      assertThat(rowsWithoutIds(kind, again))
          .as(kind.name())
          .startsWith(live.toArray(String[]::new));
    }
  }

  private List<String> rowsWithoutIds(HistoryKind kind, String id) {
    return platform.rows(kind, id).stream()
        .map(row -> row.replace(id, "ID").replace(id.substring(3), "ID"))
        .toList();
  }

  /// A connection that is half open is found out after 25 s.
  @ParameterizedTest
  @ValueSource(strings = {"drop-sockets", "half-open-sockets", "garbage"})
  void aConnectionThatIsLostIsMadeAnewAndTheGapIsMarked(String fault) throws Exception {
    var told = new AtomicReference<FeedHealth>();
    await(platform.bus.read(Channels.FEED_HEALTH, told::set));
    var id = begin(ETH);
    until(() -> !platform.rows(HistoryKind.FILLS, id).isEmpty(), "a fill");
    fault("name", fault);
    until(() -> told.get() != null && told.get().gaps() >= 1, "the gap");
    int fills = platform.rows(HistoryKind.FILLS, id).size();
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= fills + 2, "fills after it");
    assertThat(told.get().reconnects()).isEqualTo(1);
    assertThat(told.get().missed()).isZero();
    stopSession(id);

    var events = recorded(id, ETH);
    var marks = of(ExternalValue.class, events);
    assertThat(marks).hasSize(1);
    assertThat(marks.getFirst().name()).isEqualTo(LiveData.FEED_GAP);
    assertThat(marks.getFirst().value()).isPositive();
    var after = events.subList(events.indexOf(marks.getFirst()), events.size());
    assertThat(of(BookSnapshot.class, after)).as("the book begins anew").isNotEmpty();
    assertThat(of(Trade.class, after)).isNotEmpty();
    requireTradesOfTheExchange(events, false);
    var book = new BookBuilder(ETH);
    of(BookEvent.class, events).forEach(book::apply);
    assertThat(book.isValid()).isTrue();
  }

  @Test
  void aGapInTheBookIsMarkedAndTheBookBeginsAnew() throws Exception {
    var told = new AtomicReference<FeedHealth>();
    await(platform.bus.read(Channels.FEED_HEALTH, told::set));
    var id = begin(ETH);
    until(() -> !platform.rows(HistoryKind.FILLS, id).isEmpty(), "a fill");
    fault("name", "depth-gap", "symbol", ETH);
    until(() -> told.get() != null && told.get().gaps() >= 1, "the gap");
    int fills = platform.rows(HistoryKind.FILLS, id).size();
    until(() -> platform.rows(HistoryKind.FILLS, id).size() >= fills + 2, "fills after it");
    stopSession(id);
    var events = recorded(id, ETH);
    var marks = of(ExternalValue.class, events);
    assertThat(marks).hasSize(1);
    assertThat(marks.getFirst().name()).isEqualTo(LiveData.BOOK_GAP);
    assertThat(marks.getFirst().value()).isPositive();
    var after = events.subList(events.indexOf(marks.getFirst()), events.size());
    assertThat(of(BookSnapshot.class, after)).isNotEmpty();
    requireTradesOfTheExchange(events, true);
  }

  @Test
  void aCollectionRecordsTheLiveMarketAndItsGaps() throws Exception {
    var told = new AtomicReference<FeedHealth>();
    await(platform.bus.read(Channels.FEED_HEALTH, told::set));
    var wanted =
        new StartCollection(
            List.of(ETH), Set.of(MarketStream.TRADES, MarketStream.BOOKS), "mexc", null);
    var id = await(platform.bus.ask(Channels.START_COLLECTION, wanted)).sessionId();
    until(() -> told.get() != null, "health");
    fault("name", "drop-sockets");
    until(() -> Objects.requireNonNull(told.get()).gaps() >= 1, "the gap");
    await(platform.bus.ask(Channels.STOP_COLLECTION, new StopCollection(id)));
    var events = recorded(id, ETH);
    assertThat(of(ExternalValue.class, events)).hasSize(1);
    assertThat(of(Quote.class, events)).isEmpty();
    assertThat(of(BarClosed.class, events)).isEmpty();
    assertThat(of(BookEvent.class, events)).isNotEmpty();
  }

  @Test
  void whatCannotBeHeardIsRefused() throws Exception {
    assertThatThrownBy(() -> begin("NOPEUSDT"))
        .isInstanceOfSatisfying(
            Refusal.class, refused -> assertThat(refused.kind()).isEqualTo(Refusal.Kind.INVALID))
        .hasMessage("MEXC does not have the symbol NOPEUSDT");
    assertThatThrownBy(() -> await(platform.bus.ask(Channels.START_SESSION, paper(ETH, 10.0))))
        .hasMessage(
            "mexc has prices as they come: mode must be paper or live, without acceleration");
    fault("name", "symbol-offline", "symbol", ETH);
    assertThatThrownBy(() -> begin(ETH)).hasMessage("ETHUSDT is not traded on mexc now");
    var bars = new StartCollection(List.of("BTCUSDT"), Set.of(MarketStream.BARS), "mexc", null);
    assertThatThrownBy(() -> await(platform.bus.ask(Channels.START_COLLECTION, bars)))
        .hasMessage("mexc has trades, quotes and books: streams must be of these, was bars");
  }
}
