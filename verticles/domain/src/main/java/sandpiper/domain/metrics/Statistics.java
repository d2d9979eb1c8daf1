package sandpiper.domain.metrics;

import java.util.Arrays;

/// Means, deviations and percentiles of at least one number.
final class Statistics {
  private Statistics() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// Of a sample: divided by one less than there are values.
  static double deviation(double[] values) {
    return Math.sqrt(covariance(values, values));
  }

  static double covariance(double[] ones, double[] others) {
    double meanOne = mean(ones);
    double meanOther = mean(others);
    double sum = 0;
    for (int i = 0; i < ones.length; i++) {
      sum += (ones[i] - meanOne) * (others[i] - meanOther);
    }
    return sum / (ones.length - 1);
  }

  static double correlation(double[] ones, double[] others) {
    return covariance(ones, others) / (deviation(ones) * deviation(others));
  }

  /// Between two values linearly, as most libraries do (Hyndman and Fan's type 7).
  ///
  /// @param share of the values below it, 0 to 1
  static double percentile(double[] values, double share) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /// From each value to the next, as a share of it.
  static double[] changes(double[] values) {
    var changes = new double[values.length - 1];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = values[i + 1] / values[i] - 1;
    }
    return changes;
  }
}
