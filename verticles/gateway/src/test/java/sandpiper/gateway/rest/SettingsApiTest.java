package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Messages.ChangeLimits;
import sandpiper.bus.Messages.FindSetting;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ReadLimits;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StandingLimits;
import sandpiper.bus.Messages.WriteSetting;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;

/// What users choose; every answer is held against the contract.
class SettingsApiTest {
  private static final String USUAL =
      """
      {"theme": "system", "palette": "teal-orange", "time_zone": "UTC", "confirm_cancel": false}
      """;

  private final RunningGateway gateway = RunningGateway.start();

  @BeforeEach
  void forgetWhatTheStartAsked() throws InterruptedException {
    assertThat(gateway.platform.asked.take()).isEqualTo(new ListSessions(null));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whoNeverChoseHasTheUsualSettings() {
    assertThat(gateway.get("/api/settings").json()).isEqualTo(new JsonObject(USUAL));
    assertThat(gateway.platform.asked).containsExactly(new FindSetting("admin", "console"));
  }

  @Test
  void whatCameLaterHasItsUsualValue() {
    gateway.platform.setting = new Setting("{\"theme\": \"light\"}", 1L, "admin");

    assertThat(gateway.get("/api/settings").json())
        .isEqualTo(new JsonObject(USUAL).put("theme", "light"));
  }

  @Test
  void settingsAreSavedForTheOneWhoAsks() {
    var wanted = new JsonObject(USUAL).put("time_zone", "Europe/Berlin");

    assertThat(save(wanted).json()).isEqualTo(wanted);
    assertThat(gateway.platform.asked)
        .containsExactly(new WriteSetting("admin", "console", wanted.encode(), "admin"));
  }

  @Test
  void aTokenDoesNotSaveThem() {
    var reply = gateway.put("/api/settings", new JsonObject(USUAL));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.detail()).contains("logged in");
    assertThat(gateway.platform.asked).isEmpty();
  }

  /// As the console does.
  private Reply save(JsonObject settings) {
    gateway.users.token("sp_login", "admin", TokenKind.LOGIN, Role.ADMIN.permissions());
    var request =
        gateway
            .strange(HttpMethod.PUT, "/api/settings")
            .putHeader("Cookie", "sandpiper_login=sp_login")
            .putHeader("Origin", "http://127.0.0.1:" + gateway.port())
            .putHeader("content-type", "application/json");
    return gateway.send(request, HttpMethod.PUT, "/api/settings", settings.toBuffer());
  }

  @ParameterizedTest
  @CsvSource({
    "theme, blue",
    "palette, none",
    "time_zone, Mars/Olympus",
    "time_zone, 'no zone'",
    "confirm_cancel, perhaps",
  })
  void aWrongSettingIsNamed(String name, String value) {
    var reply = save(new JsonObject(USUAL).put(name, value));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getString("detail")).contains(name);
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void limitsSayWhereTheyComeFrom() {
    var saved = RiskLimits.parse(Map.of("order-notional", "2500", "daily-loss", "500:cancel"));
    var firm = RiskLimits.parse(Map.of("leverage", "2"));
    gateway.platform.limits =
        new StandingLimits(firm.over(saved), saved, RiskLimits.NONE, firm, 7L, "admin");

    assertThat(gateway.get("/api/risk/limits").json())
        .isEqualTo(
            new JsonObject(
                """
                {"limits": {"order_notional": "2500", "leverage": "2",
                  "daily_loss": {"limit": "500", "action": "cancel"}},
                 "saved": {"order_notional": "2500",
                  "daily_loss": {"limit": "500", "action": "cancel"}},
                 "configured": {}, "firm": {"leverage": "2"},
                 "changed_at": 7, "changed_by": "admin"}
                """));
    assertThat(gateway.platform.asked).containsExactly(new ReadLimits());
  }

  @Test
  void limitsAreSavedWholeAndForgotten() {
    var wanted = new JsonObject().put("order_notional", "2500");
    assertThat(gateway.put("/api/risk/limits", wanted).status()).isEqualTo(200);
    assertThat(gateway.delete("/api/risk/limits").status()).isEqualTo(200);

    assertThat(gateway.platform.asked)
        .containsExactly(
            new ChangeLimits(RiskLimits.parse(Map.of("order-notional", "2500")), "admin"),
            new ChangeLimits(null, "admin"));
  }

  @Test
  void aWrongLimitIsNamed() {
    var reply = gateway.put("/api/risk/limits", new JsonObject().put("leverage", "-1"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getString("detail")).contains("leverage");
  }
}
