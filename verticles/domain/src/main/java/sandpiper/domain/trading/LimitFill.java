package sandpiper.domain.trading;

/// When a limit order that waits is filled by bars, trades and quotes, which do not say how many
/// orders waited before it.
public enum LimitFill {
  /// Once the market comes to its price: it was the first in the queue.
  TOUCH,
  /// Once the market goes beyond its price: it was the last.
  THROUGH;

  /// @throws IllegalArgumentException naming what is allowed
  public static LimitFill parse(String text) {
    return Words.parse(values(), "limit fill", text);
  }

  /// As it is written: `touch`, `through`.
  public String text() {
    return Words.text(this);
  }
}
