package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.mexc.client.Credentials;
import sandpiper.mexc.client.FuturesConfig;
import sandpiper.mexc.client.FuturesOrderType;
import sandpiper.mexc.client.FuturesRest;
import sandpiper.mexc.client.FuturesSide;
import sandpiper.mexc.client.FuturesTrading;
import sandpiper.mexc.client.MarginMode;
import sandpiper.mexc.client.NewFuturesOrder;
import sandpiper.mexc.wire.PublicAggreDepthsV3Api;
import sandpiper.mexc.wire.PublicLimitDepthsV3Api;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;
import sandpiper.testkit.SharedData;

/// Books of real files over real sockets: whatever a client sees is what [FileBook] reads from the
/// same file. Time stands still but where a test moves it.
@ExtendWith(VertxExtension.class)
class RecordedMarketIT {
  private static final String SPOT = "data/binance_raw_ws_2024/binance_spot_btcusdt_20240808.gz";
  private static final String FUTURES = "data/binance_raw_ws_2024/binance_usdm_btcusdt_20240808.gz";
  private static final String REC = "RECUSDT";
  private static final String REC_CONTRACT = "REC_USDT";
  private static final AccountConfig ALICE =
      Samples.account("alice", "USDT", "10000000", "REC", "1000")
          .withFutures(Map.of("USDT", new BigDecimal("10000000")));
  private static final String DEPTH = "spot@public.aggre.depth.v3.api.pb@10ms@" + REC;
  private static final String WHOLE = "spot@public.limit.depth.v3.api.pb@" + REC + "@20";
  private static final String TICKER = "spot@public.aggre.bookTicker.v3.api.pb@100ms@" + REC;

  @TempDir private Path folder;

  private final long start = System.currentTimeMillis();
  private final AtomicLong now = new AtomicLong(start);
  private Vertx vertx;
  private int port;
  private @Nullable TestClient connected;

  /// The book as a client keeps it that hears of changes only.
  private static final class ClientBook {
    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private long version;
    private int gaps;

    private void apply(PublicAggreDepthsV3Api update) {
      if (Long.parseLong(update.getFromVersion()) != version + 1) {
        gaps++;
      }
      version = Long.parseLong(update.getToVersion());
      update.getBidsList().forEach(each -> set(bids, each.getPrice(), each.getQuantity()));
      update.getAsksList().forEach(each -> set(asks, each.getPrice(), each.getQuantity()));
    }

    private void set(Map<BigDecimal, BigDecimal> side, String price, String quantity) {
      var size = FileBook.number(quantity);
      if (size.signum() == 0) {
        side.remove(FileBook.number(price));
      } else {
        side.put(FileBook.number(price), size);
      }
    }

    private void requireIs(FileBook file) {
      assertThat(bids).isEqualTo(file.bids);
      assertThat(asks).isEqualTo(file.asks);
    }
  }

  @BeforeEach
  void begin(Vertx given) {
    vertx = given;
  }

  private void deploy(
      Map<SymbolRules, BigDecimal> symbols,
      List<ContractRules> contracts,
      Map<String, Recording> recordings)
      throws TimeoutException {
    var exchange =
        new SimulatedExchange(
            new SimulatorConfig(
                0,
                1,
                symbols,
                contracts,
                recordings,
                List.of(ALICE),
                Limits.NONE,
                20,
                0,
                () -> Instant.ofEpochMilli(now.get())));
    vertx.deployVerticle(exchange).await(20, SECONDS);
    port = exchange.port();
    connected = new TestClient(vertx, port, ALICE);
  }

  private TestClient client() {
    return Objects.requireNonNull(connected);
  }

  private void deploySpot(Path file) throws TimeoutException {
    var recording = Recording.load(List.of(file.toString()), "BTCUSDT");
    var rules =
        SymbolRules.of("REC", "USDT", recording.priceDecimals(), recording.quantityDecimals());
    deploy(Map.of(rules, BigDecimal.ZERO), List.of(), Map.of(REC, recording));
  }

  private void moveTo(long millis) {
    now.set(start + millis);
  }

  private JsonObject depth() {
    return client().get("depth", Map.of("symbol", REC, "limit", 5_000)).object();
  }

  private static Map<BigDecimal, BigDecimal> levels(JsonArray rows) {
    var levels = new TreeMap<BigDecimal, BigDecimal>();
    for (int i = 0; i < rows.size(); i++) {
      levels.put(
          FileBook.number(rows.getJsonArray(i), 0), FileBook.number(rows.getJsonArray(i), 1));
    }
    assertThat(levels).hasSize(rows.size());
    return levels;
  }

  private static void requireIs(JsonObject depth, FileBook file) {
    assertThat(levels(depth.getJsonArray("bids"))).isEqualTo(file.bids);
    assertThat(levels(depth.getJsonArray("asks"))).isEqualTo(file.asks);
  }

  private static List<BigDecimal> best(FileBook file) {
    var bid = file.bids.firstEntry();
    var ask = file.asks.firstEntry();
    return List.of(bid.getKey(), bid.getValue(), ask.getKey(), ask.getValue());
  }

  private static List<BigDecimal> best(JsonObject row, String... fields) {
    return List.of(fields).stream().map(row::getString).map(FileBook::number).toList();
  }

  private List<BigDecimal> bookTicker() {
    var row = client().get("ticker/bookTicker", Map.of("symbol", REC)).object();
    return best(row, "bidPrice", "bidQty", "askPrice", "askQty");
  }

  private static List<BigDecimal> best(PushDataV3ApiWrapper frame) {
    var told = frame.getPublicAggreBookTicker();
    return List.of(
            told.getBidPrice(), told.getBidQuantity(), told.getAskPrice(), told.getAskQuantity())
        .stream()
        .map(FileBook::number)
        .toList();
  }

  private static void requireIsTop(PublicLimitDepthsV3Api whole, FileBook file) {
    assertThat(
            whole.getBidsList().stream()
                .map(each ->
                    FileBook.number(each.getPrice()) + ":" + FileBook.number(each.getQuantity())))
        .isEqualTo(
            file.bids.entrySet().stream()
                .limit(20)
                .map(each -> each.getKey() + ":" + each.getValue())
                .toList());
    assertThat(
            whole.getAsksList().stream()
                .map(each ->
                    FileBook.number(each.getPrice()) + ":" + FileBook.number(each.getQuantity())))
        .isEqualTo(
            file.asks.entrySet().stream()
                .limit(20)
                .map(each -> each.getKey() + ":" + each.getValue())
                .toList());
  }

  /// Five and a half minutes of the file, looked at in 30 places.
  @Test
  void depthAndBestPricesAreThoseOfTheFile() throws TimeoutException {
    var file = new FileBook(SharedData.lines(SPOT));
    deploySpot(SharedData.path(SPOT));
    var socket = client().connect(null).subscribe(DEPTH, WHOLE, TICKER);
    var told = new ClientBook();
    told.version = depth().getLong("lastUpdateId");
    assertThat(depth().getJsonArray("bids")).as("before the snapshot of the file").isEmpty();
    var points = new ArrayList<Long>(List.of(300L, 301L, 400L, 450L, 1_000L));
    for (long point = 11_000; points.size() < 30; point += 13_337) {
      points.add(point);
    }
    for (long point : points) {
      long before = told.version;
      moveTo(point);
      file.at(point);
      var depth = depth();
      requireIs(depth, file);
      assertThat(bookTicker()).isEqualTo(best(file));
      long version = depth.getLong("lastUpdateId");
      if (version == before) {
        continue;
      }
      boolean whole = false;
      boolean best = false;
      while (told.version < version || !whole || !best) {
        var frame = socket.frame();
        if (frame.hasPublicAggreDepths()) {
          told.apply(frame.getPublicAggreDepths());
        } else if (frame.hasPublicLimitDepths()) {
          var all = frame.getPublicLimitDepths();
          if (Long.parseLong(all.getVersion()) == version) {
            requireIsTop(all, file);
            whole = true;
          }
        } else if (Long.parseLong(frame.getPublicAggreBookTicker().getVersion()) == version) {
          assertThat(best(frame)).isEqualTo(best(file));
          best = true;
        }
      }
      assertThat(told.version).isEqualTo(version);
      told.requireIs(file);
    }
    assertThat(told.gaps).isZero();
    assertThat(file.bids).hasSizeGreaterThan(1_000);
  }

  @Test
  void anOrderFillsAtTheLevelsOfTheFileWhichAreGoneUntilItNamesThem() throws TimeoutException {
    var file = new FileBook(SharedData.lines(SPOT));
    deploySpot(SharedData.path(SPOT));
    long point = 20_000;
    // Three levels for at most a million, the most that may be ordered being two.
    while (cost(file.at(point)).compareTo(new BigDecimal("1000000")) > 0) {
      point += 500;
    }
    var expected = new ArrayList<String>();
    var left = new TreeMap<BigDecimal, BigDecimal>();
    var quantity = BigDecimal.ZERO;
    BigDecimal limit = null;
    for (var level : List.copyOf(file.asks.entrySet()).subList(0, 3)) {
      limit = level.getKey();
      var part = level.getValue();
      if (expected.size() == 2) {
        part = part.subtract(new BigDecimal("0.00001"));
      }
      expected.add(plain(part) + " @ " + plain(limit));
      quantity = quantity.add(part);
      left.put(limit, level.getValue().subtract(part).stripTrailingZeros());
    }
    moveTo(point);
    requireIs(depth(), file);
    client().clockAhead = now.get() - System.currentTimeMillis();
    var id = client().place(REC, "BUY", plain(quantity), plain(Objects.requireNonNull(limit)));
    assertThat(client().order(REC, id).getString("status")).isEqualTo("FILLED");
    var fills =
        client().signed(HttpMethod.GET, "myTrades", Map.of("symbol", REC, "orderId", id)).array();
    var filled = new ArrayList<String>();
    fills.forEach(each -> {
      var row = (JsonObject) each;
      assertThat(row.getBoolean("isMaker")).isFalse();
      filled.add(
          plain(FileBook.number(row.getString("qty")))
              + " @ "
              + plain(FileBook.number(row.getString("price"))));
    });
    assertThat(filled).containsExactlyInAnyOrderElementsOf(expected);

    file.named.clear();
    int without = 0;
    for (long later = 0; later <= 60_000 && !left.isEmpty(); later += 50) {
      moveTo(point + later);
      file.at(point + later);
      left.keySet().removeAll(file.named);
      var asks = new TreeMap<>(file.asks);
      left.forEach((price, size) -> {
        if (size.signum() == 0) {
          asks.remove(price);
        } else {
          asks.replace(price, size);
        }
      });
      var depth = depth();
      assertThat(levels(depth.getJsonArray("asks"))).isEqualTo(new TreeMap<>(asks));
      assertThat(levels(depth.getJsonArray("bids"))).isEqualTo(file.bids);
      if (!left.isEmpty()) {
        without++;
      }
    }
    assertThat(without).isPositive();
    assertThat(left).as("levels that the file has not named again").isEmpty();
  }

  private static BigDecimal cost(FileBook file) {
    return file.asks.entrySet().stream()
        .limit(3)
        .map(level -> level.getKey().multiply(level.getValue()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  @Test
  void quotesWithoutBooksAreABookOfOneLevel() throws IOException, TimeoutException {
    var lines =
        SharedData.lines(SPOT).stream()
            .filter(line ->
                !FileBook.isUpdate(FileBook.message(line))
                    && !FileBook.message(line).containsKey("lastUpdateId"))
            .toList();
    var path = Files.write(folder.resolve("quotes.txt"), lines);
    var file = new FileBook(lines);
    deploySpot(path);
    var socket = client().connect(null).subscribe(TICKER);
    for (long point = 500; point < 120_000; point += 9_731) {
      moveTo(point);
      var said = Objects.requireNonNull(file.at(point).quote);
      var expected = best(said, "b", "B", "a", "A");
      var depth = depth();
      assertThat(levels(depth.getJsonArray("bids")))
          .isEqualTo(Map.of(expected.get(0), expected.get(1)));
      assertThat(levels(depth.getJsonArray("asks")))
          .isEqualTo(Map.of(expected.get(2), expected.get(3)));
      assertThat(bookTicker()).isEqualTo(expected);
      var version = depth.getLong("lastUpdateId").toString();
      var frame =
          socket.frame(each -> each.getPublicAggreBookTicker().getVersion().equals(version));
      assertThat(best(frame)).isEqualTo(expected);
    }
  }

  /// One update of the file is missing; a snapshot of what the whole file says comes 60 updates
  /// later.
  @Test
  void aGapInTheFileIsAGapInTheVersions() throws IOException, TimeoutException {
    var whole = SharedData.lines(SPOT);
    var broken = new ArrayList<String>();
    var file = new FileBook(whole);
    long first = FileBook.micros(whole.getFirst());
    int updates = 0;
    long gap = 0;
    long again = 0;
    for (var line : whole) {
      updates += FileBook.isUpdate(FileBook.message(line)) ? 1 : 0;
      if (updates == 100 && FileBook.isUpdate(FileBook.message(line))) {
        continue;
      }
      if (updates == 101 && gap == 0) {
        gap = (FileBook.micros(line) - first) / 1_000;
      }
      broken.add(line);
      if (updates == 160 && again == 0 && FileBook.isUpdate(FileBook.message(line))) {
        again = (FileBook.micros(line) - first) / 1_000;
        var snapshot = new JsonObject();
        file.at(again);
        snapshot.put("lastUpdateId", file.lastId());
        snapshot.put("bids", rows(file.bids)).put("asks", rows(file.asks));
        broken.add(line.substring(0, 20) + snapshot.encode());
      }
    }
    var path = Files.write(folder.resolve("gap.txt"), broken);
    deploySpot(path);
    var socket = client().connect(null).subscribe(DEPTH);
    var told = new ClientBook();
    told.version = depth().getLong("lastUpdateId");
    moveTo(gap - 1);
    follow(socket, told);
    told.requireIs(new FileBook(broken).at(gap - 1));
    assertThat(told.gaps).isZero();

    moveTo(gap);
    follow(socket, told);
    assertThat(told.gaps).as("the client must ask for the book").isEqualTo(1);
    assertThat(depth().getJsonArray("bids")).isEmpty();
    assertThat(depth().getJsonArray("asks")).isEmpty();
    assertThat(
            client().get("ticker/bookTicker", Map.of("symbol", REC)).object().getString("bidQty"))
        .isEmpty();
    client().clockAhead = now.get() - System.currentTimeMillis();
    var refused =
        client()
            .signed(
                HttpMethod.POST,
                "order",
                Map.of("symbol", REC, "side", "BUY", "type", "MARKET", "quantity", "1"));
    assertThat(refused.code()).isEqualTo(30025);

    for (long point : List.of(again, again + 700, again + 30_000)) {
      moveTo(point);
      follow(socket, told);
      told.requireIs(file.at(point));
      requireIs(depth(), file);
    }
    assertThat(told.gaps).as("no further one").isEqualTo(1);
  }

  private void follow(TestClient.Socket socket, ClientBook told) {
    long version = depth().getLong("lastUpdateId");
    while (told.version < version) {
      told.apply(socket.frame().getPublicAggreDepths());
    }
    assertThat(told.version).isEqualTo(version);
  }

  private static JsonArray rows(Map<BigDecimal, BigDecimal> side) {
    var rows = new JsonArray();
    side.forEach(
        (price, size) -> rows.add(JsonArray.of(price.toPlainString(), size.toPlainString())));
    return rows;
  }

  private JsonObject contractDepth() {
    return client()
        .raw(HttpMethod.GET, "/api/v1/contract/depth/" + REC_CONTRACT, null, "application/json", "")
        .object()
        .getJsonObject("data");
  }

  /// A contract is of 0.001 BTC, in which the file counts; 1,000 levels a side are told.
  private static Map<BigDecimal, BigDecimal> contracts(Map<BigDecimal, BigDecimal> side) {
    var contracts = new TreeMap<BigDecimal, BigDecimal>();
    side.entrySet().stream()
        .limit(1_000)
        .forEach(level ->
            contracts.put(level.getKey(), level.getValue().movePointRight(3).stripTrailingZeros()));
    return contracts;
  }

  @Test
  void aContractPlaysTheBookOfARecordingOfFutures() throws TimeoutException {
    var file = new FileBook(SharedData.lines(FUTURES));
    var path = SharedData.path(FUTURES);
    var recording = Recording.load(List.of(path.toString()), "BTCUSDT");
    assertThat(recording.priceDecimals()).isEqualTo(1);
    assertThat(recording.quantityDecimals()).isEqualTo(3);
    deploy(
        Map.of(Samples.SIM, BigDecimal.ZERO),
        List.of(ContractRules.of("REC", "USDT", 1, "0.001")),
        Map.of(REC_CONTRACT, recording));
    var socket = client().connectTo("/edge");
    socket.send(
        "{\"method\":\"sub.depth\",\"param\":{\"symbol\":\"REC_USDT\",\"compress\":false}}");
    assertThat(socket.text()).contains("success");
    var bids = new TreeMap<BigDecimal, BigDecimal>();
    var asks = new TreeMap<BigDecimal, BigDecimal>();
    long version = contractDepth().getLong("version");
    for (long point : List.of(300L, 400L, 2_000L, 5_000L, 9_000L, 14_000L, 20_000L)) {
      moveTo(point);
      file.at(point);
      var depth = contractDepth();
      assertThat(levels(depth.getJsonArray("bids"))).isEqualTo(contracts(file.bids));
      assertThat(levels(depth.getJsonArray("asks"))).isEqualTo(contracts(file.asks));
      while (version < depth.getLong("version")) {
        var message = new JsonObject(socket.text());
        if (message.getString("channel").equals("push.depth")) {
          var commit = message.getJsonObject("data");
          assertThat(commit.getLong("version")).isEqualTo(++version);
          set(bids, commit.getJsonArray("bids"));
          set(asks, commit.getJsonArray("asks"));
        }
      }
      assertThat(bids.descendingMap().entrySet().stream().limit(900).toList())
          .isEqualTo(contracts(file.bids).entrySet().stream().toList().reversed().subList(0, 900));
      assertThat(asks.entrySet().stream().limit(900).toList())
          .isEqualTo(contracts(file.asks).entrySet().stream().limit(900).toList());
    }
    requireFillsAtTheLevelsOf(file);
  }

  @Test
  void aGapInARecordingOfFuturesIsAGapInTheVersionsOfTheContract()
      throws IOException, TimeoutException {
    var broken = new ArrayList<String>();
    int updates = 0;
    long gap = 0;
    for (var line : SharedData.lines(FUTURES)) {
      updates += FileBook.isUpdate(FileBook.message(line)) ? 1 : 0;
      if (updates != 100 || !FileBook.isUpdate(FileBook.message(line))) {
        broken.add(line);
        if (updates == 101 && gap == 0) {
          gap = (FileBook.micros(line) - FileBook.micros(broken.getFirst())) / 1_000;
        }
      }
    }
    var path = Files.write(folder.resolve("gap.txt"), broken);
    deploy(
        Map.of(Samples.SIM, BigDecimal.ZERO),
        List.of(ContractRules.of("REC", "USDT", 1, "0.001")),
        Map.of(REC_CONTRACT, Recording.load(List.of(path.toString()), "BTCUSDT")));
    moveTo(gap - 1);
    var before = contractDepth();
    assertThat(levels(before.getJsonArray("bids")))
        .isEqualTo(contracts(new FileBook(broken).at(gap - 1).bids));
    var socket = client().connectTo("/edge");
    socket.send(
        "{\"method\":\"sub.depth\",\"param\":{\"symbol\":\"REC_USDT\",\"compress\":false}}");
    assertThat(socket.text()).contains("success");
    moveTo(gap);
    var after = contractDepth();
    assertThat(after.getJsonArray("bids")).isEmpty();
    assertThat(after.getJsonArray("asks")).isEmpty();
    assertThat(after.getLong("version")).isEqualTo(before.getLong("version") + 2);
    var told = new JsonObject(socket.text());
    assertThat(told.getString("channel")).isEqualTo("push.depth");
    assertThat(told.getJsonObject("data").getLong("version")).isEqualTo(after.getLong("version"));
  }

  private static void set(Map<BigDecimal, BigDecimal> side, JsonArray levels) {
    levels(levels)
        .forEach((price, size) -> {
          if (size.signum() == 0) {
            side.remove(price);
          } else {
            side.put(price, size);
          }
        });
  }

  private void requireFillsAtTheLevelsOf(FileBook file) throws TimeoutException {
    var levels = List.copyOf(contracts(file.asks).entrySet()).subList(0, 3);
    var quantity =
        levels.stream().map(Map.Entry::getValue).reduce(BigDecimal.ZERO, BigDecimal::add);
    var host = "127.0.0.1:" + port;
    var config = FuturesConfig.of("http://" + host, "ws://" + host + "/edge").withOrders(true);
    var alice =
        new FuturesTrading(
            new FuturesRest(vertx, config), new Credentials(ALICE.key(), ALICE.secret()));
    var _ =
        await(
            alice.place(
                new NewFuturesOrder(
                    REC_CONTRACT,
                    FuturesSide.OPEN_LONG,
                    FuturesOrderType.LIMIT,
                    quantity,
                    levels.getLast().getKey(),
                    MarginMode.ISOLATED,
                    10,
                    "one")));
    var rows =
        client()
            .raw(
                HttpMethod.GET,
                "/api/v1/contract/deals/" + REC_CONTRACT + "?limit=3",
                null,
                "application/json",
                "")
            .object()
            .getJsonArray("data");
    var deals = new HashSet<String>();
    rows.forEach(each -> {
      var row = (JsonObject) each;
      deals.add(
          plain(FileBook.number(row.getValue("v").toString()))
              + " @ "
              + plain(FileBook.number(row.getValue("p").toString())));
    });
    assertThat(deals)
        .containsExactlyInAnyOrderElementsOf(
            levels.stream()
                .map(level -> plain(level.getValue()) + " @ " + plain(level.getKey()))
                .toList());
    var asks = new TreeMap<>(contracts(file.asks));
    levels.forEach(level -> asks.remove(level.getKey()));
    assertThat(levels(contractDepth().getJsonArray("asks"))).containsAllEntriesOf(asks);
    assertThat(levels(contractDepth().getJsonArray("asks")))
        .doesNotContainKeys(levels.stream().map(Map.Entry::getKey).toArray(BigDecimal[]::new));
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(20, SECONDS);
  }

  @AfterEach
  void undeploy() {
    Samples.undeploy(vertx);
  }
}
