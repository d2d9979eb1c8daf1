package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ChangeLimits;
import sandpiper.domain.trading.RiskLimits;

/// The start of a session in the browser: several strategies, leverage, and real money, which goes
/// to a simulated exchange.
class LiveStartPageIT extends BrowserTest {
  private static final String WAITER =
      """
      export const params = { share: { type: 'float', default: 0.5, min: 0.1, max: 0.9 } };
      export const data = () => ({ main: { bars: '1s' } });
      export function onStart(ctx) { ctx.state.placed = false; }
      export function onBar(ctx, bar) {
        if (!ctx.state.placed) {
          ctx.state.placed = true;
          ctx.buy({ size: 0.1, price: bar.close * ctx.params.share });
        }
      }
      """;

  @TempDir static Path strategies;

  private static TestExchange exchange;

  private static TestPlatform platform;

  @BeforeAll
  static void open() throws IOException, TimeoutException {
    Files.writeString(strategies.resolve("waiter.js"), WAITER);
    Files.writeString(strategies.resolve("patient.js"), WAITER);
    exchange =
        new TestExchange(TestExchange.account("key", Map.of("USDT", new BigDecimal(50_000))));
    platform =
        TestPlatform.startTrading(
            TestPlatform.freshDirectory(), strategies, exchange.port(), broker -> broker);
    var limits = RiskLimits.parse(Map.of("order-notional", "2500", "daily-loss", "500:cancel"));
    await(platform.bus.ask(Channels.CHANGE_LIMITS, new ChangeLimits(limits, "admin")));
  }

  @AfterAll
  static void close() throws TimeoutException {
    platform.close();
    exchange.close();
  }

  @BeforeEach
  void visit() {
    visit(platform, "");
    element("start-button").click();
    assertThat(element("start-dialog")).isVisible();
  }

  @Test
  void realMoneyWantsTheWordAndShowsTheLimits() {
    element("mode-live").check();
    element("symbols").fill("ETHUSDT");
    element("strategy-select").selectOption("waiter");
    element("budget").fill("1000");
    assertThat(element("live-limits")).containsText("2500 quote currency");
    assertThat(element("live-limits")).containsText("500 quote currency, then cancel");
    assertThat(element("start-submit")).hasText("Start with real money");
    assertThat(element("start-submit")).isDisabled();
    element("live-confirmation").fill("live");
    assertThat(element("start-submit")).isDisabled();
    element("live-confirmation").fill("LIVE");
    element("start-submit").click();

    assertThat(element("mode-badge"))
        .hasText("LIVE", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
    element("tab-orders").click();
    assertThat(page.getByText("1500").or(page.getByText("working")).first()).isVisible();
    screenshot("live-money-dark-1440");
    element("stop-button").click();
    element("stop-dialog-confirm").click();
    assertThat(element("session-status"))
        .containsText("stopped", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
  }

  @Test
  void moreThanTheAccountHasIsRefusedInWordsAndNothingIsLost() {
    provoked.add("400");
    element("mode-live").check();
    element("symbols").fill("ETHUSDT");
    element("budget").fill("60000");
    element("live-confirmation").fill("LIVE");
    element("start-submit").click();
    assertThat(element("start-error"))
        .containsText("budget must be at most what is free in the account, 50000 USDT, was 60000");
    assertThat(element("budget")).hasValue("60000");
  }

  @Test
  void aSessionHasSeveralStrategiesAndLeverageIsWarnedOf() {
    element("mode-paper").check();
    element("symbols").fill("ETHUSDT");
    element("data").fill("mexc");
    assertThat(element("acceleration")).hasCount(0);
    element("add-strategy").click();
    assertThat(element("plan")).hasCount(2);
    element("leverage").fill("3");
    assertThat(element("leverage-warning")).hasCount(0);
    element("leverage").fill("5");
    assertThat(element("leverage-warning")).containsText("losses grow");
    element("leverage").fill("20");
    assertThat(element("leverage-warning")).containsText("4.5 % against a position closes it");
    element("start-submit").click();
    assertThat(element("start-dialog")).hasCount(0);
    page.waitForCondition(() -> !running().isEmpty());
    assertThat(running()).containsExactlyInAnyOrder("patient", "waiter");
    element("stop-button").click();
    element("stop-dialog-confirm").click();
    assertThat(element("session-status"))
        .containsText("stopped", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
  }

  private static List<String> running() {
    return await(
            platform.bus.ask(Channels.LIST_SESSIONS, new sandpiper.bus.Messages.ListSessions(null)))
        .sessions()
        .stream()
        .filter(session -> !session.status().isFinal())
        .flatMap(session -> session.strategies().stream())
        .map(plan -> plan.strategy())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void theDialogCanBeReadByEverybody(String theme) {
    element("mode-live").check();
    element("add-strategy").click();
    assertThat(element("live-limits")).isVisible();
    picture("start-live", theme);
    element("mode-paper").check();
    element("leverage").fill("20");
    picture("start-paper", theme);
  }
}
