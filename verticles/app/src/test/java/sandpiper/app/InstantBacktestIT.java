package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.domain.session.SessionMode;

/// The backtest that follows a save, in a browser; scripts run in a process of their own, as they
/// do by default.
class InstantBacktestIT extends BrowserTest {
  private static final Logger LOG = LoggerFactory.getLogger(InstantBacktestIT.class);

  /// In at one minute of each hour, out an hour's half later; -1 for never.
  private static final String SOURCE =
      """
      export const data = { main: { bars: '1m' } };
      const ENTRY = %d;
      export function onBar(ctx, bar) {
        const minute = Math.floor(bar.time / 60000) %% 60;
        if (minute === ENTRY && ctx.position().flat) ctx.buy({ size: 1 });
        if (minute >= ENTRY + 10 && ctx.position().long) ctx.sell({ size: 1 });
      }
      """;

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static TestPlatform platform;

  @BeforeAll
  static void open() throws Exception {
    platform = TestPlatform.startMixed(folder);
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  private void edit(String name) {
    save(name, SOURCE.formatted(-1), null);
    visit(platform, "/#/strategies/" + name);
    assertThat(content()).containsText("ENTRY");
  }

  private static void save(String name, String source, @Nullable Integer base) {
    await(platform.bus.ask(Channels.SAVE_STRATEGY, new SaveStrategy(name, source, base, "test")));
  }

  private void write(int entry) {
    content().press("Control+a");
    page.keyboard().insertText(SOURCE.formatted(entry));
    page.keyboard().press("Control+s");
  }

  private com.microsoft.playwright.Locator content() {
    return element("editor").locator(".cm-content");
  }

  private int trades() {
    return Integer.parseInt(element("instant-trades").innerText());
  }

  private void differs(int against, int added, int lost) {
    assertThat(element("instant-difference")).containsText("against version " + against);
    assertThat(element("instant-difference"))
        .containsText("trades " + added + " added, " + lost + " lost");
  }

  @Test
  void aSaveRunsTheNewVersionAndTellsWhatSetsItApart() {
    edit("hourly");
    assertThat(element("instant")).hasAttribute("data-state", "idle");
    long begun = System.nanoTime();
    write(5);
    assertThat(element("editor-version")).containsText("version 2");
    assertThat(element("instant")).hasAttribute("data-state", "done");
    long done = System.nanoTime();
    int trades = trades();
    // A day has an hour's trade at most 24 times, and most hours of it had trades.
    assertThat(trades).isBetween(6, 24);
    // The version before never trades.
    differs(1, trades, 0);
    LOG.info(
        "an instant backtest took {} ms, the comparison {} ms more",
        (done - begun) / 1_000_000,
        (System.nanoTime() - done) / 1_000_000);

    write(25);
    assertThat(element("editor-version")).containsText("version 3");
    assertThat(element("instant-link")).hasText("Version 3");
    // Other minutes, other trades.
    differs(2, trades(), trades);
    picture("instant", "dark");
    picture("instant", "light");
    element("instant-link").click();
    assertThat(element("result")).isVisible();
  }

  @Test
  void theNextSaveCancelsTheRunOfTheOneBefore() {
    edit("hasty");
    write(5);
    assertThat(element("instant").locator("progress")).isVisible();
    write(25);
    assertThat(element("instant-link")).hasText("Version 3");
    assertThat(runs("hasty"))
        .anySatisfy(run -> assertThat(run).containsEntry("cancelled", true))
        .anySatisfy(run -> assertThat(run).containsEntry("cancelled", false));
  }

  @Test
  void ctrlEnterRunsWhatWasSavedAndOffMeansNothingRuns() {
    edit("quiet");
    element("instant-data").selectOption("none");
    write(5);
    assertThat(element("editor-version")).containsText("version 2");
    assertThat(element("instant")).hasAttribute("data-state", "idle");
    assertThat(runs("quiet")).isEmpty();
    element("instant-data").selectOption("demo");
    assertThat(element("instant")).hasAttribute("data-state", "done");
    content().press("Control+Enter");
    assertThat(element("instant")).hasAttribute("data-state", "running");
    assertThat(element("instant")).hasAttribute("data-state", "done");
    assertThat(element("unsaved")).isEmpty();
  }

  private static List<Map<String, Object>> runs(String strategy) {
    return await(
            platform.bus.ask(
                Channels.FIND_SESSIONS, new FindSessions(null, SessionMode.BACKTEST, 1_000, null)))
        .rows()
        .stream()
        .filter(row -> String.valueOf(row.get("strategies")).contains(strategy))
        .toList();
  }
}
