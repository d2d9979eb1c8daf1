package sandpiper.domain.metrics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each calendar month (UTC) brought, as a share of the equity it began with.
///
/// @param years oldest first
public record MonthlyReturns(List<Year> years) {
  private static final long DAY = 86_400_000_000L;

  /// @param months twelve, January first; null where the session has no day, or the month began
  ///   with nothing
  /// @param total of the year; null when it began with nothing
  public record Year(int year, List<@Nullable Double> months, @Nullable Double total) {}

  /// @param points the starting point and the end of each day
  public static MonthlyReturns of(List<EquityPoint> points) {
    var years = new ArrayList<Year>();
    double before = equity(points.getFirst());
    double beforeYear = before;
    List<@Nullable Double> months = empty();
    for (int i = 1; i < points.size(); i++) {
      var date = date(points.get(i));
      var next = i + 1 < points.size() ? date(points.get(i + 1)) : null;
      if (next != null
          && next.getYear() == date.getYear()
          && next.getMonthValue() == date.getMonthValue()) {
        continue;
      }
      double now = equity(points.get(i));
      months.set(date.getMonthValue() - 1, change(before, now));
      before = now;
      if (next == null || next.getYear() != date.getYear()) {
        years.add(new Year(date.getYear(), months, change(beforeYear, now)));
        months = empty();
        beforeYear = now;
      }
    }
    return new MonthlyReturns(List.copyOf(years));
  }

  private static List<@Nullable Double> empty() {
    var months = new ArrayList<@Nullable Double>();
    for (int month = 0; month < 12; month++) {
      months.add(null);
    }
    return months;
  }

  private static @Nullable Double change(double from, double to) {
    return from > 0 ? Double.valueOf(to / from - 1) : null;
  }

  private static double equity(EquityPoint point) {
    return point.equity().doubleValue();
  }

  /// A point at midnight ends the day before.
  private static LocalDate date(EquityPoint point) {
    return LocalDate.ofEpochDay(Math.floorDiv(point.time() - 1, DAY));
  }
}
