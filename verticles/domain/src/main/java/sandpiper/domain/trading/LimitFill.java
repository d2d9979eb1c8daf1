package sandpiper.domain.trading;

import java.util.Arrays;
import java.util.Locale;

/// When a limit order that waits is filled by bars, trades and quotes, which do not say how many
/// orders waited before it.
public enum LimitFill {
  /// Once the market comes to its price: it was the first in the queue.
  TOUCH,
  /// Once the market goes beyond its price: it was the last.
  THROUGH;

  /// @throws IllegalArgumentException naming what is allowed
  public static LimitFill parse(String text) {
    for (var rule : values()) {
      if (rule.text().equals(text)) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "limit fill must be one of "
            + Arrays.stream(values()).map(LimitFill::text).toList()
            + ", was '"
            + text
            + "'");
  }

  /// As it is written: `touch`, `through`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
