package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.GetStrategy;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;
import sandpiper.testkit.SharedData;

/// A browser on the page of strategies, over the real platform; each test edits a strategy of its
/// own.
abstract class StrategiesScreen extends BrowserTest {
  static final String SOURCE =
      """
      // Counts bars.
      export const data = { main: { bars: '1m' } };
      export const state = { init: () => ({ bars: 0 }) };
      export function onBar(ctx) {
        ctx.state.bars++;
      }
      """;

  @TempDir static Path folder;
  static TestPlatform platform;
  private static int strategies;

  final String name = "test-" + ++strategies;

  @BeforeAll
  static void open() throws IOException {
    for (var bundled : List.of("ema-cross", "grid", "rsi-reversion")) {
      var file = bundled + ".js";
      Files.copy(SharedData.home().resolve("strategies-js").resolve(file), folder.resolve(file));
    }
    platform = TestPlatform.start(TestPlatform.freshDirectory(), folder);
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  /// Makes version 1 of the test's own strategy and opens it.
  String edit() {
    keep(SOURCE);
    visit(platform, "/#/strategies/" + name);
    assertThat(content()).containsText("Counts bars.");
    return name;
  }

  void keep(String source) {
    save(source, null);
  }

  void save(String source, @Nullable Integer base) {
    save(name, source, base);
  }

  static void save(String name, String source, @Nullable Integer base) {
    await(platform.bus.ask(Channels.SAVE_STRATEGY, new SaveStrategy(name, source, base, "test")));
  }

  record Kept(int number, String source) {}

  Kept latest() {
    var detail = await(platform.bus.ask(Channels.GET_STRATEGY, new GetStrategy(name, null)));
    var version = detail.version();
    return new Kept(version == null ? 0 : version.number(), detail.source());
  }

  static String replay(String strategy) {
    return await(
            platform.bus.ask(
                Channels.START_SESSION,
                new StartSession(
                    SessionMode.PAPER,
                    List.of("BTCUSD"),
                    List.of(new StrategyRequest(strategy, Map.of())),
                    new BigDecimal("100000"),
                    "demo",
                    null,
                    60.0)))
        .sessionId();
  }

  static void stop(String session) {
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
  }

  /// Puts a text in place of the one in the editor; the cursor is at its end.
  void write(String text) {
    content().press("Control+a");
    page.keyboard().insertText(text);
  }

  Locator content() {
    return element("editor").locator(".cm-content");
  }

  Locator completions() {
    return page.locator(".cm-tooltip-autocomplete li[aria-selected]");
  }
}
