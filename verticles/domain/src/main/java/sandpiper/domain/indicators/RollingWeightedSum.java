package sandpiper.domain.indicators;

/// The sum of the last `period` numbers, and the one in which each counts by its place: the oldest
/// once, the newest `period` times.
///
/// Kept like [RollingSum], without subtracting. O(1) a step on average.
final class RollingWeightedSum {
  private final double[] sums;
  private final double[] weighted;
  private int next;
  private double since;
  private double weightedSince;
  private boolean full;

  RollingWeightedSum(int period) {
    sums = new double[period];
    weighted = new double[period];
  }

  void add(double x) {
    sums[next++] = x;
    since += x;
    weightedSince += next * x;
    if (next == sums.length) {
      turn();
    }
  }

  boolean full() {
    return full;
  }

  double sum() {
    return full ? sums[next] + since : since;
  }

  double weightedSum() {
    return full ? weighted[next] + weightedSince + (sums.length - next) * since : weightedSince;
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(sums);
    snapshot.numbers(weighted);
    next = snapshot.whole(next);
    since = snapshot.number(since);
    weightedSince = snapshot.number(weightedSince);
    full = snapshot.flag(full);
  }

  private void turn() {
    int last = sums.length - 1;
    weighted[last] = sums[last];
    for (int i = last - 1; i >= 0; i--) {
      sums[i] += sums[i + 1];
      weighted[i] = weighted[i + 1] + sums[i];
    }
    next = 0;
    since = 0;
    weightedSince = 0;
    full = true;
  }
}
