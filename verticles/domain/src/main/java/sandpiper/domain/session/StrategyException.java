package sandpiper.domain.session;

import java.io.Serial;

/// A strategy is at fault; the message is meant for its author.
public final class StrategyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String strategy;
  private final int line;
  private final int column;
  private final String reason;

  /// @param line in the script, from 1; 0 when there is none to name
  /// @param column in that line, from 1; 0 when there is none to name
  public StrategyException(String strategy, int line, int column, String reason) {
    super(place(strategy, line, column) + ": " + reason);
    this.strategy = strategy;
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  public String strategy() {
    return strategy;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  /// The message without the place.
  public String reason() {
    return reason;
  }

  private static String place(String strategy, int line, int column) {
    return line == 0 ? strategy : strategy + ":" + line + ":" + column;
  }
}
