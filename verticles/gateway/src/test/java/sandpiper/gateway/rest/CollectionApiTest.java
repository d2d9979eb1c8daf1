package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.FakeCollections.ENDED;
import static sandpiper.gateway.FakeCollections.RUNNING;
import static sandpiper.gateway.RunningGateway.await;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.bus.Messages.WriteParquet;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.MarketStream;
import sandpiper.gateway.FakeUsers;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;

/// Every answer is held against the contract by the client.
class CollectionApiTest {
  private static final String PATH = "/api/data-collection/sessions";
  private static final String IMPORT = "/api/data-collection/import";
  private static final String PARQUET = "application/vnd.apache.parquet";
  private static final String CSV = "time,price,amount\n1700000000,1,2\n";

  private final RunningGateway gateway = RunningGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whatRunsStandsAsItDoesNow() {
    var page = gateway.get(PATH + "?limit=7").json();
    assertThat(page.getString("next_cursor")).isEqualTo("more");
    var running = page.getJsonArray("items").getJsonObject(0);
    assertThat(running.getString("session_id")).isEqualTo(RUNNING);
    assertThat(running.getString("status")).isEqualTo("running");
    assertThat(running.getLong("rows")).isEqualTo(2);
    assertThat(running.getLong("bytes")).isEqualTo(220);
    assertThat(running.getLong("to") - running.getLong("from")).isEqualTo(5);
    assertThat(page.getJsonArray("items").getJsonObject(1).getString("acceleration"))
        .isEqualTo("max");
    assertThat(gateway.platform.asked).contains(new FindCollections(null, 7, null));
    assertThat(gateway.get(PATH + "/" + ENDED).json().getString("status")).isEqualTo("stopped");
  }

  @Test
  void oneIsStartedOfWhatIsAskedFor() {
    var reply =
        gateway.post(
            PATH,
            new JsonObject(
                """
                {"symbols": ["BTCUSD"], "streams": ["trades", "books"], "data": "recording:dc_1",
                 "acceleration": 100}\
                """));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().getString("session_id")).isEqualTo(RUNNING);
    gateway.post(PATH, new JsonObject("{\"symbols\": [\"BTCUSD\"]}"));
    assertThat(gateway.platform.asked)
        .contains(
            new StartCollection(
                List.of("BTCUSD"),
                Set.of(MarketStream.TRADES, MarketStream.BOOKS),
                "recording:dc_1",
                100.0),
            new StartCollection(List.of("BTCUSD"), Set.of(MarketStream.values()), "demo", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"symbols": []}                                      | symbols must be a list of 1 to 50 different symbols, was [].
          {"symbols": ["A"], "streams": ["ticks"]}             | streams[0] must be trades, quotes, books or bars, was 'ticks'.
          {"symbols": ["A"], "data": "/etc/passwd"}            | data must be a data set as /api/data-sets lists it, of several symbols SYMBOL=DATA-SET for each, was '/etc/passwd'.
          {"symbols": ["A"], "acceleration": 1001}             | acceleration must be a number from 1 to 1000, or max, was 1001.
          """)
  void aStartThatIsNotAllowedIsExplained(String body, String detail) {
    var reply = gateway.post(PATH, new JsonObject(body));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo(detail);
  }

  @Test
  void oneIsStoppedAlsoWhenItHasEnded() {
    assertThat(gateway.post(PATH + "/" + RUNNING + "/stop", new JsonObject()).status())
        .isEqualTo(200);
    assertThat(gateway.platform.asked).contains(new StopCollection(RUNNING));
    var reply = gateway.post(PATH + "/dc_nobody/stop", new JsonObject());
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.detail()).isEqualTo("unknown data collection 'dc_nobody'");
    assertThat(gateway.platform.asked).doesNotContain(new StopCollection("dc_nobody"));
  }

  @Test
  void oneIsDeleted() {
    var path = PATH + "/" + ENDED;
    var request =
        gateway.request(HttpMethod.DELETE, path).putHeader("content-type", "application/json");
    assertThat(gateway.send(request, HttpMethod.DELETE, path, null).json())
        .isEqualTo(new JsonObject().put("session_id", ENDED));
    assertThat(gateway.platform.asked).contains(new DeleteSession(ENDED));
    assertThat(gateway.get(PATH + "/bt_1").detail())
        .isEqualTo(
            "session_id must be the id of a data collection, which begins with dc_, was 'bt_1'.");
  }

  private Reply send(String query, Buffer body) {
    return gateway.post(IMPORT + query, body, "text/csv");
  }

  @Test
  void aFileIsImportedUnderItsName() throws InterruptedException {
    var reply = send("?symbol=BTCUSD&kind=trades&name=my.csv", Buffer.buffer(CSV));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    assertThat(reply.json().getString("session_id")).isEqualTo(ENDED);
    assertThat(gateway.platform.collections.imported).isEqualTo(CSV);
    var asked =
        gateway.platform.asked.stream()
            .filter(ImportFile.class::isInstance)
            .map(ImportFile.class::cast)
            .toList();
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().symbol()).isEqualTo("BTCUSD");
    assertThat(asked.getFirst().kind()).isEqualTo(MarketStream.TRADES);
    assertThat(asked.getFirst().file()).endsWith("/my.csv");
    var file = Path.of(asked.getFirst().file());
    assertThat(file).exists();
    gateway.platform.collections.importOver.complete();
    untilGone(file);
  }

  private static void untilGone(Path file) throws InterruptedException {
    for (int i = 0; i < 200 && Files.exists(file.resolveSibling(".")); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(file.resolveSibling(".")).doesNotExist();
  }

  /// Many times what goes into one piece, and more than what is read as JSON.
  @Test
  void aLargeFileComesWhole() {
    var text = "time,price,amount\n" + "1700000000,1,2\n".repeat(300_000);
    assertThat(send("?symbol=BTCUSD", Buffer.buffer(text)).status()).isEqualTo(201);
    assertThat(gateway.platform.collections.imported).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                            | symbol is missing; it must be 1 to 32 letters, digits, '.', '_' or '-'.
          ?symbol=A&kind=ticks          | kind must be trades, quotes, books or bars, was 'ticks'.
          ?symbol=A&name=..%2Fpasswd    | name must be a file's name, 1 to 100 letters, digits, '.', '_' or '-', was '../passwd'.
          """)
  void anImportThatIsNotAllowedIsExplained(String query, String detail) {
    var reply = send(query, Buffer.buffer(CSV));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo(detail);
  }

  @Test
  void whatIsWrongWithAFileIsToldAsItIs() {
    gateway.platform.failure = Refusal.invalid("my.csv, line 2: price must be a number");
    var reply = send("?symbol=BTCUSD", Buffer.buffer(CSV));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo("my.csv, line 2: price must be a number");
  }

  @Test
  void onlyPlainCsvIsTaken() {
    var packed = Buffer.buffer(new byte[] {0x1f, (byte) 0x8b, 8});
    assertThat(send("?symbol=BTCUSD", packed).detail())
        .isEqualTo("The body must be CSV, in plain text; bin/sandpiper import takes packed files.");
    var json = gateway.post(IMPORT + "?symbol=BTCUSD", new JsonObject());
    assertThat(json.status()).isEqualTo(415);
    assertThat(json.detail())
        .isEqualTo(
            "Content-Type must be text/csv or application/vnd.apache.parquet, was"
                + " application/json.");
    var elsewhere = gateway.post(PATH, Buffer.buffer(CSV), "text/csv");
    assertThat(elsewhere.status()).isEqualTo(415);
  }

  private Reply sendParquet(Buffer body) {
    return gateway.post(IMPORT + "?symbol=BTCUSD", body, PARQUET);
  }

  @Test
  void parquetIsTakenAsWhatItSaysItIs() {
    assertThat(sendParquet(Buffer.buffer("PAR1, the rest is for feeds")).status()).isEqualTo(201);
    assertThat(gateway.platform.collections.imported).isEqualTo("PAR1, the rest is for feeds");
    assertThat(gateway.platform.asked)
        .filteredOn(ImportFile.class::isInstance)
        .extracting(asked -> ((ImportFile) asked).name())
        .containsExactly("import.parquet");
  }

  @Test
  void aBodyThatIsNotWhatItSaysItIsIsExplained() {
    for (var none : List.of(CSV, "PAR", "PARX1")) {
      var reply = sendParquet(Buffer.buffer(none));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.detail()).isEqualTo("The body must be Parquet, which begins with PAR1.");
    }
    assertThat(send("?symbol=BTCUSD", Buffer.buffer("PAR1")).detail())
        .isEqualTo("The body must be CSV, in plain text; bin/sandpiper import takes packed files.");
    var image = gateway.post(IMPORT + "?symbol=BTCUSD", Buffer.buffer("x"), "image/png");
    assertThat(image.status()).isEqualTo(415);
    assertThat(image.detail())
        .startsWith("Content-Type must be text/csv or application/vnd.apache.parquet, was ");
    assertThat(gateway.platform.asked).noneMatch(ImportFile.class::isInstance);
  }

  @Test
  void anExportAsParquetIsSentAsItIsMade() {
    var reply = gateway.get(PATH + "/" + ENDED + "/export?kind=quotes&format=parquet");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo(PARQUET);
    assertThat(reply.header("content-disposition"))
        .isEqualTo("attachment; filename=\"" + ENDED + "-BTCUSD-quotes.parquet\"");
    assertThat(reply.body().toString()).isEqualTo("PAR1" + "x".repeat(100_000) + "PAR1");
    assertThat(gateway.platform.asked)
        .contains(new WriteParquet(1, ENDED, "BTCUSD", MarketStream.QUOTES));
    var format = gateway.get(PATH + "/" + ENDED + "/export?kind=quotes&format=xls");
    assertThat(format.status()).isEqualTo(400);
    assertThat(format.detail()).isEqualTo("format must be csv or parquet, was 'xls'.");
    var symbol = gateway.get(PATH + "/" + ENDED + "/export?kind=quotes&symbol=A&format=parquet");
    assertThat(symbol.detail()).isEqualTo("symbol must be one of those recorded, BTCUSD, was 'A'");
  }

  /// Four are under way and wait; whoever goes away ends the making of theirs and makes room.
  @Test
  void whoGoesAwayEndsTheMakingOfTheirExport() throws Exception {
    var goOn = Promise.<Void>promise();
    gateway.platform.collections.goOn = goOn.future();
    var path = PATH + "/" + ENDED + "/export?kind=trades&format=parquet";
    var client = gateway.vertx.createHttpClient();
    var begun = new ArrayList<HttpClientResponse>();
    for (int i = 0; i < 3; i++) {
      begun.add(
          await(
              client
                  .request(HttpMethod.GET, gateway.port(), "127.0.0.1", path)
                  .compose(request ->
                      request
                          .putHeader("Authorization", "Bearer " + FakeUsers.ADMIN)
                          .send()
                          .map(HttpClientResponse::pause))));
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      var request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, FakeUsers.ADMIN);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var begins = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
      assertThat(socket.getInputStream().readNBytes(begins.length)).isEqualTo(begins);
      var fifth = gateway.get(path);
      assertThat(fifth.status()).isEqualTo(409);
      assertThat(fifth.detail())
          .isEqualTo("4 exports as Parquet are being made, which is as many as may: wait for one");
    }
    assertThat(ended().cause()).hasMessage("nobody reads it any more");
    goOn.complete();
    for (var response : begun) {
      var body = response.body();
      response.resume();
      assertThat(await(body).toString()).startsWith("PAR1-").endsWith("xPAR1");
      assertThat(ended().succeeded()).isTrue();
    }
    gateway.platform.collections.goOn = Future.succeededFuture();
    assertThat(gateway.get(path).status()).isEqualTo(200);
  }

  private AsyncResult<Done> ended() throws InterruptedException {
    return requireNonNull(gateway.platform.collections.written.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void anExportHasOneStreamOfAllPagesInOrder() {
    var reply = gateway.get(PATH + "/" + ENDED + "/export?kind=trades&format=csv");
    assertThat(reply.header("content-disposition"))
        .isEqualTo("attachment; filename=\"" + ENDED + "-BTCUSD-trades.csv\"");
    var lines = reply.body().toString().lines().toList();
    assertThat(lines).hasSize(12_001);
    assertThat(lines.getFirst()).isEqualTo("time,price,amount");
    assertThat(lines.get(1)).endsWith(",101,0.5");
    assertThat(lines.getLast()).endsWith(",24099,0.5");
    assertThat(gateway.platform.asked.stream().filter(ReadRecording.class::isInstance))
        .extracting(asked -> ((ReadRecording) asked).after())
        .containsExactly(0L, 5_000L, 10_000L, 15_000L, 20_000L);
    assertThat(gateway.get(PATH + "/" + ENDED + "/export?kind=quotes").body().toString().lines())
        .hasSize(12_001);
    assertThat(gateway.get(PATH + "/" + ENDED + "/export?kind=bars").body().toString())
        .isEqualTo("timestamp_ms,open,high,low,close,volume\n");
    assertThat(gateway.get(PATH + "/" + ENDED + "/export?kind=trades&symbol=SPY").detail())
        .isEqualTo("symbol must be one of those recorded, BTCUSD, was 'SPY'");
  }

  @Test
  void aQualityReportSaysWhatWasFound() {
    var report = gateway.get(PATH + "/" + ENDED + "/quality").json();
    assertThat(report.getLong("rows")).isEqualTo(101);
    var trades = report.getJsonArray("streams").getJsonObject(0);
    assertThat(trades.getJsonObject("holes").getInteger("count")).isEqualTo(1);
    assertThat(trades.getJsonObject("duplicates").getInteger("count")).isEqualTo(1);
    assertThat(trades.getJsonObject("outliers").getInteger("count")).isEqualTo(1);
    assertThat(trades.getJsonObject("backwards").getInteger("count")).isEqualTo(1);
    assertThat(trades.getJsonObject("delay").getLong("least")).isEqualTo(7);
    assertThat(gateway.get(PATH + "/dc_nobody/quality").status()).isEqualTo(404);
  }
}
