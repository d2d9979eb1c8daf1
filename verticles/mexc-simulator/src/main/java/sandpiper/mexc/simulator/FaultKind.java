package sandpiper.mexc.simulator;

import org.jspecify.annotations.Nullable;

/// What can go wrong on demand.
enum FaultKind {
  LATENCY("latency"),
  SERVER_ERROR("server-error"),
  RATE_LIMIT("rate-limit"),
  DROP_SOCKETS("drop-sockets"),
  HALF_OPEN_SOCKETS("half-open-sockets"),
  GARBAGE("garbage"),
  DEPTH_GAP("depth-gap"),
  DUPLICATE_FILL("duplicate-fill"),
  LATE_FILL("late-fill"),
  EXPIRE_LISTEN_KEYS("expire-listen-keys"),
  PARTIAL_CANCEL("partial-cancel"),
  SYMBOL_OFFLINE("symbol-offline");

  private final String label;

  FaultKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static @Nullable FaultKind named(String label) {
    for (var kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    return null;
  }
}
