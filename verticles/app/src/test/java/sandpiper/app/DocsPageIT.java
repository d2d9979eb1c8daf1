package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sandpiper.testkit.SharedData;

/// The contract as a page.
class DocsPageIT extends BrowserTest {
  private static TestPlatform platform;

  @BeforeAll
  static void open() throws IOException {
    platform = TestPlatform.start();
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @Test
  void everyOperationIsShown() throws IOException {
    var contract = Files.readString(SharedData.home().resolve("conf/openapi.yaml"));
    int operations = (int) Pattern.compile("operationId:").matcher(contract).results().count();
    visit(platform, "/docs");

    assertThat(page.locator(".opblock")).hasCount(operations);
    assertThat(operations).isGreaterThan(50);
    page.locator("#operations-operations-health .opblock-summary-control").click();
    page.locator(".try-out__btn").click();
    page.locator("button.execute").click();
    assertThat(page.locator(".live-responses-table .response-col_status").last())
        .containsText("200");
    screenshot("docs-1440");
  }

  @Test
  void aStrangerIsSentToTheConsole() {
    provoked.add("401");
    page.navigate(platform.url() + "/docs");

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Log in to the console first");
  }
}
