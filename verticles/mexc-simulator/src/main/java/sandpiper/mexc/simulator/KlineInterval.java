package sandpiper.mexc.simulator;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// The lengths of candles, with their names in REST and on the WebSocket. Days, weeks (from Monday)
/// and months are those of UTC.
enum KlineInterval {
  MIN1("1m", "Min1", Duration.ofMinutes(1)),
  MIN5("5m", "Min5", Duration.ofMinutes(5)),
  MIN15("15m", "Min15", Duration.ofMinutes(15)),
  MIN30("30m", "Min30", Duration.ofMinutes(30)),
  MIN60("60m", "Min60", Duration.ofHours(1)),
  HOUR4("4h", "Hour4", Duration.ofHours(4)),
  HOUR8(null, "Hour8", Duration.ofHours(8)),
  DAY1("1d", "Day1", Duration.ofDays(1)),
  WEEK1("1W", "Week1", Duration.ofDays(7)),
  MONTH1("1M", "Month1", Duration.ofDays(31));

  private final @Nullable String restName;
  private final String streamName;
  private final long length;

  KlineInterval(@Nullable String restName, String streamName, Duration length) {
    this.restName = restName;
    this.streamName = streamName;
    this.length = length.toMillis();
  }

  String streamName() {
    return streamName;
  }

  static @Nullable KlineInterval ofRest(String name) {
    for (var interval : values()) {
      if (name.equals(interval.restName)) {
        return interval;
      }
    }
    return null;
  }

  static @Nullable KlineInterval ofStream(String name) {
    for (var interval : values()) {
      if (name.equals(interval.streamName)) {
        return interval;
      }
    }
    return null;
  }

  /// When the candle began that a time lies in.
  long open(long time) {
    return switch (this) {
      case WEEK1 -> millis(date(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH1 -> millis(date(time).withDayOfMonth(1));
      default -> time - Math.floorMod(time, length);
    };
  }

  /// When the candle ends that began at a time.
  long end(long open) {
    return this == MONTH1 ? millis(date(open).plusMonths(1)) : open + length;
  }

  private static LocalDate date(long time) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
  }

  private static long millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
