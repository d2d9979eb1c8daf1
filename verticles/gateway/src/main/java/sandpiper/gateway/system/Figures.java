package sandpiper.gateway.system;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import sandpiper.gateway.system.SystemFigures.Times;

/// Reads meters for a screen, by name and label.
final class Figures {
  private final MeterRegistry registry;

  Figures(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Every timer of a name.
  ///
  /// @param entry of a label's value and its times
  <T> List<T> timers(String name, String label, BiFunction<String, Times, T> entry) {
    return ordered(registry.find(name).timers(), label).stream()
        .map(timer -> entry.apply(text(timer, label), times(timer)))
        .toList();
  }

  private static Times times(Timer timer) {
    var taken = timer.takeSnapshot();
    return new Times(
        timer.count(),
        millis(taken, 0.5),
        millis(taken, 0.95),
        millis(taken, 0.99),
        timer.max(TimeUnit.MILLISECONDS));
  }

  private static double millis(HistogramSnapshot taken, double percentile) {
    for (var value : taken.percentileValues()) {
      if (value.percentile() == percentile) {
        return value.value(TimeUnit.MILLISECONDS);
      }
    }
    throw new IllegalArgumentException("the timer has no percentile " + percentile);
  }

  /// Every gauge or counter of a name, as a whole number.
  ///
  /// @param entry of a label's value and the number
  <T> List<T> values(String name, String label, BiFunction<String, Long, T> entry) {
    return ordered(registry.find(name).meters(), label).stream()
        .map(meter -> entry.apply(text(meter, label), Math.round(valueOf(meter))))
        .toList();
  }

  private static String text(Meter meter, String label) {
    return Objects.requireNonNullElse(meter.getId().getTag(label), "");
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
    return meters.stream().sorted(Comparator.comparing(meter -> text(meter, label))).toList();
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
