package sandpiper.domain.indicators;

/// Mean and variance of the last `period` numbers.
///
/// Kept like [RollingSum]: each part of the window has its own mean and squared distances to it,
/// and two parts are joined by the rule of Chan, Golub and LeVeque (1979). Constant numbers have a
/// variance of exactly zero. O(1) a step on average.
final class RollingMoments {
  private final double[] means;
  private final double[] squares;

  /// Reciprocals of the counts, since a division costs several products.
  private final double[] shares;

  private int next;
  private double mean;
  private double square;
  private boolean full;

  RollingMoments(int period) {
    means = new double[period];
    squares = new double[period];
    shares = new double[period + 1];
    for (int i = 1; i <= period; i++) {
      shares[i] = 1.0 / i;
    }
  }

  void add(double x) {
    means[next++] = x;
    double distance = x - mean;
    mean += distance * shares[next];
    square += distance * (x - mean);
    if (next == means.length) {
      turn();
    }
  }

  boolean full() {
    return full;
  }

  double mean() {
    return full ? means[next] + (mean - means[next]) * (next * shares[means.length]) : mean;
  }

  /// Of the whole population.
  double variance() {
    return squaredDistances() * shares[means.length];
  }

  /// Of the whole population.
  double deviation() {
    return Math.sqrt(variance());
  }

  /// Sum of the squared distances to the mean.
  double squaredDistances() {
    if (!full) {
      return square;
    }
    double distance = mean - means[next];
    double weight = next * shares[means.length] * (means.length - next);
    return squares[next] + square + distance * distance * weight;
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(means);
    snapshot.numbers(squares);
    next = snapshot.whole(next);
    mean = snapshot.number(mean);
    square = snapshot.number(square);
    full = snapshot.flag(full);
  }

  private void turn() {
    int last = means.length - 1;
    mean = means[last];
    square = 0;
    squares[last] = 0;
    for (int i = last - 1; i >= 0; i--) {
      double x = means[i];
      double distance = x - mean;
      mean += distance * shares[last - i + 1];
      square += distance * (x - mean);
      means[i] = mean;
      squares[i] = square;
    }
    next = 0;
    mean = 0;
    square = 0;
    full = true;
  }
}
