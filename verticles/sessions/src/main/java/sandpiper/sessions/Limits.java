package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ChangeLimits;
import sandpiper.bus.Messages.FindSetting;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StandingLimits;
import sandpiper.bus.Messages.WriteSetting;
import sandpiper.domain.trading.RiskLimits;

/// What sessions may do that name no limits of their own: what the command line says, then what was
/// saved at the console or else stands in the configuration.
final class Limits {
  private static final Logger LOG = LoggerFactory.getLogger(Limits.class);
  private static final String NAME = "risk-limits";

  private final Bus bus;
  private final RiskLimits configured;
  private final RiskLimits firm;
  private StandingLimits standing;

  Limits(Bus bus, SessionsConfig config) {
    this.bus = bus;
    configured = config.limits();
    firm = config.firmLimits();
    standing = standing(new Setting(null, null, null));
  }

  /// Those that were saved hold from here on.
  Future<?> open() {
    return bus.ask(Channels.FIND_SETTING, new FindSetting(null, NAME))
        .onSuccess(setting -> {
          standing = standing(setting);
          if (standing.saved() != null) {
            LOG.info("the risk limits that {} saved hold", standing.changedBy());
          }
        });
  }

  StandingLimits standing() {
    return standing;
  }

  /// Sessions that are running keep theirs.
  Future<StandingLimits> change(ChangeLimits change) {
    var limits = change.limits();
    var value = limits == null ? null : new JsonObject(new TreeMap<>(limits.texts())).encode();
    return bus.ask(Channels.WRITE_SETTING, new WriteSetting(null, NAME, value, change.by()))
        .map(setting -> standing = standing(setting));
  }

  private StandingLimits standing(Setting setting) {
    var saved = saved(setting.value());
    return new StandingLimits(
        firm.over(saved == null ? configured : saved),
        saved,
        configured,
        firm,
        setting.changedAt(),
        setting.changedBy());
  }

  private static @Nullable RiskLimits saved(@Nullable String value) {
    if (value == null) {
      return null;
    }
    var texts = new TreeMap<String, String>();
    new JsonObject(value).forEach(limit -> texts.put(limit.getKey(), (String) limit.getValue()));
    return RiskLimits.parse(texts);
  }
}
