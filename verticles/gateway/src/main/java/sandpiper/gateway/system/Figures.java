package sandpiper.gateway.system;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads meters for a screen, by name and label.
final class Figures {
  private final MeterRegistry registry;

  Figures(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Every timer of a name: its label, how often, and milliseconds of the last minutes.
  JsonArray timers(String name, String label) {
    var all = new JsonArray();
    ordered(registry.find(name).timers(), label).forEach(timer -> all.add(times(timer, label)));
    return all;
  }

  private static JsonObject times(Timer timer, String label) {
    var snapshot = timer.takeSnapshot();
    var json = new JsonObject().put(label, timer.getId().getTag(label)).put("count", timer.count());
    for (var value : snapshot.percentileValues()) {
      json.put(
          "p" + Math.round(value.percentile() * 100) + "_ms", value.value(TimeUnit.MILLISECONDS));
    }
    return json.put("max_ms", timer.max(TimeUnit.MILLISECONDS));
  }

  /// Every gauge or counter of a name: its label and its value, a whole number.
  JsonArray values(String name, String label, String value) {
    var all = new JsonArray();
    ordered(registry.find(name).meters(), label)
        .forEach(meter ->
            all.add(
                new JsonObject()
                    .put(label, meter.getId().getTag(label))
                    .put(value, Math.round(valueOf(meter)))));
    return all;
  }

  /// The sum over all labels; null when there is no such meter.
  @Nullable Double sum(String name) {
    return sum(registry.find(name).meters());
  }

  @Nullable Double sum(String name, String label, String value) {
    return sum(registry.find(name).tag(label, value).meters());
  }

  private static @Nullable Double sum(Collection<Meter> meters) {
    return meters.isEmpty()
        ? null
        : meters.stream().mapToDouble(Figures::valueOf).filter(Double::isFinite).sum();
  }

  private static <M extends Meter> List<M> ordered(Collection<M> meters, String label) {
    return meters.stream()
        .sorted(Comparator.comparing(meter -> Objects.toString(meter.getId().getTag(label), "")))
        .toList();
  }

  private static double valueOf(Meter meter) {
    return switch (meter) {
      case Gauge gauge -> gauge.value();
      case Counter counter -> counter.count();
      case FunctionCounter counter -> counter.count();
      default -> throw new IllegalArgumentException(meter.getId() + " is no single number");
    };
  }
}
