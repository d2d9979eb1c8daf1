package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindPerformance;

/// Backtests in a browser, over the real platform: started, watched, paced, cancelled, looked at.
class BacktestPageIT extends StrategiesScreen {
  @BeforeEach
  void visit() {
    visit(platform, "");
    assertThat(element("connection-state")).hasAttribute("data-state", "connected");
    page.keyboard().press("g");
    page.keyboard().press("b");
    assertThat(element("backtest-strategy")).isVisible();
    element("backtest-strategy").selectOption("ema-cross");
  }

  /// The id of the run on screen.
  private String run() {
    page.waitForURL(Pattern.compile(".*#/backtest/bt_.*"));
    return page.url().replaceAll(".*/", "");
  }

  private static JsonObject performance(String id) {
    return new JsonObject(
        await(platform.bus.ask(Channels.FIND_PERFORMANCE, new FindPerformance(id))).report());
  }

  @Test
  void aRunShowsItsFiguresCurvesAndTradesAndATradeJumpsToTheChart() {
    element("backtest-budget").fill("1000");
    page.keyboard().press("Control+Enter");
    var id = run();
    assertThat(element("result")).isVisible();
    var report = performance(id);
    int trades = report.getJsonObject("all_trades").getInteger("count");
    assertThat(trades).isGreaterThan(20);
    assertThat(element("result-trades")).hasText(String.valueOf(trades));
    assertThat(element("result-basis")).containsText("Compounded, after fees");
    for (var curve : new String[] {"equity", "drawdown", "win-rate"}) {
      assertThat(element("curve-" + curve).locator("canvas")).isVisible();
    }
    var chart = element("trade-chart");
    var coarse = chart.getAttribute("data-interval");
    assertThat(coarse).isNotEqualTo("1m");
    picture("backtest-result", "dark");
    picture("backtest-result", "light");

    var latest = report.getJsonArray("trades").getJsonObject(trades - 1);
    element("show-trade").first().click();
    assertThat(chart).hasAttribute("data-interval", "1m");
    assertThat(element("chosen-trade"))
        .containsText(latest.getInteger("direction") == 1 ? "Long" : "Short");
    screenshot("backtest-trade");
    element("whole-run").click();
    assertThat(chart).hasAttribute("data-interval", coarse);
  }

  @Test
  void aRunGoesOnWithoutThePageAndIsFoundAgainAndLetGo() {
    element("backtest-pace-max").uncheck();
    element("backtest-pace").press("End");
    element("backtest-run").click();
    var id = run();
    assertThat(element("run-status")).hasText("running");
    assertThat(element("run-speed")).hasText(Pattern.compile("[\\d,.]+×"));
    picture("backtest-running", "dark");
    picture("backtest-running", "light");

    page.navigate("about:blank");
    visit(platform, "/#/backtest/" + id);
    assertThat(element("run-status")).hasText("running");
    var clock = element("run-clock").innerText();
    assertThat(element("run-clock")).not().hasText(clock);
    element("run-pace-max").check();
    assertThat(element("run-status")).hasText("stopped");
    assertThat(element("result")).isVisible();
    assertThat(performance(id).getLong("end_time"))
        .isGreaterThan(performance(id).getLong("start_time"));
  }

  @Test
  void aRunIsCancelledAndSaysSo() {
    element("backtest-pace-max").uncheck();
    element("backtest-run").click();
    run();
    element("run-cancel").click();
    assertThat(element("run-status")).hasText("cancelled");
    assertThat(element("result-basis")).containsText("cancelled before");
  }

  @Test
  void anOlderVersionRunsOverWhatASessionRecorded() throws InterruptedException {
    keep(SOURCE);
    save("// Version two.\n" + SOURCE, 1);
    var session = replay(name);
    stop(session);
    page.reload();
    element("backtest-strategy").selectOption(name);
    element("backtest-version").selectOption("1");
    element("backtest-data").selectOption("recording:" + session);
    element("backtest-run").click();
    assertThat(element("result")).isVisible();
    assertThat(page.locator("h2", new Page.LocatorOptions().setHasText(name + " 1"))).isVisible();
  }

  @Test
  void whatIsRefusedIsSaidWhereItWasAsked() {
    provoked.add("400");
    element("backtest-symbols").fill("NOBODY");
    element("backtest-run").click();
    assertThat(element("backtest-error")).containsText("unknown symbol 'NOBODY'");
  }
}
