package sandpiper.domain.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where a session's market data come from and where its orders go.
public enum SessionMode {
  /// Recorded data, simulated venue.
  BACKTEST("bt_"),
  /// Live or replayed data, simulated venue.
  PAPER("pp_"),
  /// Live data, real venue.
  LIVE("lv_"),
  /// Data recorded, nothing traded: there is no strategy and no account.
  COLLECTION("dc_");

  private final String prefix;

  SessionMode(String prefix) {
    this.prefix = prefix;
  }

  /// How the ids of such sessions begin.
  public String prefix() {
    return prefix;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param text `backtest`, `paper`, `live` or `collection`
  public static SessionMode parse(String text) {
    for (var mode : values()) {
      if (mode.text().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "mode must be one of "
            + Arrays.stream(values()).map(SessionMode::text).collect(Collectors.joining(", "))
            + ", was '"
            + text
            + "'");
  }
}
