package sandpiper.gateway.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whether the platform takes requests, and if not, what it still waits for. Any thread.
public final class Readiness {
  /// Where it is in its life.
  public enum Phase {
    STARTING,
    UP,
    STOPPING;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<String, Boolean> parts = new LinkedHashMap<>();
  private Phase phase = Phase.STARTING;

  /// Ready as it is.
  public static Readiness up() {
    var readiness = new Readiness();
    readiness.enter(Phase.UP);
    return readiness;
  }

  /// Names what has to be up, in the order of the start.
  public synchronized void expect(List<String> names) {
    names.forEach(name -> parts.put(name, false));
  }

  public synchronized void set(String part, boolean up) {
    parts.put(part, up);
  }

  public synchronized void enter(Phase phase) {
    this.phase = phase;
  }

  public synchronized Phase phase() {
    return phase;
  }

  /// Each part and whether it is up, in the order of the start.
  public synchronized Map<String, Boolean> parts() {
    return new LinkedHashMap<>(parts);
  }

  /// Sentences that say why it is not ready; empty when it is.
  public synchronized List<String> reasons() {
    return switch (phase) {
      case UP -> List.of();
      case STOPPING -> List.of("The platform is stopping.");
      case STARTING ->
          parts.entrySet().stream()
              .filter(part -> !part.getValue())
              .map(part -> "The platform is starting: " + part.getKey() + " is not up yet.")
              .findFirst()
              .map(List::of)
              .orElseGet(() -> List.of("The platform is starting."));
    };
  }
}
