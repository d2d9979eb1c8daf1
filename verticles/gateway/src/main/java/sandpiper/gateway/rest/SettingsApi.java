package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.ChangeLimits;
import sandpiper.bus.Messages.FindSetting;
import sandpiper.bus.Messages.ReadLimits;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StandingLimits;
import sandpiper.bus.Messages.WriteSetting;
import sandpiper.bus.Refusal;
import sandpiper.domain.trading.RiskLimits;

/// The operations on what users choose: how the console looks to them, and what sessions may do
/// that name no limits.
final class SettingsApi {
  private static final String CONSOLE = "console";

  private final Bus bus;

  SettingsApi(Bus bus) {
    this.bus = bus;
  }

  Future<Answer> settings(Call call) {
    return bus.ask(Channels.FIND_SETTING, new FindSetting(call.user(), CONSOLE))
        .map(SettingsApi::answer);
  }

  Future<Answer> saveSettings(Call call) {
    var wanted = Requests.body(call.request());
    var zone = wanted.getString("time_zone");
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw Refusal.invalid(
          "time_zone must be the name of a time zone, such as UTC or Europe/Berlin, was '"
              + zone
              + "'");
    }
    return bus.ask(
            Channels.WRITE_SETTING,
            new WriteSetting(call.user(), CONSOLE, wanted.encode(), call.user()))
        .map(SettingsApi::answer);
  }

  /// What was saved before a setting came to be gets the usual one.
  private static Answer answer(Setting setting) {
    var settings =
        new JsonObject()
            .put("theme", "system")
            .put("palette", "teal-orange")
            .put("time_zone", "UTC")
            .put("confirm_cancel", false);
    var value = setting.value();
    return Answer.ok(value == null ? settings : settings.mergeIn(new JsonObject(value)));
  }

  Future<Answer> limits(Call call) {
    return bus.ask(Channels.READ_LIMITS, new ReadLimits()).map(SettingsApi::answer);
  }

  Future<Answer> saveLimits(Call call) {
    return change(call, Requests.risk(Requests.body(call.request())));
  }

  Future<Answer> forgetLimits(Call call) {
    return change(call, null);
  }

  private Future<Answer> change(Call call, @Nullable RiskLimits limits) {
    return bus.ask(Channels.CHANGE_LIMITS, new ChangeLimits(limits, call.user()))
        .map(SettingsApi::answer);
  }

  private static Answer answer(StandingLimits standing) {
    var saved = standing.saved();
    return Answer.ok(
        new JsonObject()
            .put("limits", view(standing.limits()))
            .put("saved", saved == null ? null : view(saved))
            .put("configured", view(standing.configured()))
            .put("firm", view(standing.firm()))
            .put("changed_at", standing.changedAt())
            .put("changed_by", standing.changedBy()));
  }

  /// As a request has them: what does not hold is left out.
  private static JsonObject view(RiskLimits limits) {
    var json = Json.object(limits);
    json.getMap().values().removeIf(Objects::isNull);
    return json;
  }
}
