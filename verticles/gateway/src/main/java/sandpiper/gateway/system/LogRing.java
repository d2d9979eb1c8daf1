package sandpiper.gateway.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// The latest lines of the log, in memory. Any thread.
public final class LogRing {
  /// Lines that are kept.
  public static final int CAPACITY = 2_000;

  /// Longer texts are cut.
  static final int MAX_CHARACTERS = 4_000;

  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private final Map<Level, Long> counts = new EnumMap<>(Level.class);
  private long written;

  /// @param number from 1, without a gap
  /// @param time UTC microseconds
  /// @param error class and message of what was thrown; null when nothing was
  public record Line(
      long number,
      long time,
      Level level,
      String logger,
      String message,
      @Nullable String sessionId,
      @Nullable String signalId,
      @Nullable String error) {}

  /// @param next to go on with; null at the end
  public record Page(List<Line> lines, @Nullable Long next) {}

  /// The oldest line goes when there are more than [#CAPACITY].
  public synchronized void add(
      long time,
      Level level,
      String logger,
      String message,
      @Nullable String sessionId,
      @Nullable String signalId,
      @Nullable String error) {
    if (lines.size() == CAPACITY) {
      lines.removeFirst();
    }
    lines.addLast(
        new Line(
            ++written, time, level, logger, cut(message), sessionId, signalId, cutOrNull(error)));
    counts.merge(level, 1L, Long::sum);
  }

  /// Newest first.
  ///
  /// @param least the level from which on lines count
  /// @param before number of the line to go on from; null for the newest
  /// @param limit lines at most, 1 or more
  public synchronized Page page(Level least, @Nullable Long before, int limit) {
    var found = new ArrayList<Line>();
    for (Iterator<Line> each = lines.descendingIterator(); each.hasNext(); ) {
      var line = each.next();
      boolean wanted = line.level().toInt() >= least.toInt();
      if (wanted && (before == null || line.number() < before)) {
        if (found.size() == limit) {
          return new Page(found, found.getLast().number());
        }
        found.add(line);
      }
    }
    return new Page(found, null);
  }

  /// How many lines of a level there were since the start, kept or not.
  public synchronized long count(Level level) {
    return counts.getOrDefault(level, 0L);
  }

  private static @Nullable String cutOrNull(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
  }
}
