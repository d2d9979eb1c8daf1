package sandpiper.domain.metrics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far and for how long equity was below its highest point so far. The starting point counts.
///
/// @param max deepest fall as a share of the high before it, zero or below
/// @param maxAmount largest fall in quote currency, zero or above; not always the same one
/// @param longestDays from a high to its recovery or to the end
/// @param recoveryDays of the deepest one, from its trough
/// @param deepest at most ten, the deepest first
public record DrawdownMetrics(
    double max,
    BigDecimal maxAmount,
    double longestDays,
    Figure recoveryDays,
    List<DrawdownPeriod> deepest) {
  private static final int MOST = 10;
  private static final double DAY = 86_400e6;

  /// @param points at least one, of which the first is above zero
  public static DrawdownMetrics of(List<EquityPoint> points) {
    var periods = periods(points);
    var maxAmount = BigDecimal.ZERO;
    double longest = 0;
    for (var each : periods) {
      maxAmount = maxAmount.max(each.amount());
      longest = Math.max(longest, each.days());
    }
    periods.sort(Comparator.comparingDouble(DrawdownPeriod::depth));
    return new DrawdownMetrics(
        periods.isEmpty() ? 0 : periods.getFirst().depth(),
        maxAmount,
        longest,
        periods.isEmpty() ? Figure.none("no drawdown") : periods.getFirst().recoveryDays(),
        List.copyOf(periods.subList(0, Math.min(MOST, periods.size()))));
  }

  private static List<DrawdownPeriod> periods(List<EquityPoint> points) {
    var periods = new ArrayList<DrawdownPeriod>();
    var peak = points.getFirst();
    EquityPoint trough = null;
    for (var point : points) {
      if (point.equity().compareTo(peak.equity()) >= 0) {
        if (trough != null) {
          periods.add(period(peak, trough, point.time(), point.time()));
        }
        peak = point;
        trough = null;
      } else if (trough == null || point.equity().compareTo(trough.equity()) < 0) {
        trough = point;
      }
    }
    if (trough != null) {
      periods.add(period(peak, trough, null, points.getLast().time()));
    }
    return periods;
  }

  private static DrawdownPeriod period(
      EquityPoint peak, EquityPoint trough, @Nullable Long recovered, long end) {
    return new DrawdownPeriod(
        peak.time(),
        trough.time(),
        recovered,
        trough.equity().doubleValue() / peak.equity().doubleValue() - 1,
        peak.equity().subtract(trough.equity()),
        (end - peak.time()) / DAY,
        recovered == null
            ? Figure.none("not recovered by the end")
            : Figure.of((recovered - trough.time()) / DAY));
  }
}
