package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A page of its own for every test, in Debian's Chromium, dark and wide to begin with. A test
/// fails on whatever the browser complains of.
abstract class BrowserTest {
  static final double PATIENCE = 60_000;

  private static Chromium chromium;

  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /// What the browser may say of answers that a test provokes.
  final List<String> provoked = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init") // before each test
  private BrowserContext context;

  @SuppressWarnings("NullAway.Init") // before each test
  Page page;

  @BeforeAll
  static void openBrowser() {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @AfterAll
  static void closeBrowser() {
    chromium.close();
  }

  @BeforeEach
  void openPage() {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1440, 900)
                    .setColorScheme(ColorScheme.DARK));
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && provoked.stream().noneMatch(message.text()::contains)) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void nobodyComplained() {
    context.close();
    assertThat(complaints).isEmpty();
  }

  /// Opens a page of the console as somebody who has logged in.
  ///
  /// @param path after the address, such as `/#/strategies`
  void visit(TestPlatform platform, String path) {
    if (context.cookies().isEmpty()) {
      var login = Map.of("user", "admin", "password", TestPlatform.PASSWORD);
      var answer =
          context
              .request()
              .post(platform.url() + "/api/login", RequestOptions.create().setData(login));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
    page.navigate(platform.url() + path);
  }

  Locator element(String testId) {
    return page.getByTestId(testId);
  }

  /// Looks with axe, and leaves pictures of the wide and of the narrow screen.
  void picture(String what, String theme) {
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(theme.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT));
    PlaywrightAssertions.assertThat(page.locator("html")).hasAttribute("data-theme", theme);
    for (var width : List.of(390, 1440)) {
      page.setViewportSize(width, width == 390 ? 844 : 900);
      var name = what + "-" + theme + "-" + width;
      screenshot(name);
      // The list of completions is steered from the editor, which names the chosen one. Hundreds
      // of rows are all drawn alike, and axe takes minutes for what it can say of twelve.
      var axe =
          new AxeBuilder(page)
              .exclude(".cm-tooltip-autocomplete > ul")
              .exclude("[role=row]:nth-child(n+13)");
      assertThat(axe.analyze().getViolations())
          .as(name)
          .allSatisfy(rule -> assertThat(rule.getId() + " " + rule.getNodes()).isEmpty());
    }
  }

  void screenshot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Chromium.screenshot(name)));
  }
}
