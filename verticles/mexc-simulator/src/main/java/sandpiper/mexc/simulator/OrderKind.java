package sandpiper.mexc.simulator;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.matching.Execution;

/// The order types of the API.
enum OrderKind {
  LIMIT(1, Execution.GTC),
  LIMIT_MAKER(2, Execution.POST_ONLY),
  IMMEDIATE_OR_CANCEL(3, Execution.IOC),
  FILL_OR_KILL(4, Execution.FOK),
  MARKET(5, Execution.IOC);

  private final int number;
  private final Execution execution;

  OrderKind(int number, Execution execution) {
    this.number = number;
    this.execution = execution;
  }

  /// What the private stream calls it.
  int number() {
    return number;
  }

  Execution execution() {
    return execution;
  }

  /// Whether a part of it may fill on arrival.
  boolean mayFillInPart() {
    return this != LIMIT_MAKER && this != FILL_OR_KILL;
  }

  static @Nullable OrderKind named(String name) {
    for (var kind : values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
