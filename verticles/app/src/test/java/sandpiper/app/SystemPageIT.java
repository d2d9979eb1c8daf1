package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.domain.market.MarketStream;

/// The page System in a browser, over the real platform.
class SystemPageIT extends StrategiesScreen {
  private void look() {
    visit(platform, "");
    assertThat(element("connection-state")).hasAttribute("data-state", "connected");
    page.keyboard().press("g");
    page.keyboard().press("y");
    assertThat(element("system-age")).containsText("Figures of");
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  @Test
  void itShowsASessionAsItRunsAndTheLogAsItGrows() {
    var session = replay("ema-cross");
    LoggerFactory.getLogger(SystemPageIT.class)
        .atWarn()
        .addKeyValue(LogKeys.SESSION, session)
        .log("a line for the page");
    var recording = record();
    look();
    var feed = element("system-feeds").locator("[data-row='" + session + "']");
    assertThat(feed).containsText("BTCUSD");
    var recorded = element("system-feeds").locator("[data-row='" + recording + "']");
    assertThat(recorded).containsText("BTCUSD");
    var inputs = element("system-inputs-bus");
    long first = number(inputs.innerText());
    assertThat(inputs).not().hasText(inputs.innerText());
    assertThat(number(inputs.innerText())).isGreaterThan(first);
    assertThat(element("system-callbacks").locator("[data-row='ema-cross']")).isVisible();
    assertThat(element("system-stages").locator("tbody tr")).hasCount(5);
    assertThat(element("system-loops").locator("tbody tr").first()).containsText("ms");
    assertThat(element("system-batches").locator("[data-row='inputs']")).containsText("ms");
    assertThat(element("system-database-pool")).hasText(Pattern.compile("\\d+ of 4"));
    assertThat(element("system-verticles").locator("[data-up='true']")).hasCount(7);
    assertThat(element("system-about")).containsText("PostgreSQL 18");
    assertThat(element("system-log")).containsText("a line for the page");
    assertThat(element("system-log")).containsText(session);
    picture("system", "dark");
    picture("system", "light");
    stop(session);
    assertThat(feed).hasCount(0);
    assertThat(recorded).hasCount(1);
    await(platform.bus.ask(Channels.STOP_COLLECTION, new StopCollection(recording)));
    assertThat(recorded).hasCount(0);
  }

  private static String record() {
    var wanted = new StartCollection(List.of("BTCUSD"), Set.of(MarketStream.TRADES), "demo", 60.0);
    return await(platform.bus.ask(Channels.START_COLLECTION, wanted)).sessionId();
  }

  @Test
  void itWaitsWithSkeletonsAndSaysWhatDoesNotCome() {
    provoked.add("500");
    page.route(
        "**/api/system/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(500)
                    .setContentType("application/problem+json")
                    .setBody(new JsonObject().put("detail", "no figures today").encode())));
    page.routeWebSocket(
        Pattern.compile(".*/eventbus/websocket"),
        socket -> {
          var server = socket.connectToServer();
          server.onMessage(frame -> {
            var text = frame.binary() == null ? frame.text() : new String(frame.binary(), UTF_8);
            if (!text.contains("system.health")) {
              socket.send(text);
            }
          });
        });
    visit(platform, "/#/system");
    assertThat(element("system-problem")).containsText("no figures today");
    assertThat(page.locator(".system-skeleton[aria-label='Loading Feeds']")).isVisible();
    picture("system-loading", "dark");
    picture("system-loading", "light");
    page.unroute("**/api/system/**");
    page.getByText("Try again").first().click();
    assertThat(element("system-loops")).isVisible();
    assertThat(element("system-problem")).hasCount(0);
  }

  @Test
  void whatItKnowsStaysAndFadesWithoutAConnection() {
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
    look();
    assertThat(element("system-loops")).isVisible();
    first.get().close();
    assertThat(element("system-page")).hasAttribute("data-stale", "true");
    assertThat(element("system-age")).containsText("Disconnected");
    assertThat(element("system-loops")).isVisible();
    picture("system-disconnected", "dark");
    picture("system-disconnected", "light");
  }
}
