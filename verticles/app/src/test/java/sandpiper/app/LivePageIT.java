package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The live page in Debian's Chromium, over the real platform: database, bus, replay.
class LivePageIT extends BrowserTest {
  private static final Pattern SOME = Pattern.compile("[1-9][0-9]*");

  private static TestPlatform platform;

  @BeforeAll
  static void open() throws IOException {
    platform = TestPlatform.start();
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @BeforeEach
  void visit() {
    visit(platform, "");
  }

  @Test
  void aReplayIsStartedWatchedAndStopped() {
    assertThat(element("connection-state"))
        .hasAttribute("data-state", "connected", soonAttribute());
    element("start-button").click();
    assertThat(element("start-dialog")).isVisible();
    element("strategy-select").selectOption("ema-cross");
    element("parameter-fast").fill("3");
    element("parameter-slow").fill("8");
    element("acceleration").press("End");
    element("start-submit").click();

    assertThat(element("session-status")).containsText("running", soonText());
    assertThat(element("candle-count")).hasText(SOME, patiently());
    assertThat(element("fill-count")).hasText(SOME, patiently());
    assertThat(element("signal-row").first()).isVisible();
    element("tab-fills").click();
    assertThat(element("fill-row").first()).isVisible();
    screenshot("live-dark-1440");
    page.setViewportSize(390, 844);
    screenshot("live-dark-390");
    page.setViewportSize(1440, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    screenshot("live-light-1440");

    element("stop-button").click();
    element("stop-dialog-confirm").click();
    assertThat(element("session-status")).containsText("stopped", soonText());
    screenshot("live-stopped");
  }

  @Test
  void aReplayRestsAndGoesOn() {
    element("start-button").click();
    element("strategy-select").selectOption("rsi-reversion");
    element("acceleration").press("End");
    element("start-submit").click();
    assertThat(element("candle-count")).hasText(SOME, patiently());
    element("pause-button").click();
    assertThat(element("session-status")).containsText("paused", soonText());
    page.waitForTimeout(500);
    var candles = element("candle-count").innerText();
    page.waitForTimeout(1_500);
    assertThat(element("candle-count")).hasText(candles);
    element("pause-button").click();
    assertThat(element("session-status")).containsText("running", soonText());
    assertThat(element("candle-count")).not().hasText(candles);
    element("stop-button").click();
    element("stop-dialog-confirm").click();
    assertThat(element("session-status")).containsText("stopped", soonText());
  }

  @Test
  void aCutConnectionComesBackByItselfAndTheChartGoesOn() {
    var sockets = new CopyOnWriteArrayList<WebSocketRoute>();
    page.routeWebSocket(
        Pattern.compile(".*/eventbus/websocket"),
        socket -> {
          sockets.add(socket);
          socket.connectToServer();
        });
    page.reload();
    assertThat(element("connection-state"))
        .hasAttribute("data-state", "connected", soonAttribute());
    element("start-button").click();
    element("strategy-select").selectOption("sma-cross");
    element("acceleration").press("End");
    element("start-submit").click();
    assertThat(element("candle-count")).hasText(SOME, patiently());

    int before = Integer.parseInt(element("candle-count").innerText());
    sockets.getLast().close();
    page.waitForCondition(() -> sockets.size() == 2);
    assertThat(element("connection-state"))
        .hasAttribute("data-state", "connected", soonAttribute());
    page.waitForCondition(
        () -> Integer.parseInt(element("candle-count").innerText()) > before + 10,
        new Page.WaitForConditionOptions().setTimeout(PATIENCE));

    element("stop-button").click();
    element("stop-dialog-confirm").click();
    assertThat(element("session-status")).containsText("stopped", soonText());
  }

  private static LocatorAssertions.HasTextOptions patiently() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.ContainsTextOptions soonText() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasAttributeOptions soonAttribute() {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
  }
}
