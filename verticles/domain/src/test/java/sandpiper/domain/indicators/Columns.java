package sandpiper.domain.indicators;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/// Whole columns of numbers, computed the slow way, straight from the definitions. NaN is a value
/// that is not there yet.
final class Columns {
  private Columns() {}

  static double[] each(double[] a, DoubleUnaryOperator f) {
    return Arrays.stream(a).map(f).toArray();
  }

  static double[] both(double[] a, double[] b, DoubleBinaryOperator f) {
    var result = new double[a.length];
    Arrays.setAll(result, i -> f.applyAsDouble(a[i], b[i]));
    return result;
  }

  static double[] less(double[] a, double[] b) {
    return both(a, b, (x, y) -> x - y);
  }

  static double[] plus(double[] a, double[] b) {
    return both(a, b, Double::sum);
  }

  static double[] times(double[] a, double[] b) {
    return both(a, b, (x, y) -> x * y);
  }

  /// Where nothing is divided by nothing it is `otherwise`.
  static double[] over(double[] a, double[] b, double otherwise) {
    return both(a, b, (x, y) -> y == 0 ? otherwise : x / y);
  }

  static double[] times(double[] a, double factor) {
    return each(a, x -> x * factor);
  }

  /// What stood `steps` steps ago.
  static double[] back(double[] a, int steps) {
    var result = new double[a.length];
    Arrays.setAll(result, i -> i < steps ? Double.NaN : a[i - steps]);
    return result;
  }

  static double[] change(double[] a) {
    return less(a, back(a, 1));
  }

  /// In percent.
  static double[] roc(double[] a, int steps) {
    return both(a, back(a, steps), (x, y) -> 100 * (x - y) / y);
  }

  /// `f` of each window of the last `n` numbers, oldest first.
  static double[] window(double[] a, int n, ToDoubleFunction<double[]> f) {
    var result = new double[a.length];
    Arrays.setAll(
        result,
        i -> {
          if (i < n - 1) {
            return Double.NaN;
          }
          var window = Arrays.copyOfRange(a, i - n + 1, i + 1);
          return Arrays.stream(window).anyMatch(Double::isNaN)
              ? Double.NaN
              : f.applyAsDouble(window);
        });
    return result;
  }

  static double[] sum(double[] a, int n) {
    return window(a, n, w -> Arrays.stream(w).sum());
  }

  static double[] sma(double[] a, int n) {
    return window(a, n, Columns::mean);
  }

  static double[] wma(double[] a, int n) {
    return window(
        a,
        n,
        w -> {
          double sum = 0;
          double weights = 0;
          for (int i = 0; i < n; i++) {
            sum += (i + 1) * w[i];
            weights += i + 1;
          }
          return sum / weights;
        });
  }

  static double[] max(double[] a, int n) {
    return window(a, n, w -> Arrays.stream(w).max().orElseThrow());
  }

  static double[] min(double[] a, int n) {
    return window(a, n, w -> Arrays.stream(w).min().orElseThrow());
  }

  /// Population deviation.
  static double[] deviation(double[] a, int n) {
    return window(a, n, w -> Math.sqrt(moment(w, 2)));
  }

  /// The mean of the first `n` numbers, then by `weight`.
  static double[] smoothed(double[] a, int n, double weight) {
    var result = new double[a.length];
    Arrays.fill(result, Double.NaN);
    int first = 0;
    while (first < a.length && Double.isNaN(a[first])) {
      first++;
    }
    for (int i = first + n - 1; i < a.length; i++) {
      result[i] =
          i == first + n - 1
              ? mean(Arrays.copyOfRange(a, first, i + 1))
              : weight * a[i] + (1 - weight) * result[i - 1];
    }
    return result;
  }

  static double[] ema(double[] a, int n) {
    return smoothed(a, n, 2.0 / (n + 1));
  }

  static double[] rma(double[] a, int n) {
    return smoothed(a, n, 1.0 / n);
  }

  static double[] rsi(double[] a, int n) {
    var up = rma(each(change(a), x -> Math.max(x, 0)), n);
    var down = rma(each(change(a), x -> Math.max(-x, 0)), n);
    return both(up, down, (u, d) -> u + d == 0 ? 0 : 100 * u / (u + d));
  }

  static double mean(double[] w) {
    return Arrays.stream(w).sum() / w.length;
  }

  /// Central moment of the population.
  static double moment(double[] w, int power) {
    double mean = mean(w);
    return Arrays.stream(w).map(x -> Math.pow(x - mean, power)).sum() / w.length;
  }

  /// Intercept and slope of the line through the points (0, w\[0\]), (1, w\[1\]), …
  static double[] line(double[] w) {
    double middle = (w.length - 1) / 2.0;
    double mean = mean(w);
    double product = 0;
    double square = 0;
    for (int i = 0; i < w.length; i++) {
      product += (i - middle) * (w[i] - mean);
      square += (i - middle) * (i - middle);
    }
    double slope = product / square;
    return new double[] {mean - slope * middle, slope};
  }

  /// Sum of the squared distances from the line.
  static double residual(double[] w) {
    var line = line(w);
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      double distance = w[i] - line[0] - line[1] * i;
      sum += distance * distance;
    }
    return sum;
  }
}
