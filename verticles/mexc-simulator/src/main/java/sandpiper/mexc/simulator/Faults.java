package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is still to go wrong, the oldest demand first.
final class Faults {
  private static final int MOST = 100;

  private final List<Waiting> waiting = new ArrayList<>();

  private static final class Waiting {
    private final Fault fault;
    private int left;

    private Waiting(Fault fault) {
      this.fault = fault;
      left = fault.count();
    }
  }

  /// @throws IllegalArgumentException when too many wait
  void add(Fault fault) {
    if (waiting.size() == MOST) {
      throw new IllegalArgumentException("at most " + MOST + " faults may wait");
    }
    waiting.add(new Waiting(fault));
  }

  /// Whether something goes wrong now; that is once less to come.
  ///
  /// @return how; null when nothing does
  @Nullable Fault take(FaultKind kind, @Nullable String symbol, @Nullable String endpoint) {
    for (var each : waiting) {
      if (each.fault.kind() == kind && each.fault.concerns(symbol, endpoint)) {
        each.left--;
        waiting.removeIf(other -> other.left == 0);
        return each.fault;
      }
    }
    return null;
  }

  void clear() {
    waiting.clear();
  }

  JsonArray toJson() {
    var rows = new JsonArray();
    waiting.forEach(each -> rows.add(each.fault.toJson(each.left)));
    return rows;
  }
}
