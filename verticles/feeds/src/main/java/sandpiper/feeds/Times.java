package sandpiper.feeds;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// UTC microseconds for people.
final class Times {
  private Times() {}

  static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
