package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;

/// A thousand ticks a second over five symbols, from a program outside to the screen: the status
/// bar says how long they take.
class TickTimeIT extends BrowserTest {
  private static final Logger LOG = LoggerFactory.getLogger(TickTimeIT.class);
  private static final List<String> SYMBOLS =
      List.of("BTCUSD", "ETHUSD", "LTCUSD", "XRPUSD", "ADAUSD");
  private static final int TICKS_A_SECOND = 1_000;

  /// The figure is about the last 30 of them; before, nothing is warm.
  private static final int SECONDS = 50;

  private static final int TICKS = SECONDS * TICKS_A_SECOND;
  private static final int PERIOD_MILLIS = 10;

  /// Who has not sent a ping for ten seconds is cut off.
  private static final int PING_MILLIS = 3_000;

  /// After a rest; a frame has 64 KB at most.
  private static final int MOST_AT_ONCE = 200;

  /// Hears every trade of all symbols.
  private static final String LISTENER =
      """
      export const data = (p, session) => ({
        main: { bars: '1m' },
        ...Object.fromEntries(session.symbols.map((symbol, i) => [`ticks${i}`, { trades: true, symbol }])),
      });
      export const indicators = { mean: { use: 'ema', on: 'ticks0.price', period: 50 } };
      export function onTrade() {}
      """;

  @TempDir static Path folder;
  private static TestPlatform platform;
  private final AtomicInteger sent = new AtomicInteger();

  /// Held: a client that nobody refers to closes its sockets.
  @SuppressWarnings("NullAway.Init") // when it feeds
  private WebSocketClient client;

  private final AtomicInteger taken = new AtomicInteger();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void open() throws IOException {
    Files.writeString(folder.resolve("listener.js"), LISTENER);
    var instruments = folder.resolve("instruments.yaml");
    Files.write(instruments, SYMBOLS.stream().map(TickTimeIT::instrument).toList());
    var settings = TestPlatform.settings(TestPlatform.freshDirectory());
    settings.getJsonObject("strategies").put("folder", folder.toString());
    settings.getJsonObject("instruments").put("file", instruments.toString());
    platform =
        TestPlatform.start(
            AppConfig.of(settings, Map.of("SANDPIPER_ADMIN_PASSWORD", TestPlatform.PASSWORD)));
  }

  private static String instrument(String symbol) {
    return """
    - symbol: %s
      base: %s
      quote: USD
      tick-size: "0.01"
      lot-size: "0.01"
      min-notional: "0"
      maker-fee: "0.001"
      taker-fee: "0.001"
    """
        .formatted(symbol, symbol.substring(0, 3));
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @Test
  void theStatusBarSaysHowLongTicksTakeToTheScreen() throws Exception {
    var id =
        await(
                platform.bus.ask(
                    Channels.START_SESSION,
                    new StartSession(
                        SessionMode.PAPER,
                        SYMBOLS,
                        List.of(new StrategyRequest("listener", Map.of())),
                        new BigDecimal("10000"),
                        "bridge:ticks",
                        null,
                        null)))
            .sessionId();
    visit(platform, "");
    assertThat(element("session-status")).containsText("running");
    assertThat(element("draw-time")).hasText("–");

    feed();
    TestPlatform.until(
        () -> taken.get() == TICKS || !refused.isEmpty(), () -> taken + " of " + TICKS + " taken");
    assertThat(refused).isEmpty();
    var figure = element("draw-time");
    assertThat(figure).hasText(Pattern.compile("[0-9]+ ms(, slow)?"));
    assertThat(element("chart-legend")).containsText("C " + price(TICKS - SYMBOLS.size()));
    var text = figure.innerText();
    var millis = Integer.parseInt(text.split(" ", 2)[0]);
    assertThat(millis).isPositive();
    assertThat(figure).hasAttribute("data-slow", String.valueOf(millis > 250));
    LOG.info("tick to screen, p99 at {} ticks a second: {}", TICKS_A_SECOND, text);
    screenshot("tick-time");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
    assertThat(platform.session(id).error()).isNull();
  }

  /// Sends what is due every ten milliseconds, by a socket as any program would.
  private void feed() {
    client = platform.vertx.createWebSocketClient();
    var socket =
        await(
            client.connect(
                new WebSocketConnectOptions()
                    .setAbsoluteURI(platform.url().replace("http", "ws") + "/eventbus/websocket")
                    .addHeader("Authorization", "Bearer " + platform.token())));
    socket.binaryMessageHandler(data -> {
      var answer = data.toJsonObject();
      if (answer.getString("type").equals("pong")) {
        return;
      }
      if (answer.getString("type").equals("rec")) {
        taken.addAndGet(Integer.parseInt(answer.getString("address")));
      } else {
        refused.add(answer.encode());
      }
    });
    socket.closeHandler(_ -> refused.add("the platform hung up"));
    platform.vertx.setPeriodic(
        PING_MILLIS,
        _ -> {
          var _ = socket.writeTextMessage("{\"type\":\"ping\"}");
        });
    long began = System.nanoTime();
    platform.vertx.setPeriodic(
        PERIOD_MILLIS,
        timer -> {
          long due =
              Math.min(TICKS, (System.nanoTime() - began) / (1_000_000_000 / TICKS_A_SECOND));
          send(socket, (int) Math.min(due, sent.get() + MOST_AT_ONCE));
          if (sent.get() == TICKS) {
            platform.vertx.cancelTimer(timer);
          }
        });
  }

  private void send(WebSocket socket, int due) {
    var events = new JsonArray();
    for (int i = sent.get(); i < due; i++) {
      events.add(
          new JsonObject()
              .put("type", "trade")
              .put("symbol", SYMBOLS.get(i % SYMBOLS.size()))
              .put("time", TestPlatform.NOON + i * (1_000_000L / TICKS_A_SECOND))
              .put("price", Double.parseDouble(price(i)))
              .put("amount", 0.1));
    }
    if (events.isEmpty()) {
      return;
    }
    sent.set(due);
    var _ =
        socket.writeTextMessage(
            new JsonObject()
                .put("type", "send")
                .put("address", "market.publish")
                .put("replyAddress", String.valueOf(events.size()))
                .put("body", new JsonObject().put("feed", "ticks").put("events", events))
                .encode());
  }

  /// Of the main symbol the last one is like no other.
  private static String price(int tick) {
    return tick < TICKS - SYMBOLS.size() ? String.valueOf(100 + tick % 7) + ".00" : "123.45";
  }
}
