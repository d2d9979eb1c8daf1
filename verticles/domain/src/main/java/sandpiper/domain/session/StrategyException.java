package sandpiper.domain.session;

import java.io.Serial;

/// A strategy is at fault; the message is meant for its author.
public final class StrategyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String strategy;
  private final int line;
  private final int column;

  /// @param line in the script, from 1; 0 when there is none to name
  /// @param column in that line, from 1; 0 when there is none to name
  public StrategyException(String strategy, int line, int column, String reason) {
    this(place(strategy, line, column) + ": " + reason, strategy, line, column);
  }

  private StrategyException(String message, String strategy, int line, int column) {
    super(message);
    this.strategy = strategy;
    this.line = line;
    this.column = column;
  }

  /// One that was thrown elsewhere.
  ///
  /// @param message whole, with the place in it
  public static StrategyException of(String strategy, int line, int column, String message) {
    return new StrategyException(message, strategy, line, column);
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

  private static String place(String strategy, int line, int column) {
    return line == 0 ? strategy : strategy + ":" + line + ":" + column;
  }
}
