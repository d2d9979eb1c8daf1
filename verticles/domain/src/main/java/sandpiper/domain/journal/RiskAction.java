package sandpiper.domain.journal;

import java.util.Locale;

/// What a risk rule does when it is broken.
public enum RiskAction {
  /// Turns down orders that open or enlarge a position; what is there stays.
  BLOCK,
  /// Blocks, and cancels the orders that wait to open or enlarge a position. Exits stay.
  CANCEL,
  /// Blocks, cancels every order, and closes every position at the market.
  CLOSE;

  /// As it stands in rows and answers.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
