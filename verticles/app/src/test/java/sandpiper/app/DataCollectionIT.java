package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import blue.strategic.parquet.ParquetWriter;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Messages.WriteCollection;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.feeds.MarketParquet;
import sandpiper.testkit.SharedData;

/// Data collections by REST over the real platform, with real data.
class DataCollectionIT {
  private static final String SESSIONS = "/api/data-collection/sessions";

  private static final String PARQUET = "application/vnd.apache.parquet";

  private static TestPlatform platform;
  private static HttpClient http;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    platform = TestPlatform.start();
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    platform.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> get(String path) {
    return send(platform.request(path));
  }

  private static JsonObject json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return new JsonObject(answer.body());
  }

  private static HttpResponse<String> post(
      String path, String type, String body, String... headers) {
    var request =
        platform.request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static String record(String data, String acceleration) {
    var body =
        """
        {"symbols": ["BTCUSD"], "data": "%s", "acceleration": %s}\
        """
            .formatted(data, acceleration);
    return json(post(SESSIONS, "application/json", body), 201).getString("session_id");
  }

  private static JsonObject importCsv(String query, String csv) throws InterruptedException {
    var answer = post("/api/data-collection/import?" + query, "text/csv", csv);
    var ended = whenOver(json(answer, 201).getString("session_id"));
    assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("stopped");
    return ended;
  }

  private static JsonObject collection(String id) {
    return json(get(SESSIONS + "/" + id), 200);
  }

  private static JsonObject whenOver(String id) throws InterruptedException {
    until(() -> Set.of("stopped", "failed").contains(collection(id).getString("status")), id);
    return collection(id);
  }

  private static String export(String id, String kind) {
    var answer = get(SESSIONS + "/" + id + "/export?format=csv&kind=" + kind);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static List<MarketEvent> events(String id) {
    var found =
        await(platform.bus.ask(Channels.FIND_RECORDING, new FindRecording(id, TimeRange.ALL)));
    var events = new ArrayList<MarketEvent>();
    for (long after = 0; after < found.lastSeq(); after += 5_000) {
      await(platform.bus.ask(Channels.READ_RECORDING, new ReadRecording(found, after, 5_000)))
          .inputs()
          .forEach(input -> events.add(input.event()));
    }
    return events;
  }

  @Test
  void theDemoIsRecordedWholeAndPlaysInABacktestAtOnce() throws Exception {
    var id = record("demo", "\"max\"");
    var ended = whenOver(id);
    assertThat(ended.getString("status")).isEqualTo("stopped");
    assertThat(ended.getLong("rows")).isEqualTo(100_000);
    assertThat(ended.getLong("from")).isEqualTo(1_385_337_600_000_000L);
    assertThat(ended.getLong("to")).isEqualTo(1_385_913_725_000_000L);
    assertThat(ended.getLong("bytes")).isBetween(10_000_000L, 30_000_000L);

    // The figures of oracle/backtests/sma_longflat_ta4jtrades1m_10_30_fee0.001.json.
    var backtest =
        json(
            post(
                "/api/backtests",
                "application/json",
                """
                {"strategy": "sma-cross", "parameters": {"fast": 10, "slow": 30}, "symbols": ["BTCUSD"],
                 "data": "recording:%s", "budget": "1000000"}\
                """
                    .formatted(id)),
            201);
    var summary = platform.untilEnded(backtest.getString("session_id")).summary();
    assertThat(Objects.requireNonNull(summary).closedTrades()).isEqualTo(218);
    assertThat(summary.net()).isEqualByComparingTo("-363.86228");

    assertThat(get("/api/sessions?limit=1000").body()).doesNotContain("\"session_id\":\"" + id);
    assertThat(get("/sessions/execution-status").body()).doesNotContain("\"session_id\":\"" + id);
    assertThat(get("/api/data-sets").body()).contains("recording:" + id);
  }

  @Test
  void whatIsExportedAndImportedAgainIsTheSame() throws Exception {
    var id = record("demo", "\"max\"");
    whenOver(id);
    var csv = export(id, "trades");
    assertThat(csv.lines().count()).isEqualTo(100_001);
    var again = importCsv("symbol=BTCUSD", csv).getString("session_id");
    assertThat(events(again)).isEqualTo(events(id)).hasSize(100_000);
    assertThat(export(again, "trades")).isEqualTo(csv);
  }

  /// Trades, quotes and the order book of an exchange, a file each.
  @Test
  void quotesAndOrderBooksGoOutAndComeBackToo() throws Exception {
    var file = SharedData.path("data/binance_raw_ws_2024/binance_spot_btcusdt_20240808.gz");
    var started =
        await(
            platform.bus.ask(
                Channels.IMPORT_FILE,
                new ImportFile("BTCUSDT", file.toString(), "binance.gz", null)));
    var ended = whenOver(started.sessionId());
    assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("stopped");
    var all = events(started.sessionId());
    assertThat(all).hasSize(ended.getInteger("rows"));
    var kinds = Map.of("trades", "Trade", "quotes", "Quote", "books", "Book");
    for (var kind : kinds.entrySet()) {
      var csv = export(started.sessionId(), kind.getKey());
      var back = importCsv("symbol=BTCUSDT&kind=" + kind.getKey(), csv);
      assertThat(events(back.getString("session_id")))
          .isNotEmpty()
          .isEqualTo(
              all.stream()
                  .filter(event -> event.getClass().getSimpleName().startsWith(kind.getValue()))
                  .toList());
    }
  }

  private static byte[] exportParquet(String id, String kind) throws Exception {
    var request =
        platform.request(SESSIONS + "/" + id + "/export?format=parquet&kind=" + kind).build();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(PARQUET);
    return answer.body();
  }

  private static HttpResponse<String> postParquet(String query, byte[] file) {
    return send(
        platform
            .request("/api/data-collection/import?" + query)
            .header("Content-Type", PARQUET)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private static String importParquet(String query, byte[] file) throws Exception {
    var ended = whenOver(json(postParquet(query, file), 201).getString("session_id"));
    assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("stopped");
    return ended.getString("session_id");
  }

  /// With the library's own reader, a list of values for each row.
  private List<List<Object>> rows(byte[] file) throws IOException {
    var path = Files.write(folder.resolve("read.parquet"), file).toFile();
    var hydrator =
        new Hydrator<List<Object>, List<Object>, String[]>() {
          @Override
          public List<Object> start() {
            return new ArrayList<>();
          }

          @Override
          public List<Object> add(List<Object> row, String[] column, Object value) {
            row.add(value);
            return row;
          }

          @Override
          public List<Object> finish(List<Object> row) {
            return row;
          }
        };
    try (var all = ParquetReader.streamContent(path, hydrator)) {
      return all.toList();
    }
  }

  @Test
  void tradesGoOutAsParquetAndComeBackTheSame() throws Exception {
    var id = record("demo", "\"max\"");
    whenOver(id);
    var file = exportParquet(id, "trades");
    var trades = events(id).stream().map(Trade.class::cast).toList();
    assertThat(rows(file))
        .isEqualTo(
            trades.stream()
                .map(trade -> List.<Object>of(trade.time(), trade.price(), trade.amount()))
                .toList());
    var again = importParquet("symbol=BTCUSD&kind=trades&name=my.parquet", file);
    assertThat(collection(again).getString("data")).isEqualTo("import:my.parquet");
    assertThat(events(again)).isEqualTo(trades).hasSize(100_000);
    assertThat(rows(exportParquet(id, "quotes"))).isEmpty();
  }

  @Test
  void barsQuotesAndOrderBooksGoOutAsParquetToo() throws Exception {
    var bars =
        importCsv(
                "symbol=BTCUSD",
                """
                timestamp_ms,open,high,low,close,volume
                1700000040000,1,2.5,1,2,5
                1700000100000,2,3,2,3,0.1
                """)
            .getString("session_id");
    var file = exportParquet(bars, "bars");
    assertThat(rows(file))
        .containsExactly(
            List.of(1_700_000_040_000L, 1.0, 2.5, 1.0, 2.0, 5.0),
            List.of(1_700_000_100_000L, 2.0, 3.0, 2.0, 3.0, 0.1));
    assertThat(events(importParquet("symbol=BTCUSD", file))).isEqualTo(events(bars));

    var messages = SharedData.path("data/binance_raw_ws_2024/binance_spot_btcusdt_20240808.gz");
    var started =
        await(
            platform.bus.ask(
                Channels.IMPORT_FILE,
                new ImportFile("BTCUSDT", messages.toString(), "binance.gz", null)));
    whenOver(started.sessionId());
    var all = events(started.sessionId());
    for (var kind : List.of(MarketStream.TRADES, MarketStream.QUOTES, MarketStream.BOOKS)) {
      var wanted = all.stream().filter(event -> MarketStream.of(event) == kind).toList();
      var written = exportParquet(started.sessionId(), kind.text());
      assertThat(rows(written)).isNotEmpty().hasSize(wanted.size());
      var back = importParquet("symbol=BTCUSDT&kind=" + kind.text(), written);
      assertThat(events(back)).isEqualTo(wanted);
    }
  }

  @Test
  void badParquetIsExplainedAndLeavesNothing() throws Exception {
    var wrong = folder.resolve("wrong.parquet");
    var columns =
        new MessageType(
            "any",
            Types.required(PrimitiveTypeName.INT64).named("time"),
            Types.required(PrimitiveTypeName.DOUBLE).named("price"),
            Types.required(PrimitiveTypeName.DOUBLE).named("amount"));
    try (var out =
        ParquetWriter.<Double>writeFile(
            columns,
            wrong.toFile(),
            (price, row) -> {
              row.write("time", 1_700_000_000_000_000L);
              row.write("price", price);
              row.write("amount", 1.0);
            })) {
      out.write(1.0);
      out.write(-1.0);
    }
    var good = new ByteArrayOutputStream();
    try (var out = new MarketParquet(good, MarketStream.TRADES)) {
      out.write(new Trade("BTCUSD", 1_700_000_000_000_000L, 1, 1));
    }
    var strange = folder.resolve("strange.parquet");
    try (var out =
        ParquetWriter.<Double>writeFile(
            new MessageType("any", Types.required(PrimitiveTypeName.DOUBLE).named("close")),
            strange.toFile(),
            (value, row) -> row.write("close", value))) {
      out.write(1.0);
    }
    var before = json(get(SESSIONS + "?limit=200"), 200).getJsonArray("items").size();
    refused(
        "my.parquet, line 3: price must be a number above zero, was \"-1.0\"",
        postParquet("symbol=BTCUSD&name=my.parquet", Files.readAllBytes(wrong)));
    refused(
        "kind must be trades, as the file has them, was quotes",
        postParquet("symbol=BTCUSD&kind=quotes", good.toByteArray()));
    refused(
        "import.parquet: cannot be read, is no Parquet that can be read: it must end in PAR1, is it"
            + " cut short?",
        postParquet("symbol=BTCUSD", Arrays.copyOf(good.toByteArray(), good.size() - 5)));
    var other = postParquet("symbol=BTCUSD", Files.readAllBytes(strange));
    assertThat(new JsonObject(other.body()).getString("detail"))
        .startsWith("import.parquet, line 1: unknown header \"close\", known are ");
    refused(
        "The body must be Parquet, which begins with PAR1.",
        postParquet("symbol=BTCUSD", "time,price,amount\n".getBytes(StandardCharsets.UTF_8)));
    // A footer of zeros between the right ends.
    var empty = ("PAR1" + "\0".repeat(40) + "PAR1").getBytes(StandardCharsets.UTF_8);
    var none = postParquet("symbol=BTCUSD", empty);
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(none.body()).getString("detail"))
        .startsWith("import.parquet: cannot be read, is no Parquet that can be read");
    assertThat(json(get(SESSIONS + "?limit=200"), 200).getJsonArray("items")).hasSize(before);
  }

  private static void refused(String detail, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(new JsonObject(answer.body()).getString("detail")).isEqualTo(detail);
  }

  @Test
  void aReplayThatIsStoppedKeepsWhatItHas() {
    var id = record("demo", "1000");
    var stopped = json(post(SESSIONS + "/" + id + "/stop", "application/json", "{}"), 200);
    assertThat(stopped.getString("status")).isEqualTo("stopped");
    assertThat(stopped.getLong("rows")).isBetween(1L, 99_999L);
    assertThat(events(id)).hasSize(stopped.getInteger("rows"));
    assertThat(json(post(SESSIONS + "/" + id + "/stop", "application/json", "{}"), 200))
        .isEqualTo(stopped);
  }

  @Test
  void aFileWithABadRowLeavesNothing() {
    var before = json(get(SESSIONS + "?limit=200"), 200).getJsonArray("items").size();
    var answer =
        post(
            "/api/data-collection/import?symbol=BTCUSD&name=my.csv",
            "text/csv",
            "time,price,amount\n1700000000,100,1\n1700000001,ten,1\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("detail"))
        .isEqualTo("my.csv, line 3: price must be a number above zero, was \"ten\"");
    assertThat(json(get(SESSIONS + "?limit=200"), 200).getJsonArray("items")).hasSize(before);
  }

  @Test
  void anImportWithAKeyIsCarriedOutOnce() {
    var path = "/api/data-collection/import?symbol=BTCUSD";
    var csv = "time,price,amount\n1700000000,100,1\n1700000009,101,1\n";
    var first = post(path, "text/csv", csv, "Idempotency-Key", "import-1");
    var again = post(path, "text/csv", csv, "Idempotency-Key", "import-1");
    assertThat(json(again, 201)).isEqualTo(json(first, 201));
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    var other = post(path, "text/csv", csv + "1700000010,1,1\n", "Idempotency-Key", "import-1");
    assertThat(other.statusCode()).isEqualTo(409);
  }

  @Test
  void oneIsDeletedWithAllItsRowsAndTheAuditLogSaysSo() throws Exception {
    var id =
        importCsv("symbol=BTCUSD", "time,price,amount\n1700000000,100,1\n1700000009,101,1\n")
            .getString("session_id");
    var deleted =
        send(
            platform
                .request(SESSIONS + "/" + id)
                .header("Content-Type", "application/json")
                .DELETE());
    assertThat(json(deleted, 200).getString("session_id")).isEqualTo(id);
    assertThat(get(SESSIONS + "/" + id).statusCode()).isEqualTo(404);
    assertThat(get("/api/data-sets").body()).doesNotContain(id);
    var audit = get("/api/audit?limit=500").body();
    assertThat(audit).contains("\"operation\":\"deleteCollection\"", "/" + id);
    assertThat(audit).contains("\"operation\":\"importCollection\"");
  }

  @Test
  void oneThatRecordsIsNotDeleted() {
    var id = record("demo", "1");
    var answer =
        send(
            platform
                .request(SESSIONS + "/" + id)
                .header("Content-Type", "application/json")
                .DELETE());
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("session " + id + " is running: stop it before it is deleted");
    json(post(SESSIONS + "/" + id + "/stop", "application/json", "{}"), 200);
  }

  /// The demo as it is: three pauses of more than fifty times the usual five seconds, 2,173 rows
  /// that are the same as another of their second, no price that stands alone. Counted beforehand
  /// with another program. Then faults are put in at known places.
  @Test
  void faultsPutIntoRealDataAreFoundWhereTheyArePut() throws Exception {
    var clean = record("demo", "\"max\"");
    whenOver(clean);
    var before = trades(clean);
    assertThat(before.getLong("rows")).isEqualTo(100_000);
    assertThat(before.getLong("distance")).isBetween(4_950_000L, 5_050_000L);
    assertThat(before.getJsonObject("holes").getInteger("count")).isEqualTo(3);
    assertThat(lengths(before)).containsExactly(1_282L, 443L, 303L);
    assertThat(before.getJsonObject("duplicates").getInteger("count")).isEqualTo(2_173);
    assertThat(before.getJsonObject("outliers").getInteger("count")).isZero();
    assertThat(before.getJsonObject("backwards").getInteger("count")).isZero();
    assertThat(before.getValue("delay")).isNull();

    var rows = export(clean, "trades").lines().collect(Collectors.toCollection(ArrayList::new));
    var cells = rows.get(50_000).split(",");
    rows.set(50_000, cells[0] + "," + 10 * Double.parseDouble(cells[1]) + "," + cells[2]);
    int unique = 60_000;
    while (rows.get(unique).equals(rows.get(unique - 1))
        || rows.get(unique).equals(rows.get(unique + 1))) {
      unique++;
    }
    rows.add(unique, rows.get(unique));
    long from = time(rows.get(80_000));
    int last = 80_001;
    while (time(rows.get(last)) - from < 2_000_000_000L) {
      last++;
    }
    rows.subList(80_001, last).clear();
    var faulty = importCsv("symbol=BTCUSD", String.join("\n", rows) + "\n").getString("session_id");
    var after = trades(faulty);

    assertThat(after.getJsonObject("holes").getInteger("count")).isBetween(3, 4);
    var longest = after.getJsonObject("holes").getJsonArray("longest").getJsonObject(0);
    assertThat(longest.getLong("from")).isEqualTo(from);
    assertThat(longest.getLong("to") - from).isGreaterThanOrEqualTo(2_000_000_000L);
    assertThat(longest.getLong("seq")).isEqualTo(80_001);
    assertThat(after.getJsonObject("duplicates").getInteger("count"))
        .isBetween(2_173 + 1 - (last - 80_001), 2_173 + 1);
    var outliers = after.getJsonObject("outliers");
    assertThat(outliers.getInteger("count")).isEqualTo(1);
    assertThat(outliers.getJsonArray("worst").getJsonObject(0).getLong("seq")).isEqualTo(50_000);
  }

  /// No file may have that, but a feed that does not put in order what it hears. The second of the
  /// two arrives before its time.
  @Test
  void timesThatAreSwappedInRealDataAreFoundWhereTheyAre() throws Exception {
    var clean = record("demo", "\"max\"");
    whenOver(clean);
    var swapped = events(clean);
    var arrivals = swapped.stream().map(MarketEvent::time).toList();
    int place = 30_000;
    while (arrivals.get(place).equals(arrivals.get(place + 1))) {
      place++;
    }
    long early = arrivals.get(place);
    long late = arrivals.get(place + 1);
    swapped.set(place, at(late, swapped.get(place)));
    swapped.set(place + 1, at(early, swapped.get(place + 1)));
    var found = trades(write("dc_swapped", swapped, arrivals));
    assertThat(found.getJsonObject("backwards").getInteger("count")).isEqualTo(1);
    assertThat(found.getJsonObject("backwards").getLong("worst")).isEqualTo(late - early);
    assertThat(
            found.getJsonObject("backwards").getJsonArray("spots").getJsonObject(0).getLong("seq"))
        .isEqualTo(place + 2);
    assertThat(found.getJsonObject("delay").getLong("least")).isEqualTo(early - late);
    assertThat(found.getJsonObject("delay").getLong("negative")).isEqualTo(1);
  }

  private static Trade at(long time, MarketEvent event) {
    var trade = (Trade) event;
    return new Trade(trade.symbol(), time, trade.price(), trade.amount());
  }

  /// As if it had been recorded.
  private static String write(String id, List<MarketEvent> events, List<Long> arrivals) {
    await(
        platform.bus.ask(
            Channels.WRITE_SESSION,
            new SessionState(
                id,
                SessionMode.COLLECTION,
                SessionStatus.STOPPED,
                List.of("BTCUSD"),
                null,
                BigDecimal.ZERO,
                "demo",
                FillRules.STANDARD,
                AccountRules.STANDARD,
                RiskLimits.NONE,
                null,
                1,
                2L,
                null,
                List.of(),
                Map.of(),
                null)));
    await(
        platform.bus.ask(
            Channels.WRITE_COLLECTION, new WriteCollection(id, List.of(MarketStream.TRADES))));
    for (int from = 0; from < events.size(); from += 5_000) {
      var inputs = new ArrayList<Input>();
      for (int i = from; i < Math.min(events.size(), from + 5_000); i++) {
        inputs.add(new Input(id, i + 1, arrivals.get(i), events.get(i)));
      }
      await(platform.bus.ask(Channels.WRITE_INPUTS, new InputBatch(id, inputs)));
    }
    return id;
  }

  private static JsonObject trades(String id) {
    return json(get(SESSIONS + "/" + id + "/quality"), 200)
        .getJsonArray("streams")
        .getJsonObject(0);
  }

  private static List<Long> lengths(JsonObject stream) {
    return stream.getJsonObject("holes").getJsonArray("longest").stream()
        .map(JsonObject.class::cast)
        .map(hole -> (hole.getLong("to") - hole.getLong("from")) / 1_000_000)
        .toList();
  }

  private static long time(String row) {
    return Long.parseLong(row.substring(0, row.indexOf(',')));
  }
}
