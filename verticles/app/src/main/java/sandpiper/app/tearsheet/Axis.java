package sandpiper.app.tearsheet;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// A range of values with round ones marked.
///
/// @param from value at its start
/// @param to value at its end, above `from`
record Axis(double from, double to, List<Tick> ticks) {
  private static final double HOUR = 3_600e6;
  private static final double DAY = 24 * HOUR;
  private static final int[] MONTHS = {1, 2, 3, 6, 12, 24, 60, 120};

  /// @param value where it stands
  record Tick(double value, String label) {}

  /// @return where `value` lies between `start` and `end`
  double at(double value, double start, double end) {
    return start + (value - from) / (to - from) * (end - start);
  }

  /// Widened to round values at both ends.
  ///
  /// @param wanted marks, about
  static Axis linear(double min, double max, int wanted, DoubleFunction<String> label) {
    double low = min;
    double high = max;
    if (!(high - low > Math.abs(high) * 1e-12)) {
      double margin = high == 0 ? 1 : Math.abs(high) * 0.01;
      low -= margin;
      high += margin;
    }
    double step = step((high - low) / wanted);
    long first = (long) Math.floor(low / step + 1e-9);
    long last = (long) Math.ceil(high / step - 1e-9);
    var ticks = new ArrayList<Tick>();
    for (long i = first; i <= last; i++) {
      ticks.add(new Tick(i * step, label.apply(i * step)));
    }
    return new Axis(first * step, last * step, ticks);
  }

  /// 1, 2 or 5 times a power of ten, at least `least`.
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /// From `from` to `to`, UTC microseconds, marked at hours, days, months or years.
  ///
  /// @param most marks
  static Axis time(long from, long to, int most) {
    double end = Math.max((double) to, from + HOUR);
    for (double step : new double[] {HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR}) {
      if ((end - from) / step <= most) {
        return every(step, from, end, step < DAY && end - from < 2 * DAY ? "HH:mm" : "d MMM HH:mm");
      }
    }
    for (double step : new double[] {DAY, 2 * DAY, 7 * DAY, 14 * DAY}) {
      if ((end - from) / step <= most) {
        return every(step, from, end, "d MMM");
      }
    }
    for (int months : MONTHS) {
      if ((end - from) / (months * 30.4 * DAY) <= most) {
        return months(months, from, end);
      }
    }
    return new Axis(from, end, List.of());
  }

  private static Axis every(double step, long from, double to, String pattern) {
    var format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    var ticks = new ArrayList<Tick>();
    for (double at = Math.ceil(from / step) * step; at <= to; at += step) {
      ticks.add(new Tick(at, Words.utc((long) at).format(format)));
    }
    return new Axis(from, to, ticks);
  }

  private static Axis months(int count, long from, double to) {
    var format = DateTimeFormatter.ofPattern(count < 12 ? "MMM uuuu" : "uuuu", Locale.ENGLISH);
    var begin = Words.utc(from);
    var month = LocalDateTime.of(begin.getYear(), 1, 1, 0, 0);
    if (count > 12) {
      month = month.withYear(begin.getYear() / (count / 12) * (count / 12));
    }
    var ticks = new ArrayList<Tick>();
    for (; micros(month) <= to; month = month.plusMonths(count)) {
      if (micros(month) >= from) {
        ticks.add(new Tick(micros(month), month.format(format)));
      }
    }
    return new Axis(from, to, ticks);
  }

  private static double micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1e6;
  }

  /// Durations on a logarithmic scale; its values are decimal logarithms of seconds.
  static Axis durations(double minSeconds, double maxSeconds) {
    var marks =
        new double[] {
          1,
          10,
          60,
          600,
          3_600,
          6 * 3_600,
          86_400,
          7 * 86_400,
          30 * 86_400,
          365 * 86_400,
          3_650 * 86_400.0
        };
    var labels =
        List.of(
            "1 s", "10 s", "1 min", "10 min", "1 h", "6 h", "1 d", "7 d", "30 d", "1 y", "10 y");
    int first = 0;
    while (first < marks.length - 2 && marks[first + 1] <= minSeconds) {
      first++;
    }
    int last = first + 1;
    while (last < marks.length - 1 && marks[last] < maxSeconds) {
      last++;
    }
    var ticks = new ArrayList<Tick>();
    for (int i = first; i <= last; i++) {
      ticks.add(new Tick(Math.log10(marks[i]), labels.get(i)));
    }
    return new Axis(Math.log10(marks[first]), Math.log10(marks[last]), ticks);
  }
}
