package sandpiper.domain.market;

import java.util.regex.Pattern;

/// The length of a bar, written `30s`, `1m`, `4h` or `1d`; bars start at whole multiples of it
/// since 1970.
///
/// @param micros length in microseconds, at least one second, whole seconds
public record Interval(long micros) {
  private static final long SECOND = 1_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  public Interval {
    if (micros < SECOND || micros % SECOND != 0 || micros > 366 * DAY) {
      throw new IllegalArgumentException(
          "interval must be whole seconds from 1s to 366d, was " + micros + " microseconds");
    }
  }

  /// Reads `30s`, `1m`, `4h`, `1d`.
  public static Interval parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "interval must be a number and one of s, m, h, d, such as 30s, 1m, 4h or 1d, was '"
              + text
              + "'");
    }
    var unit =
        switch (matcher.group(2)) {
          case "s" -> SECOND;
          case "m" -> MINUTE;
          case "h" -> HOUR;
          default -> DAY;
        };
    return new Interval(Long.parseLong(matcher.group(1)) * unit);
  }

  /// The start of the bar that `time` (UTC microseconds) falls into.
  public long floor(long time) {
    return Math.floorDiv(time, micros) * micros;
  }

  /// Whether bars of this length can be built from bars of length `smaller`.
  public boolean isMultipleOf(Interval smaller) {
    return micros % smaller.micros == 0;
  }

  @Override
  public String toString() {
    if (micros % DAY == 0) {
      return micros / DAY + "d";
    }
    if (micros % HOUR == 0) {
      return micros / HOUR + "h";
    }
    if (micros % MINUTE == 0) {
      return micros / MINUTE + "m";
    }
    return micros / SECOND + "s";
  }
}
