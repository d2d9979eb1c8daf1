package sandpiper.domain.session;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Interval;

/// How long an order waits, as a strategy writes it.
///
/// @param expiresAt UTC microseconds; null for never
record Lifetime(TimeInForce timeInForce, @Nullable Long expiresAt) {
  private static final long SECOND = 1_000_000;
  private static final long DAY = Interval.parse("1d").micros();

  /// Reads `GTC`, `IOC`, `FOK`, `DAY` or `GTD:` with a duration (`2m`), a time
  /// (`2020-01-31T12:00:00Z`) or milliseconds since 1970.
  ///
  /// @param now UTC microseconds
  static Lifetime parse(String text, long now) {
    if (text.startsWith("GTD:")) {
      long expiresAt = time(text, text.substring(4), now);
      if (expiresAt <= now) {
        throw new IllegalArgumentException(
            "tif must end after now, " + instant(now) + ", was '" + text + "'");
      }
      return new Lifetime(TimeInForce.GTD, expiresAt);
    }
    return switch (text) {
      case "GTC" -> new Lifetime(TimeInForce.GTC, null);
      case "IOC" -> new Lifetime(TimeInForce.IOC, null);
      case "FOK" -> new Lifetime(TimeInForce.FOK, null);
      case "DAY" -> new Lifetime(TimeInForce.DAY, (Math.floorDiv(now, DAY) + 1) * DAY);
      default -> throw wrong(text);
    };
  }

  private static long time(String text, String end, long now) {
    try {
      if (end.matches("[1-9][0-9]{0,5}[smhd]")) {
        return now + Interval.parse(end).micros();
      }
      if (end.matches("[0-9]{1,15}(\\.[0-9]+)?")) {
        return Math.round(Double.parseDouble(end) * 1e3);
      }
      var time = OffsetDateTime.parse(end.toUpperCase(Locale.ROOT));
      return time.toEpochSecond() * SECOND + time.getNano() / 1_000;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw wrong(text);
    }
  }

  private static String instant(long micros) {
    int nanos = (int) Math.floorMod(micros, SECOND) * 1_000;
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofEpochSecond(Math.floorDiv(micros, SECOND), nanos, ZoneOffset.UTC))
        + "Z";
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "tif must be 'GTC', 'IOC', 'FOK', 'DAY' or 'GTD:' with a duration or a time, such as"
            + " 'GTD:2m' or 'GTD:2020-01-31T12:00:00Z', was '"
            + text
            + "'");
  }
}
