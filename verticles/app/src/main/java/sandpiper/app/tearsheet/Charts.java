package sandpiper.app.tearsheet;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.metrics.ClosedTrade;
import sandpiper.domain.metrics.EquityPoint;
import sandpiper.domain.metrics.PerformanceReport;

/// The drawings of a tear sheet.
final class Charts {
  /// Trades that a scatter shows at most: beyond it a page is slow and says no more.
  static final int MOST_DOTS = 2_000;

  private static final int WIDE = 1_136;
  private static final int HALF = 552;
  private static final int TIME_MARKS = 10;
  private static final int BINS = 28;

  private Charts() {}

  static String equity(PerformanceReport report, boolean withBenchmark) {
    var points = report.equity();
    var times = values(points, EquityPoint::time);
    var equity = values(points, Charts::equity);
    double low = min(equity);
    double high = max(equity);
    var held = withBenchmark ? benchmark(points) : null;
    if (held != null) {
      low = Math.min(low, min(held));
      high = Math.max(high, max(held));
    }
    var chart =
        new Chart(
            WIDE,
            withBenchmark ? 360 : 240,
            "Equity over time",
            time(points),
            Axis.linear(low, high, 5, Words::shortMoney),
            "time, UTC",
            "equity, quote currency");
    if (held != null) {
      chart.curve(times, held, "benchmark");
    }
    chart.curve(times, equity, "equity");
    return chart.svg();
  }

  /// Whether equity is a flat line beside a benchmark that moves far more.
  static boolean needsOwnScale(PerformanceReport report) {
    var points = report.equity();
    var equity = values(points, Charts::equity);
    var held = benchmark(points);
    return held != null && max(equity) - min(equity) < (max(held) - min(held)) / 5;
  }

  static String drawdown(PerformanceReport report) {
    var points = report.equity();
    var equity = values(points, Charts::equity);
    var depth = new double[equity.length];
    double peak = equity[0];
    for (int i = 0; i < depth.length; i++) {
      peak = Math.max(peak, equity[i]);
      depth[i] = equity[i] / peak - 1;
    }
    var times = values(points, EquityPoint::time);
    var chart =
        new Chart(
            WIDE,
            220,
            "Drawdown over time",
            time(points),
            Axis.linear(min(depth) < 0 ? min(depth) : -0.01, 0, 4, Words::shortPercent),
            "time, UTC",
            "below the high");
    chart.area(times, depth, 0, "under");
    chart.curve(times, depth, "underline");
    return chart.svg();
  }

  /// How often trades returned how much; what lies far out is counted in the first and last bin.
  static String distribution(List<ClosedTrade> trades) {
    var changes = trades.stream().mapToDouble(ClosedTrade::change).sorted().toArray();
    double low = Math.min(changes[(int) ((changes.length - 1) * 0.005)], 0);
    double high = Math.max(changes[(int) Math.ceil((changes.length - 1) * 0.995)], 0);
    double step = Axis.step(Math.max(high - low, 1e-6) / BINS);
    long first = (long) Math.floor(low / step);
    long last = Math.max((long) Math.ceil(high / step), first + 1);
    var counts = new int[(int) (last - first)];
    for (double change : changes) {
      long bin = (long) Math.floor(change / step) - first;
      counts[Math.clamp(bin, 0, counts.length - 1)]++;
    }
    int most = 0;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    var rounded = Axis.linear(first * step, last * step, 6, Words::shortPercent);
    var chart =
        new Chart(
            HALF,
            320,
            "Distribution of trade returns",
            rounded,
            whole(most),
            "return of a trade, after fees",
            "trades");
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double from = (first + i) * step;
        chart.bar(
            from,
            from + step,
            counts[i],
            first + i >= 0 ? "won" : "lost",
            counts[i]
                + (i == 0 && first * step > changes[0] ? " up to " : " from ")
                + (i == 0 && first * step > changes[0] ? "" : Words.percent(from) + " to ")
                + Words.percent(from + step));
      }
    }
    double sum = 0;
    for (double change : changes) {
      sum += change;
    }
    chart.vertical(sum / changes.length, "mean");
    return chart.svg();
  }

  /// Each trade by how long it was held and what it brought.
  static String scatter(List<ClosedTrade> trades) {
    var shown = latest(trades);
    var seconds = shown.stream().mapToDouble(Charts::seconds).toArray();
    var axis = Axis.durations(min(seconds), max(seconds));
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = Math.log10(seconds[i]);
    }
    return dots("Trades by duration and profit", shown, seconds, axis, "held for, logarithmic");
  }

  /// Each trade by the lowest profit it ever had and what it brought.
  static String excursions(List<ClosedTrade> trades) {
    var shown = latest(trades);
    var worst = shown.stream().mapToDouble(trade -> trade.mae().doubleValue()).toArray();
    return dots(
        "Trades by their worst moment and profit",
        shown,
        worst,
        Axis.linear(min(worst), 0, 6, Words::shortMoney),
        "lowest profit before the end (MAE), quote currency");
  }

  private static String dots(
      String title, List<ClosedTrade> trades, double[] xs, Axis x, String xLabel) {
    var nets = trades.stream().mapToDouble(trade -> trade.net().doubleValue()).toArray();
    var y = Axis.linear(Math.min(min(nets), 0), Math.max(max(nets), 0), 6, Words::shortMoney);
    var chart = new Chart(HALF, 320, title, x, y, xLabel, "net profit, quote currency");
    chart.horizontal(0, "zero");
    for (int i = 0; i < nets.length; i++) {
      var told = told(trades.get(i));
      if (nets[i] > 0) {
        chart.circle(xs[i], nets[i], "dot won", told);
      } else {
        chart.triangle(xs[i], nets[i], "dot lost", told);
      }
    }
    return chart.svg();
  }

  private static String told(ClosedTrade trade) {
    return (trade.direction() > 0 ? "long " : "short ")
        + trade.symbol()
        + ", "
        + Words.dateTime(trade.entryTime())
        + ", "
        + Words.duration(seconds(trade))
        + ": "
        + Words.money(trade.net())
        + ", at worst "
        + Words.money(trade.mae());
  }

  private static List<ClosedTrade> latest(List<ClosedTrade> trades) {
    return trades.subList(Math.max(0, trades.size() - MOST_DOTS), trades.size());
  }

  private static Axis whole(int most) {
    double step = Math.max(1, Axis.step(most / 5.0));
    return Axis.linear(
        0, Math.ceil(most / step) * step, (int) Math.ceil(most / step), Words::trimmed);
  }

  private static Axis time(List<EquityPoint> points) {
    return Axis.time(points.getFirst().time(), points.getLast().time(), TIME_MARKS);
  }

  private static double seconds(ClosedTrade trade) {
    return Math.max((trade.exitTime() - trade.entryTime()) / 1e6, 1);
  }

  private static double equity(EquityPoint point) {
    return point.equity().doubleValue();
  }

  private static double @Nullable [] benchmark(List<EquityPoint> points) {
    var held = new double[points.size()];
    for (int i = 0; i < held.length; i++) {
      var value = points.get(i).benchmark();
      if (value == null) {
        return null;
      }
      held[i] = value;
    }
    return held;
  }

  private static double[] values(List<EquityPoint> points, ToDoubleFunction<EquityPoint> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  private static double min(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static double max(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      most = Math.max(most, value);
    }
    return most;
  }
}
