package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Channels;

/// Looks, tokens, users and the audit log, in a browser.
class SettingsPageIT extends BrowserTest {
  private static TestPlatform platform;

  @BeforeAll
  static void open() throws IOException {
    platform = TestPlatform.start();
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  private void settings() {
    visit(platform, "/#/settings");
    assertThat(element("token-row").first()).isVisible();
  }

  private Locator user(String name) {
    return element("user-row")
        .filter(new Locator.FilterOptions().setHas(page.getByLabel("Role of " + name)));
  }

  private static UserAccount account(String name) {
    return await(platform.bus.ask(Channels.LIST_USERS, new ListUsers())).users().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String secret() {
    var secret = element("secret").innerText();
    element("secret-close").click();
    assertThat(element("secret-dialog")).hasCount(0);
    return secret;
  }

  @Test
  void thePageIsReadInBothThemesAndOnAPhone() {
    settings();
    assertThat(user("admin")).isVisible();
    picture("settings", "dark");
    picture("settings", "light");
  }

  @Test
  void whatIsChosenIsKeptForEveryBrowserOfTheUser() {
    settings();
    var up = "getComputedStyle(document.documentElement).getPropertyValue('--up')";
    var usual = page.evaluate(up);
    element("palette-red-green").check();
    assertThat(page.evaluate(up)).isNotEqualTo(usual);
    element("time-zone").selectOption("Asia/Tokyo");
    element("confirm-cancel").check();
    page.waitForResponse(
        answer -> answer.url().endsWith("/api/settings") && answer.ok(),
        () -> element("theme-light").check());
    page.evaluate("localStorage.clear()");
    page.reload();
    try {
      assertThat(element("palette-red-green")).isChecked();
      assertThat(page.locator("html")).hasAttribute("data-theme", "light");
      assertThat(page.evaluate(up)).isNotEqualTo(usual);
      assertThat(element("confirm-cancel")).isChecked();
      assertThat(element("time-zone")).hasValue("Asia/Tokyo");
      assertThat(page.getByText("Since (Asia/Tokyo)")).isVisible();
    } finally {
      element("palette-teal-orange").check();
      element("time-zone").selectOption("UTC");
      element("confirm-cancel").uncheck();
      page.waitForResponse(
          answer -> answer.url().endsWith("/api/settings") && answer.ok(),
          () -> element("theme-system").check());
    }
  }

  @Test
  void limitsAreSavedRefusedAndForgotten() {
    provoked.add("400");
    settings();
    assertThat(element("limits-origin")).containsText("limits of the configuration");
    assertThat(element("limits-save")).isDisabled();
    element("limit-order_notional").fill("2500");
    element("limit-daily_loss").fill("500");
    element("limit-daily_loss-action").selectOption("close");
    element("limits-save").click();
    assertThat(element("limits-origin")).containsText("Saved by admin");
    page.reload();
    assertThat(element("limit-order_notional")).hasValue("2500");
    assertThat(element("limit-daily_loss-action")).hasValue("close");

    element("limit-leverage").fill("0");
    element("limits-save").click();
    assertThat(element("limits-error")).containsText("leverage");
    element("limits-discard").click();
    assertThat(element("limit-leverage")).hasValue("");

    element("limits-forget").click();
    assertThat(element("limits-forget-dialog-keep")).isFocused();
    element("limits-forget-dialog-confirm").click();
    assertThat(element("limits-origin")).containsText("limits of the configuration");
    assertThat(element("limit-order_notional")).hasValue("");
  }

  @Test
  void aTokenIsShownOnceLetsAProgramInAndIsRevoked() throws Exception {
    provoked.add("401");
    settings();
    assertThat(element("token-create")).isDisabled();
    element("token-label").fill("my notebook");
    element("token-create").click();
    var secret = secret();
    assertThat(secret).startsWith("sp_");
    var row = element("token-row").filter(new Locator.FilterOptions().setHasText("my notebook"));
    assertThat(row).containsText("read");
    assertThat(page.content()).doesNotContain(secret);
    assertThat(status(secret, "/api/strategies")).isEqualTo(200);
    assertThat(status(secret, "/api/users")).isEqualTo(403);
    row.getByTestId("token-revoke").click();
    assertThat(row).hasCount(0);
    assertThat(status(secret, "/api/strategies")).isEqualTo(401);
  }

  private static int status(String secret, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(platform.url() + path))
            .header("Authorization", "Bearer " + secret)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aUserComesInChangesRolesAndGoes() {
    settings();
    element("user-name").fill("vera");
    element("user-create").click();
    var first = secret();
    assertThat(first).isNotBlank();
    assertThat(user("vera")).containsText("must choose a password");
    user("vera").getByTestId("role-of").selectOption("trader");
    page.waitForCondition(() -> account("vera").role() == Role.TRADER);
    user("vera").getByTestId("user-reset").click();
    assertThat(secret()).isNotEqualTo(first);
    user("vera").getByTestId("user-disable").click();
    assertThat(user("vera")).containsText("shut out");
    assertThat(account("vera").disabled()).isTrue();
    user("vera").getByTestId("user-delete").click();
    assertThat(element("delete-user-dialog-keep")).isFocused();
    element("delete-user-dialog-confirm").click();
    assertThat(user("vera")).hasCount(0);
    page.reload();
    assertThat(element("audit-row").first()).isVisible();
    for (var done : new String[] {"createUser", "changeUser", "resetPassword", "deleteUser"}) {
      assertThat(element("audit-row").filter(new Locator.FilterOptions().setHasText(done)).first())
          .containsText("admin");
    }
  }

  @Test
  void whatIsRefusedIsSaidWhereItWasAsked() {
    provoked.add("400");
    provoked.add("409");
    settings();
    element("user-name").fill("Otto!");
    element("user-create").click();
    assertThat(element("user-error")).containsText("was 'Otto!'");
    user("admin").getByTestId("user-disable").click();
    assertThat(element("user-error")).containsText("last admin");
    assertThat(user("admin")).containsText("active");
  }

  @Test
  void whoOnlyLooksSeesNeitherUsersNorTheAuditLog() {
    settings();
    element("user-name").fill("lena");
    element("user-create").click();
    var password = secret();
    element("account-button").click();
    element("logout").click();
    provoked.add("401");
    element("login-user").fill("lena");
    element("login-password").fill(password);
    element("login-submit").click();
    element("password-new").fill("lena looks on");
    element("password-again").fill("lena looks on");
    element("password-submit").click();
    assertThat(element("token-row").first()).isVisible();
    assertThat(element("user-name")).hasCount(0);
    assertThat(element("audit-row")).hasCount(0);
    assertThat(element("token-may-trade")).hasCount(0);
  }
}
