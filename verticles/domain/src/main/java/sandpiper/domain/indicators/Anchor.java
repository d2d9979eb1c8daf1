package sandpiper.domain.indicators;

import java.time.LocalDate;
import java.util.List;
import sandpiper.domain.market.Bar;

/// Notices when a bar opens a new day, week (from Monday) or month, all in UTC.
final class Anchor {
  /// What an indicator begins anew with.
  enum Span {
    DAY,
    WEEK,
    MONTH,
    /// Never: one span for all time.
    NONE
  }

  static final List<Span> SPANS = List.of(Span.values());

  private static final long DAY_MICROS = 86_400_000_000L;

  private final Span span;
  private long day = Long.MIN_VALUE;
  private long current = Long.MIN_VALUE;

  Anchor(Span span) {
    this.span = span;
  }

  /// Whether `bar` is the first one of its span; true for the very first bar.
  boolean opens(Bar bar) {
    long today = Math.floorDiv(bar.openTime(), DAY_MICROS);
    if (today == day) {
      return false;
    }
    day = today;
    long before = current;
    current =
        switch (span) {
          case DAY -> today;
          // 1970 began on a Thursday.
          case WEEK -> Math.floorDiv(today + 3, 7L);
          case MONTH -> {
            var date = LocalDate.ofEpochDay(today);
            yield date.getYear() * 12L + date.getMonthValue();
          }
          case NONE -> 0;
        };
    return current != before;
  }

  void state(Snapshot snapshot) {
    day = snapshot.whole(day);
    current = snapshot.whole(current);
  }
}
