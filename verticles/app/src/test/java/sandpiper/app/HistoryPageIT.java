package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.session.SessionMode;

/// What was, in a browser: found, opened again, compared, taken along, deleted.
class HistoryPageIT extends BrowserTest {
  /// Two days of the demo data.
  private static final TimeRange DAYS =
      new TimeRange(1_385_424_000_000_000L, 1_385_596_800_000_000L);

  private static TestPlatform platform;
  private static String fast;
  private static String slow;

  @BeforeAll
  static void runTwo() throws Exception {
    platform = TestPlatform.start();
    fast = backtest(5);
    slow = backtest(20);
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  private static String backtest(int length) throws InterruptedException {
    var session =
        new StartSession(
            SessionMode.BACKTEST,
            List.of("BTCUSD"),
            List.of(new StrategyRequest("ema-cross", Map.of("fast", length, "slow", 50))),
            new BigDecimal("100000"),
            "demo",
            null,
            null);
    var id =
        await(platform.bus.ask(Channels.START_BACKTEST, new StartBacktest(session, DAYS)))
            .sessionId();
    platform.untilEnded(id);
    return id;
  }

  private static JsonObject performance(String id) {
    return new JsonObject(
        await(platform.bus.ask(Channels.FIND_PERFORMANCE, new FindPerformance(id))).report());
  }

  @BeforeEach
  void visit() {
    visit(platform, "");
    assertThat(element("connection-state")).hasAttribute("data-state", "connected");
    page.keyboard().press("g");
    page.keyboard().press("h");
    assertThat(element("history-list")).isVisible();
  }

  private Locator row(String id) {
    return element("history-row").filter(new Locator.FilterOptions().setHasText(id));
  }

  @Test
  void aSessionIsFoundAndOpenedAgainJustAsItWas() {
    assertThat(row(fast)).containsText("stopped");
    picture("history", "dark");
    picture("history", "light");
    row(fast).locator("a").click();
    assertThat(element("result")).isVisible();
    var trades = performance(fast).getJsonObject("all_trades").getInteger("count");
    assertThat(trades).isPositive();
    assertThat(element("result-trades")).hasText(String.valueOf(trades));
    assertThat(element("history-session")).containsText("fast 5, size 1, slow 50");
    var before = element("history-session").innerText();
    picture("history-session", "dark");
    picture("history-session", "light");

    page.reload();
    assertThat(element("result")).isVisible();
    assertThat(element("history-signals").first()).isVisible();
    assertThat(element("history-session").innerText()).isEqualTo(before);
    element("history-back").click();
    assertThat(row(slow)).isVisible();
  }

  @Test
  void whatASessionLeftBehindIsReadAndTakenAlong() throws IOException {
    row(fast).locator("a").click();
    element("tab-history-fills").click();
    var fills = platform.rows(HistoryKind.FILLS, fast);
    assertThat(element("history-fills")).hasCount(fills.size());
    var csv = page.waitForDownload(() -> element("export-fills-csv").click());
    assertThat(csv.suggestedFilename()).isEqualTo(fast + "-fills.csv");
    var lines = Files.readAllLines(csv.path());
    assertThat(lines).hasSize(fills.size() + 1);
    assertThat(lines.getFirst()).contains(",fill_id,").contains(",price,").contains(",time,");
    assertThat(lines.get(1)).contains(new JsonObject(fills.getFirst()).getString("fill_id"));

    element("tab-history-equity").click();
    var json = page.waitForDownload(() -> element("export-equity-json").click());
    var rows = new JsonObject(Files.readString(json.path())).getJsonArray("items");
    var equity = platform.rows(HistoryKind.EQUITY, fast);
    assertThat(rows.size()).isEqualTo(equity.size());
    assertThat(rows.getJsonObject(3).getString("equity"))
        .isEqualTo(new JsonObject(equity.get(3)).getString("equity"));
  }

  @Test
  void twoAreHeldSideBySide() {
    assertThat(element("compare")).isDisabled();
    row(fast).getByTestId("choose-session").check();
    row(slow).getByTestId("choose-session").check();
    element("compare").click();
    assertThat(element("curve-compared").locator("canvas")).isVisible();
    var lines = element("compared-row");
    var counts =
        lines.filter(new Locator.FilterOptions().setHasText("Trades").setHasNotText("first"));
    int first = performance(fast).getJsonObject("all_trades").getInteger("count");
    int second = performance(slow).getJsonObject("all_trades").getInteger("count");
    assertThat(first).isNotEqualTo(second);
    int apart = second - first;
    assertThat(counts.locator("[role=cell]"))
        .hasText(
            new String[] {
              "Trades", first + " ", second + " " + (apart > 0 ? "+" + apart : "−" + -apart)
            });
    picture("history-compare", "dark");
    picture("history-compare", "light");
    page.reload();
    assertThat(element("curve-compared").locator("canvas")).isVisible();
  }

  @Test
  void oneIsDeletedForGoodAfterAQuestion() throws InterruptedException {
    var id = backtest(9);
    row(id).locator("a").click();
    element("delete-session").click();
    assertThat(element("delete-dialog-keep")).isFocused();
    element("delete-dialog-keep").click();
    assertThat(platform.rows(HistoryKind.EQUITY, id)).isNotEmpty();
    element("delete-session").click();
    element("delete-dialog-confirm").click();
    assertThat(row(fast)).isVisible();
    assertThat(row(id)).hasCount(0);
    assertThat(platform.rows(HistoryKind.EQUITY, id)).isEmpty();
  }

  @Test
  void thereMayBeNothingToShow() {
    page.getByText("Live", new Page.GetByTextOptions().setExact(true)).last().click();
    assertThat(element("history-list")).containsText("No session of this mode has run yet.");
    picture("history-empty", "dark");
  }

  @Test
  void anAnswerThatDoesNotComeIsSaidAndAskedForAgain() {
    provoked.add("500");
    var broken = Pattern.compile(".*/api/sessions\\?.*");
    page.route(broken, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
    page.reload();
    var list = element("history-list");
    assertThat(list.locator("[role=alert]")).containsText("Not up to date");
    picture("history-error", "light");
    page.unroute(broken);
    list.getByText("Try again").click();
    assertThat(row(fast)).isVisible();
    assertThat(list.locator("[role=alert]")).hasCount(0);
  }

  @Test
  void whatIsNotThereIsSaid() {
    provoked.add("404");
    page.navigate(platform.url() + "/#/history/bt_nobody");
    assertThat(page.getByText("The session cannot be shown: unknown session 'bt_nobody'"))
        .isVisible();
    element("history-back").click();
    assertThat(row(fast)).isVisible();
  }
}
