package sandpiper.domain.session;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A strategy is at fault; the message is meant for its author.
public final class StrategyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String strategy;
  private final int line;
  private final int column;
  private final @Nullable String excerpt;
  private final transient List<String> stack;
  private final String reason;

  /// @param line in the script, from 1; 0 when there is none to name
  /// @param column in that line, from 1; 0 when there is none to name
  public StrategyException(String strategy, int line, int column, String reason) {
    this(strategy, line, column, reason, null, List.of());
  }

  /// @param excerpt of the script around the place, with a mark under it; null when there is none
  /// @param stack functions of the script that were under way, the innermost first, such as `onBar
  ///   (sma-cross.js:24:5)`
  public StrategyException(
      String strategy,
      int line,
      int column,
      String reason,
      @Nullable String excerpt,
      List<String> stack) {
    this(
        place(strategy, line, column) + ": " + reason,
        strategy,
        line,
        column,
        reason,
        excerpt,
        stack);
  }

  private StrategyException(
      String message,
      String strategy,
      int line,
      int column,
      String reason,
      @Nullable String excerpt,
      List<String> stack) {
    super(message);
    this.strategy = strategy;
    this.line = line;
    this.column = column;
    this.excerpt = excerpt;
    this.stack = List.copyOf(stack);
    this.reason = reason;
  }

  /// One that was thrown elsewhere.
  ///
  /// @param message whole, with the place in it
  public static StrategyException of(String strategy, int line, int column, String message) {
    return of(strategy, line, column, message, null, List.of());
  }

  /// One that was thrown elsewhere, with all that was known of it there.
  ///
  /// @param message whole, with the place in it
  public static StrategyException of(
      String strategy,
      int line,
      int column,
      String message,
      @Nullable String excerpt,
      List<String> stack) {
    var place = place(strategy, line, column) + ": ";
    var reason = message.startsWith(place) ? message.substring(place.length()) : message;
    return new StrategyException(message, strategy, line, column, reason, excerpt, stack);
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

  public @Nullable String excerpt() {
    return excerpt;
  }

  public List<String> stack() {
    return stack;
  }

  /// The message without the place.
  public String reason() {
    return reason;
  }

  private static String place(String strategy, int line, int column) {
    return line == 0 ? strategy : strategy + ":" + line + ":" + column;
  }
}
