package sandpiper.gateway.system;

import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the gateway shows of the platform itself.
///
/// @param metrics gives what is measured in the text format of Prometheus, such as
///   `registry::scrape`; called off the event loop; null when nothing is measured
/// @param about what does not change: version, start, configuration without secrets
public record SystemSources(
    @Nullable Supplier<String> metrics, Readiness readiness, LogRing log, JsonObject about) {
  /// Of a gateway that stands alone.
  public static SystemSources alone(@Nullable Supplier<String> metrics) {
    return new SystemSources(metrics, Readiness.up(), new LogRing(), new JsonObject());
  }
}
