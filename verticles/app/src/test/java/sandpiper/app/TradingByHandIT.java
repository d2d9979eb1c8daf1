package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;

/// What people do in a running session from the live page: kill switch, close, cancel, acknowledge.
class TradingByHandIT extends BrowserTest {
  /// Holds one unit and leaves two orders waiting that never fill.
  private static final String HOLDER =
      """
      export const data = { ticks: { trades: true }, main: { bars: '1m' } };
      export function onTrade(ctx) {
        if (ctx.position().flat && ctx.orders().length === 0) {
          ctx.buy({ size: 1 });
          ctx.buy({ size: 1, price: 1 });
          ctx.buy({ size: 1, price: 2 });
        }
      }
      """;

  @TempDir static Path folder;
  private static TestPlatform platform;

  @SuppressWarnings("NullAway.Init") // before each test
  private String session;

  @BeforeAll
  static void open() throws IOException {
    Files.writeString(folder.resolve("holder.js"), HOLDER);
    platform = TestPlatform.start(TestPlatform.freshDirectory(), folder);
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @BeforeEach
  void visit() throws InterruptedException {
    session =
        await(
                platform.bus.ask(
                    Channels.START_SESSION,
                    new StartSession(
                        SessionMode.PAPER,
                        List.of("BTCUSD"),
                        List.of(new StrategyRequest("holder", Map.of())),
                        new BigDecimal("100000"),
                        "demo",
                        null,
                        60.0)))
            .sessionId();
    TestPlatform.until(() -> !rows(HistoryKind.FILLS).isEmpty(), "the first fill");
    visit(platform, "");
    assertThat(element("session-status")).containsText("running");
  }

  @AfterEach
  void stop() {
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
  }

  private List<JsonObject> rows(HistoryKind kind) {
    return platform.rows(kind, session).stream().map(JsonObject::new).toList();
  }

  @Test
  void theKillSwitchStopsTradingAndReleasesIt() throws InterruptedException {
    element("kill-button").click();
    assertThat(element("kill-dialog-keep")).isFocused();
    screenshot("kill-dialog-dark-1440");
    element("kill-close").check();
    element("kill-dialog-reason").fill("test: enough");
    element("kill-dialog-confirm").click();
    assertThat(element("trading-stopped")).isVisible();
    assertThat(element("kill-button")).hasText("Release…");
    TestPlatform.until(() -> rows(HistoryKind.FILLS).size() == 2, "the fill that closes");
    var alert = rows(HistoryKind.RISK_ALERTS).getFirst();
    assertThat(alert.getString("rule")).isEqualTo("kill-switch");
    assertThat(alert.getString("text")).contains("test: enough");

    element("tab-alerts").click();
    assertThat(element("alert-row").filter(having("kill-switch")).first()).isVisible();
    screenshot("alerts-dark-1440");
    page.setViewportSize(390, 844);
    screenshot("alerts-dark-390");
    page.setViewportSize(1440, 900);

    element("kill-button").click();
    assertThat(element("release-dialog")).containsText("test: enough");
    element("release-dialog-confirm").click();
    assertThat(element("trading-stopped")).isHidden();
    TestPlatform.until(() -> rows(HistoryKind.FILLS).size() > 2, "a fill after the release");
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void anAlertIsAcknowledgedOnce() throws InterruptedException {
    element("kill-button").click();
    element("kill-dialog-confirm").click();
    assertThat(element("trading-stopped")).isVisible();
    element("tab-alerts").click();
    var row = element("alert-row").filter(having("kill-switch"));
    row.getByTestId("acknowledge").click();
    assertThat(row.getByTestId("acknowledged")).hasText("✓ by admin");
    TestPlatform.until(
        () ->
            rows(HistoryKind.RISK_ALERTS).stream()
                .anyMatch(alert -> "admin".equals(alert.getString("acknowledged_by"))),
        "the row to say so");
    page.reload();
    element("tab-alerts").click();
    assertThat(row.getByTestId("acknowledged")).hasText("✓ by admin");
  }

  @Test
  void aPositionIsClosedAfterAQuestion() throws InterruptedException {
    element("close-position").click();
    assertThat(element("close-dialog-keep")).isFocused();
    element("close-dialog-keep").click();
    assertThat(element("close-dialog")).hasCount(0);
    assertThat(rows(HistoryKind.FILLS)).hasSize(1);

    element("close-position").click();
    element("close-dialog-reason").fill("");
    assertThat(element("close-dialog-confirm")).isDisabled();
    element("close-dialog-reason").fill("test: out");
    element("close-dialog-confirm").click();
    assertThat(element("position-row").filter(having("Long, closed"))).isVisible();
    TestPlatform.until(() -> rows(HistoryKind.FILLS).size() == 2, "the fill that closes");
    assertThat(rows(HistoryKind.SIGNALS))
        .anyMatch(signal -> "test: out".equals(signal.getString("reason")));
  }

  @Test
  void ordersAreCancelledOneByOneOrAllAtOnce() throws InterruptedException {
    element("tab-orders").click();
    var waiting = element("cancel-order");
    assertThat(waiting).hasCount(2);
    assertThat(element("cancel-all")).isVisible();
    waiting.first().click();
    assertThat(waiting).hasCount(1);
    assertThat(element("cancel-all")).isHidden();
    waiting.first().click();
    assertThat(waiting).hasCount(0);
    TestPlatform.until(() -> cancelled() == 2, "both orders to be cancelled");
  }

  @Test
  void aSingleCancelAsksFirstWhereThatIsChosen() throws InterruptedException {
    element("page-settings").click();
    element("confirm-cancel").check();
    try {
      element("page-live").click();
      element("tab-orders").click();
      var waiting = element("cancel-order");
      waiting.first().click();
      assertThat(element("cancel-order-dialog-keep")).isFocused();
      element("cancel-order-dialog-keep").click();
      assertThat(waiting).hasCount(2);
      waiting.first().click();
      element("cancel-order-dialog-confirm").click();
      assertThat(waiting).hasCount(1);
      TestPlatform.until(() -> cancelled() == 1, "the order to be cancelled");
    } finally {
      element("page-settings").click();
      page.waitForResponse(
          answer -> answer.url().endsWith("/api/settings") && answer.ok(),
          () -> element("confirm-cancel").uncheck());
    }
  }

  @Test
  void allOrdersAreCancelledAfterAQuestion() throws InterruptedException {
    element("tab-orders").click();
    element("cancel-all").click();
    element("cancel-all-dialog-confirm").click();
    assertThat(element("cancel-order")).hasCount(0);
    TestPlatform.until(() -> cancelled() == 2, "both orders to be cancelled");
  }

  private long cancelled() {
    return rows(HistoryKind.ORDERS).stream()
        .filter(order -> order.getString("status").equals("cancelled"))
        .count();
  }

  @Test
  void axeFindsNothingInDialogAndAlerts() {
    for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      element("tab-alerts").click();
      assertThat(element("alert-row")).hasCount(0);
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      element("kill-button").click();
      assertThat(element("kill-dialog")).isVisible();
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      page.keyboard().press("Escape");
      assertThat(element("kill-dialog")).hasCount(0);
      element("tab-positions").click();
      assertThat(element("close-position")).isVisible();
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }
  }
}
