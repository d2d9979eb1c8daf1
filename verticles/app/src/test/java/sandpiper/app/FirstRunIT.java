package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// What somebody sees who starts the platform for the first time: the demo runs, and a strip says
/// what to do with it.
class FirstRunIT extends BrowserTest {
  private static final String SLOW = "  slow: { use: 'ema',";
  private static final String MINE =
      "  mine: { use: 'sma', on: 'main.close', period: 5, plot: 'price' },\n";

  @TempDir static Path folder;
  private static TestPlatform platform;

  @BeforeAll
  static void open() throws IOException {
    Files.copy(
        SharedData.home().resolve("strategies-js/ema-cross.js"), folder.resolve("ema-cross.js"));
    var settings = TestPlatform.settings(TestPlatform.freshDirectory());
    settings.getJsonObject("strategies").put("folder", folder.toString());
    settings.getJsonObject("demo").put("enabled", true);
    platform =
        TestPlatform.start(
            AppConfig.of(settings, Map.of("SANDPIPER_ADMIN_PASSWORD", TestPlatform.PASSWORD)));
    await(platform.platform.startDemo());
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @Test
  void theDemoLeadsToItsStrategyAndShowsWhatIsSaved() throws IOException {
    visit(platform, "");
    var strip = element("first-steps");
    assertThat(strip).containsText("Edit this strategy, save, and watch it change here.");
    assertThat(legend()).containsText("slow");
    assertThat(legend()).not().containsText("mine");
    picture("first-run", "light");
    picture("first-run", "dark");

    element("first-steps-edit").click();
    assertThat(page).hasURL(platform.url() + "/#/strategies/ema-cross");
    var editor = element("editor").locator(".cm-content");
    assertThat(editor).containsText("the demo strategy");
    var source = Files.readString(folder.resolve("ema-cross.js"));
    editor.press("Control+a");
    page.keyboard().insertText(source.replace(SLOW, MINE + SLOW));
    page.keyboard().press("Control+s");
    element("page-live").click();

    assertThat(strip).containsText("Your version runs");
    assertThat(legend()).containsText("mine");

    element("first-steps-dismiss").click();
    assertThat(strip).hasCount(0);
    page.reload();
    assertThat(legend()).containsText("mine");
    assertThat(strip).hasCount(0);
  }

  private Locator legend() {
    return element("chart-legend");
  }
}
