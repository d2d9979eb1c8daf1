package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.app.TestExchange.ETH;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ReleaseTrading;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.Side;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.mexc.client.MexcTrading;
import sandpiper.mexc.client.NewSpotOrder;
import sandpiper.mexc.client.SpotBalance;
import sandpiper.mexc.client.SpotFill;
import sandpiper.mexc.client.SpotOrder;
import sandpiper.orders.BrokerConfig;

/// Sessions of mode live, whole, on a simulated exchange: what they have on record is what the
/// exchange has, whatever goes wrong on the way.
class LiveTradingIT {
  private static final RiskLimits LIMITS =
      RiskLimits.parse(Map.of("order-notional", "5000", "daily-loss", "1000:cancel"));

  private static final String FULL = "the database is away and the journal on disk is full";

  /// Buys at one close and sells at the next.
  private static final String TRADER =
      """
      export const data = () => ({ main: { bars: '1s' } });
      export function onBar(ctx, bar) {
        if (ctx.orders().length > 0) return;
        if (ctx.position().flat) ctx.buy({ size: 0.1 });
        else ctx.sell({ size: 0.1 });
      }
      """;

  /// Places one order that nobody will fill, and looks on.
  private static final String WAITER =
      """
      export const data = () => ({ main: { bars: '1s' } });
      export function onStart(ctx) { ctx.state.placed = false; }
      export function onBar(ctx, bar) {
        if (!ctx.state.placed) {
          ctx.state.placed = true;
          ctx.buy({ size: 0.1, price: bar.close * 0.5 });
        }
      }
      """;

  /// What it writes to the log at each close does not pack.
  private static final int LINES = 20;

  /// The same, and fills the record.
  private static String talker() {
    var chance = new Random(11);
    var lines =
        IntStream.range(0, LINES)
            .mapToObj(_ ->
                chance
                    .ints(1_900, 0x4e00, 0x9e00)
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString())
            .collect(Collectors.joining("', '", "const lines = ['", "'];\n"));
    return lines
        + TRADER.replace(
            "ctx, bar) {", "ctx, bar) {\n  lines.forEach((line) => ctx.log.info(line));");
  }

  @TempDir Path strategies;

  @SuppressWarnings("NullAway.Init") // before each test
  private TestExchange exchange;

  /// Of the platform, when it is one that can go away.
  private @Nullable AwayDatabase database;

  @SuppressWarnings("NullAway.Init") // by each test
  private TestPlatform platform;

  @SuppressWarnings("NullAway.Init") // before each test
  private MexcTrading account;

  @BeforeEach
  void open() throws IOException, TimeoutException {
    Files.writeString(strategies.resolve("trader.js"), TRADER);
    Files.writeString(strategies.resolve("waiter.js"), WAITER);
    Files.writeString(strategies.resolve("talker.js"), talker());
    exchange =
        new TestExchange(
            TestExchange.account(
                "key", Map.of("USDT", new BigDecimal(50_000), "ETH", new BigDecimal("2.5"))));
    account = exchange.trading("key");
  }

  private void start(UnaryOperator<BrokerConfig> changed) throws IOException {
    platform =
        TestPlatform.startTrading(
            TestPlatform.freshDirectory(), strategies, exchange.port(), changed);
  }

  @AfterEach
  void stop() throws IOException, TimeoutException {
    platform.close();
    exchange.close();
    if (database != null) {
      database.close();
    }
  }

  private static StartSession live(String strategy) {
    return new StartSession(
        SessionMode.LIVE,
        List.of(ETH),
        List.of(new StrategyRequest(strategy, Map.of())),
        new BigDecimal(10_000),
        "mexc",
        null,
        null,
        null,
        LIMITS,
        AccountRules.STANDARD,
        "LIVE");
  }

  private String begin(String strategy) {
    return await(platform.bus.ask(Channels.START_SESSION, live(strategy))).sessionId();
  }

  private void end(String id) throws InterruptedException {
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
    var ended = platform.untilEnded(id);
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
  }

  private List<JsonObject> rows(HistoryKind kind, String id) {
    return platform.rows(kind, id).stream().map(JsonObject::new).toList();
  }

  private BigDecimal balance(String asset) {
    return await(account.balances()).stream()
        .filter(each -> each.asset().equals(asset))
        .map((SpotBalance each) -> each.free().add(each.locked()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<SpotFill> fillsAtTheExchange() {
    return await(account.fills(ETH, null, null, null));
  }

  private List<SpotOrder> openAtTheExchange() {
    return await(account.openOrders(ETH));
  }

  private static BigDecimal decimal(JsonObject row, String name) {
    return new BigDecimal(row.getString(name));
  }

  /// Every fill of the exchange is on record once, and every fill on record is one of the
  /// exchange's; the account has what the session says.
  private void requireSame(String id) {
    var theirs = fillsAtTheExchange();
    var ours = rows(HistoryKind.FILLS, id);
    assertThat(ours).hasSameSizeAs(theirs);
    var cash = BigDecimal.ZERO;
    var coins = BigDecimal.ZERO;
    for (int i = 0; i < ours.size(); i++) {
      var fill = ours.get(i);
      var same = theirs.get(i);
      assertThat(decimal(fill, "price")).isEqualByComparingTo(same.price());
      assertThat(decimal(fill, "quantity")).isEqualByComparingTo(same.quantity());
      assertThat(decimal(fill, "fee")).isEqualByComparingTo(same.fee());
      assertThat(same.clientId()).isEqualTo(fill.getString("order_id").substring(4));
      var sign = BigDecimal.valueOf(fill.getString("side").equals("buy") ? 1 : -1);
      coins = coins.add(same.quantity().multiply(sign));
      cash = cash.subtract(same.amount().multiply(sign)).subtract(same.fee());
    }
    assertThat(balance("ETH")).isEqualByComparingTo(coins.add(new BigDecimal("2.5")));
    assertThat(balance("USDT")).isEqualByComparingTo(cash.add(new BigDecimal(50_000)));
    var marks = rows(HistoryKind.EQUITY, id);
    assertThat(decimal(marks.getLast(), "cash"))
        .isEqualByComparingTo(cash.add(new BigDecimal(10_000)));
  }

  private List<JsonObject> alerts(String id) {
    return rows(HistoryKind.RISK_ALERTS, id);
  }

  @Test
  void aLiveSessionHasOnRecordWhatTheExchangeHas() throws Exception {
    start(broker -> broker);
    var id = begin("trader");
    assertThat(id).startsWith("lv_");
    until(() -> rows(HistoryKind.FILLS, id).size() >= 4, "fills");
    end(id);
    requireSame(id);
    assertThat(openAtTheExchange()).isEmpty();
    assertThat(alerts(id)).isEmpty();

    var proof = await(platform.bus.ask(Channels.CHECK_PARITY, new CheckParity(id)));
    assertThat(proof.difference()).isNull();
    assertThat(proof.percent()).isEqualByComparingTo("100");
    assertThat(proof.decisions()).isGreaterThan(8);
  }

  @Test
  void ordersThatWorkAreTakenBackAtTheEnd() throws Exception {
    start(broker -> broker);
    var id = begin("waiter");
    until(() -> openAtTheExchange().size() == 1, "the order at the exchange");
    assertThat(rows(HistoryKind.ORDERS, id))
        .extracting(row -> row.getString("status"))
        .containsExactly("working");
    end(id);
    assertThat(openAtTheExchange()).isEmpty();
    assertThat(rows(HistoryKind.ORDERS, id))
        .extracting(row -> row.getString("status"))
        .containsExactly("cancelled");
    assertThat(alerts(id)).isEmpty();
  }

  @Test
  void anOrderWithoutAnAnswerIsLookedUpAndNotSentAgain() throws Exception {
    start(broker -> broker);
    exchange.fault(
        "name", "server-error", "endpoint", "POST /api/v3/order", "status", 504, "count", 2);
    var id = begin("trader");
    until(() -> rows(HistoryKind.FILLS, id).size() >= 4, "fills");
    assertThat(exchange.isFaultless()).isTrue();
    end(id);
    requireSame(id);
    assertThat(alerts(id)).isEmpty();
  }

  @Test
  void anOrderThatDidNotArriveIsOver() throws Exception {
    start(broker ->
        new BrokerConfig(
            broker.exchange(),
            broker.credentials(),
            false,
            true,
            broker.reconcileEvery(),
            Duration.ofSeconds(2)));
    exchange.fault(
        "name",
        "server-error",
        "endpoint",
        "POST /api/v3/order",
        "status",
        503,
        "accepted",
        false,
        "count",
        1);
    var id = begin("trader");
    until(() -> rows(HistoryKind.FILLS, id).size() >= 2, "fills");
    assertThat(exchange.isFaultless()).isTrue();
    end(id);
    requireSame(id);
    assertThat(rows(HistoryKind.ORDERS, id).getFirst().getString("status")).isEqualTo("cancelled");
    assertThat(alerts(id))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.getString("rule")).isEqualTo("exchange");
          assertThat(alert.getString("text")).contains("did not have it");
        });
  }

  @Test
  void aFillThatIsToldTwiceIsOneAndALateOneIsNotLost() throws Exception {
    start(broker -> broker);
    exchange.fault("name", "duplicate-fill", "count", 3);
    exchange.fault("name", "late-fill", "millis", 1_500, "count", 2);
    var id = begin("trader");
    until(() -> rows(HistoryKind.FILLS, id).size() >= 6, "fills");
    assertThat(exchange.isFaultless()).isTrue();
    end(id);
    requireSame(id);
    assertThat(alerts(id)).isEmpty();
  }

  @Test
  void whatHappensWhileNobodyHearsIsNotLost() throws Exception {
    start(broker -> broker);
    var id = begin("trader");
    until(() -> rows(HistoryKind.FILLS, id).size() >= 1, "a fill");
    for (int i = 0; i < 3; i++) {
      exchange.fault("name", "drop-sockets", "sockets", "private");
      int before = rows(HistoryKind.FILLS, id).size();
      until(() -> rows(HistoryKind.FILLS, id).size() > before, "another fill");
    }
    end(id);
    requireSame(id);
    assertThat(alerts(id)).isEmpty();
  }

  @Test
  void whatTheAccountHasAndTheSessionDoesNotStopsTrading() throws Exception {
    start(broker ->
        new BrokerConfig(
            broker.exchange(),
            broker.credentials(),
            false,
            true,
            Duration.ofSeconds(1),
            broker.unknownPatience()));
    var id = begin("waiter");
    until(() -> openAtTheExchange().size() == 1, "the order at the exchange");
    await(account.place(NewSpotOrder.market(ETH, Side.SELL, BigDecimal.ONE, "by-hand")));
    until(() -> alerts(id).size() >= 2, "alerts");
    assertThat(alerts(id)).extracting(row -> row.getString("rule")).containsOnly("reconciliation");
    assertThat(alerts(id).stream().map(row -> row.getString("text")).toList())
        .anySatisfy(text ->
            assertThat(text)
                .isEqualTo("the account has 1.5 ETH, by what was traded it should have 2.5"));
    end(id);
  }

  /// The database is gone and the journal on disk full: nothing is sent, until both are there again
  /// and somebody says so. What was acknowledged, and what waited, is on record then.
  @Test
  void withTheDatabaseAwayAndTheJournalFullNoOrderIsSent() throws Exception {
    var away = startAway();
    var levels = new CopyOnWriteArrayList<StorageLevel>();
    await(platform.bus.read(Channels.STORAGE_STATE, state -> levels.add(state.level())));
    var shown = new AtomicBoolean();
    platform
        .vertx
        .eventBus()
        .addOutboundInterceptor(delivery -> {
          var message = delivery.message();
          if (message.address().startsWith("console.")
              && String.valueOf(message.body()).contains(FULL)) {
            shown.set(true);
          }
          delivery.next();
        });
    var id = begin("talker");
    until(() -> !rows(HistoryKind.FILLS, id).isEmpty(), "a fill");
    away.stop();
    until(() -> levels.contains(StorageLevel.FULL), "the journal to be full");
    until(shown::get, "the alert on the screen");

    // Each second is a bar at which it would trade; whoever waits for longer than five is refused.
    int sent = fillsAtTheExchange().size();
    long second = second(id);
    until(() -> second(id) >= second + 8, "the market to go on");
    assertThat(fillsAtTheExchange()).hasSize(sent);
    assertThat(openAtTheExchange()).isEmpty();
    assertThat(platform.session(id).status()).isEqualTo(SessionStatus.RUNNING);

    away.start();
    until(() -> levels.getLast() == StorageLevel.WRITTEN, "everything to be written");
    assertThat(errors()).contains("session " + id + " places no more orders: " + FULL);
    assertThat(texts(id)).anySatisfy(text -> assertThat(text).contains(FULL));
    await(platform.bus.ask(Channels.RELEASE_TRADING, new ReleaseTrading(id, "it is back", "ann")));
    until(() -> fillsAtTheExchange().size() >= sent + 2, "it to trade again");
    end(id);
    requireSame(id);
    requireAllOnce(away, id);
  }

  /// Nobody can be looked up, but whoever was known before stops trading all the same; nothing else
  /// is carried out, and nobody else let in. Who did it is on record once.
  @Test
  void tradingIsStoppedByRestWhileTheDatabaseIsAway() throws Exception {
    var away = startAway();
    var levels = new CopyOnWriteArrayList<StorageLevel>();
    await(platform.bus.read(Channels.STORAGE_STATE, state -> levels.add(state.level())));
    var id = begin("trader");
    until(() -> !rows(HistoryKind.FILLS, id).isEmpty(), "a fill");
    var me = platform.request("/api/me").GET();
    assertThat(send(me).statusCode()).isEqualTo(200);
    away.stop();
    until(() -> status(me) == 503, "what is remembered for seconds to be forgotten");

    var reason = BodyPublishers.ofString("{\"reason\": \"enough\"}");
    var session = "/api/sessions/" + id;
    var cancelled = send(command(session + "/cancel-all").POST(reason));
    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
    assertThat(cancelled.headers().firstValue("Audit-Pending")).hasValue("disk");
    var killed = send(command("/api/trading/kill-switch").POST(reason));
    assertThat(killed.statusCode()).as(killed.body()).isEqualTo(200);
    assertThat(killed.body()).contains(id);
    assertThat(killed.headers().firstValue("Audit-Pending")).hasValue("disk");
    assertThat(send(command(session + "/release").POST(reason)).statusCode()).isEqualTo(503);
    var stranger = command("/api/trading/kill-switch").setHeader("Authorization", "Bearer sp_no");
    assertThat(send(stranger.POST(reason)).statusCode()).isEqualTo(503);

    away.start();
    until(() -> levels.getLast() == StorageLevel.WRITTEN, "everything to be written");
    until(() -> status(me) == 200, "somebody to be let in");
    var rows =
        "select count(*), count(*) filter (where status = 200 and user_name = 'admin') from"
            + " audit_log where operation = '%s'";
    until(() -> rows(away, rows, "killAll").equals(List.of(1L, 1L)), "the row of the stop");
    assertThat(rows(away, rows, "cancelAll")).isEqualTo(List.of(1L, 1L));
    assertThat(rows(away, rows, "releaseTrading")).isEqualTo(List.of(0L, 0L));
    var again = send(command("/api/trading/kill-switch").POST(reason));
    assertThat(again.headers().firstValue("Audit-Pending")).isEmpty();
    assertThat(rows(away, rows, "killAll").getFirst()).isEqualTo(2);
    assertThat(texts(id).getFirst()).contains("enough");
    end(id);
  }

  private HttpRequest.Builder command(String path) {
    return platform.request(path).header("Content-Type", "application/json");
  }

  private static int status(HttpRequest.Builder request) {
    try {
      return send(request).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> rows(AwayDatabase away, String sql, String operation) {
    try {
      return away.row(sql, operation);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private AwayDatabase startAway() throws Exception {
    var folder = TestPlatform.freshDirectory();
    var away = new AwayDatabase(folder.resolve("server"));
    database = away;
    platform = TestPlatform.startTrading(folder, away.url(), 1, strategies, exchange.port());
    return away;
  }

  private List<String> texts(String id) {
    return alerts(id).stream().map(row -> row.getString("text")).toList();
  }

  /// Of the market, as far as the session has seen it.
  private long second(String id) {
    var clock = platform.session(id).clock();
    return clock == null ? 0 : clock / 1_000_000;
  }

  private String errors() throws IOException, InterruptedException {
    return send(platform.request("/api/system/log?level=error&limit=200").GET()).body();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  /// Inputs without a gap and without a second copy; of each bar all that the strategy said.
  private static void requireAllOnce(AwayDatabase away, String id) throws SQLException {
    var inputs =
        Stream.of("bars", "trades", "quotes", "books", "external_values", "venue_reports")
            .map(table -> "select seq from %s where session_id = '%s'".formatted(table, id))
            .collect(Collectors.joining(" union all "));
    var numbers =
        away.row("select count(*), count(distinct seq), max(seq) from (%s) all_of_them", inputs);
    assertThat(numbers.get(0)).isEqualTo(numbers.get(1)).isEqualTo(numbers.get(2));
    assertThat(numbers.get(0)).isGreaterThan(100);
    var lines =
        away.row(
            "select count(*), count(*) filter (where lines = 20) from (select count(*) as lines"
                + " from log_lines where session_id = '%s' group by seq) bars",
            id);
    assertThat(lines.get(0)).isEqualTo(lines.get(1)).isGreaterThan(8);
  }

  @Test
  void aDryRunPlacesNothing() throws Exception {
    start(BrokerConfig::dry);
    var id = begin("trader");
    until(() -> rows(HistoryKind.ORDERS, id).size() >= 2, "orders");
    end(id);
    assertThat(fillsAtTheExchange()).isEmpty();
    assertThat(openAtTheExchange()).isEmpty();
    assertThat(rows(HistoryKind.ORDERS, id))
        .extracting(row -> row.getString("status"))
        .containsOnly("cancelled");
  }

  @Test
  void realMoneyAsksForConfirmationLimitsBudgetAndKey() throws Exception {
    start(broker -> broker);
    requireRefused(
        with(live("trader"), LIMITS, null, "10000", "mexc"),
        "mode live trades with real money: confirmation must be LIVE, was null");
    requireRefused(
        with(live("trader"), RiskLimits.NONE, "LIVE", "10000", "mexc"),
        "mode live needs limits: order-notional or position-notional, and daily-loss or"
            + " drawdown-percent; there are none");
    requireRefused(
        with(live("trader"), LIMITS, "LIVE", "60000", "mexc"),
        "budget must be at most what is free in the account, 50000 USDT, was 60000");
    requireRefused(
        with(live("trader"), LIMITS, "LIVE", "10000", "demo"),
        "mode live trades on the market as it is: data must be mexc, was demo");
    platform.close();
    platform = TestPlatform.startLive(strategies, exchange.port());
    requireRefused(
        live("trader"),
        "mode live needs the key of an account: set SANDPIPER_MEXC_KEY and SANDPIPER_MEXC_SECRET,"
            + " or mexc.key-file in the configuration");
  }

  private void requireRefused(StartSession request, String why) {
    assertThatThrownBy(() -> await(platform.bus.ask(Channels.START_SESSION, request)))
        .isInstanceOf(Refusal.class)
        .hasMessage(why);
  }

  private static StartSession with(
      StartSession request,
      RiskLimits limits,
      @Nullable String confirmation,
      String budget,
      String data) {
    return new StartSession(
        request.mode(),
        request.symbols(),
        request.strategies(),
        new BigDecimal(budget),
        data,
        null,
        null,
        null,
        limits,
        request.account(),
        confirmation);
  }
}
