package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ListCollections;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.domain.market.MarketStream;

/// Market data, in a browser: recorded, imported, looked at, taken along, deleted.
class DataPageIT extends BrowserTest {
  private static TestPlatform platform;
  private static String demo;

  @BeforeAll
  static void record() throws Exception {
    platform = TestPlatform.start();
    demo = collect(null);
    until(() -> isOver(demo), "the demo to be recorded");
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  private static String collect(@Nullable Double acceleration) {
    var wanted =
        new StartCollection(List.of("BTCUSD"), Set.of(MarketStream.TRADES), "demo", acceleration);
    return await(platform.bus.ask(Channels.START_COLLECTION, wanted)).sessionId();
  }

  private static boolean isOver(String id) {
    return await(platform.bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(id)))
        .collections()
        .getFirst()
        .status()
        .isFinal();
  }

  @BeforeEach
  void visit() {
    visit(platform, "");
    assertThat(element("connection-state")).hasAttribute("data-state", "connected");
    page.keyboard().press("g");
    page.keyboard().press("d");
    assertThat(element("data-list")).isVisible();
  }

  private Locator row(String id) {
    return element("data-row").filter(new Locator.FilterOptions().setHasText(id));
  }

  private static FilePayload csv(String name, String text) {
    return new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRecordingIsFoundWithItsSizeAndOpened() {
    assertThat(row(demo)).containsText("100,000");
    assertThat(row(demo)).containsText(Pattern.compile("\\d MB"));
    assertThat(row(demo)).containsText("2013-11-25 00:00:00");
    picture("data", "dark");
    picture("data", "light");
    row(demo).locator("a").click();
    assertThat(element("data-contents")).containsText("BTCUSD trades");
    assertThat(element("data-contents")).containsText("100,000");
    assertThat(page.url()).endsWith("#/data/" + demo);
    page.reload();
    assertThat(element("data-contents")).isVisible();
    element("data-back").click();
    assertThat(row(demo)).isVisible();
  }

  @Test
  void gapsAndFaultsAreLookedForWhenAsked() {
    row(demo).locator("a").click();
    element("check-quality").click();
    var quality = element("quality-streams");
    // Three holes and 2,173 duplicates, as DataCollectionIT says.
    assertThat(quality.locator("tbody td").nth(2)).hasText("3");
    assertThat(quality.locator("tbody td").nth(3)).hasText("2,173");
    assertThat(quality.locator("tbody td").nth(4)).hasText("0");
    element("data-quality").locator("summary").click();
    assertThat(element("findings-trades")).containsText("21 min 22 s");
    picture("data-quality", "dark");
    picture("data-quality", "light");
  }

  @Test
  void whatIsRecordedIsTakenAlong() throws IOException {
    row(demo).locator("a").click();
    var file = page.waitForDownload(() -> element("export-trades").click());
    assertThat(file.suggestedFilename()).isEqualTo(demo + "-BTCUSD-trades.csv");
    var lines = Files.readAllLines(file.path());
    assertThat(lines).hasSize(100_001);
    assertThat(lines.get(1)).isEqualTo("1385337600000000,800.01,0.1");
  }

  /// Out as Parquet and in again, under a name that does not say so.
  @Test
  void parquetIsTakenAlongAndBroughtBack() throws IOException {
    row(demo).locator("a").click();
    var file = page.waitForDownload(() -> element("export-trades-parquet").click());
    assertThat(file.suggestedFilename()).isEqualTo(demo + "-BTCUSD-trades.parquet");
    var bytes = Files.readAllBytes(file.path());
    element("data-back").click();
    element("open-import").click();
    element("import-file")
        .setInputFiles(new FilePayload("back", "application/octet-stream", bytes));
    element("import-submit").click();
    assertThat(element("data-collection")).containsText("import:back");
    assertThat(element("data-contents")).containsText("100,000");
  }

  /// Until it is stopped; then it stands among the data of the page Backtest.
  @Test
  void aRecordingIsBegunWatchedAndStopped() {
    element("open-record").click();
    assertThat(element("record-dialog")).isVisible();
    element("record-pace-max").uncheck();
    element("record-bars").uncheck();
    picture("data-record", "dark");
    picture("data-record", "light");
    element("record-submit").click();
    assertThat(element("data-status")).hasText("running");
    var rows = element("data-collection").locator("dt:text-is('Rows') + dd");
    assertThat(rows).not().hasText("0");
    picture("data-running", "dark");
    element("stop-recording").locator("visible=true").click();
    assertThat(element("data-status")).hasText("stopped");
    assertThat(element("data-contents")).containsText("BTCUSD trades");
    var id = page.url().substring(page.url().lastIndexOf('/') + 1);
    page.keyboard().press("g");
    page.keyboard().press("b");
    assertThat(element("backtest-data").locator("option[value='recording:" + id + "']"))
        .hasCount(1);
    page.keyboard().press("g");
    page.keyboard().press("h");
    assertThat(element("history-list")).isVisible();
    assertThat(element("history-row").filter(new Locator.FilterOptions().setHasText(id)))
        .hasCount(0);
  }

  @Test
  void aFileIsImportedAndOneThatIsWrongIsExplained() {
    element("open-import").click();
    assertThat(element("import-submit")).isDisabled();
    element("import-file")
        .setInputFiles(csv("wrong.csv", "time,price,amount\n1700000000,1,1\n1700000001,x,1\n"));
    provoked.add("400");
    element("import-submit").click();
    assertThat(element("import-error"))
        .hasText("wrong.csv, line 3: price must be a number above zero, was \"x\"");
    picture("data-import", "dark");
    picture("data-import", "light");
    element("import-file")
        .setInputFiles(csv("right.csv", "time,price,amount\n1700000000,1,1\n1700000001,2,1\n"));
    element("import-submit").click();
    assertThat(element("data-collection")).containsText("import:right.csv");
    assertThat(element("data-contents")).containsText("2023-11-14 22:13:20");
  }

  @Test
  void oneIsDeletedForGoodAfterAQuestion() throws InterruptedException {
    var id = collect(1000.0);
    TestPlatform.until(
        () ->
            await(platform.bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(id)))
                    .collections()
                    .getFirst()
                    .rows()
                > 0,
        () -> "something to be recorded");
    await(platform.bus.ask(Channels.STOP_COLLECTION, new StopCollection(id)));
    row(id).locator("a").click();
    element("delete-recording").click();
    assertThat(element("delete-recording-dialog-keep")).isFocused();
    element("delete-recording-dialog-keep").click();
    assertThat(element("data-contents")).isVisible();
    element("delete-recording").click();
    element("delete-recording-dialog-confirm").click();
    assertThat(row(demo)).isVisible();
    assertThat(row(id)).hasCount(0);
  }

  @Test
  void thereMayBeNothingToShow() {
    var list = Pattern.compile(".*/api/data-collection/sessions\\?.*");
    page.route(
        list,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"items\": [], \"next_cursor\": null}")));
    page.reload();
    assertThat(element("data-list")).containsText("Nothing was recorded or imported yet.");
    picture("data-empty", "dark");
  }

  @Test
  void anAnswerThatDoesNotComeIsSaidAndAskedForAgain() {
    provoked.add("500");
    var broken = Pattern.compile(".*/api/data-collection/.*");
    page.route(broken, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
    page.reload();
    var list = element("data-list");
    assertThat(list.locator("[role=alert]")).containsText("Not up to date");
    picture("data-error", "light");
    page.unroute(broken);
    list.getByText("Try again").click();
    assertThat(row(demo)).isVisible();
    assertThat(list.locator("[role=alert]")).hasCount(0);
  }

  @Test
  void whatIsNotThereIsSaid() {
    provoked.add("404");
    page.navigate(platform.url() + "/#/data/dc_nobody");
    assertThat(page.getByText("The recording cannot be shown: unknown data collection 'dc_nobody'"))
        .isVisible();
    element("data-back").click();
    assertThat(row(demo)).isVisible();
  }

  @Test
  void withoutAConnectionTheListStaysAndNothingCanBeBegun() {
    var sockets = new AtomicInteger();
    var first = new AtomicReference<WebSocketRoute>();
    page.routeWebSocket(
        Pattern.compile(".*/eventbus/websocket"),
        socket -> {
          if (sockets.incrementAndGet() == 1) {
            first.set(socket);
            socket.connectToServer();
          } else {
            socket.close();
          }
        });
    page.reload();
    assertThat(row(demo)).isVisible();
    assertThat(element("open-record")).isEnabled();
    first.get().close();
    assertThat(element("open-record")).isDisabled();
    assertThat(element("open-import")).isDisabled();
    assertThat(row(demo)).isVisible();
    assertThat(element("data-list")).containsText("Not connected: as of");
    picture("data-disconnected", "dark");
    picture("data-disconnected", "light");
  }
}
