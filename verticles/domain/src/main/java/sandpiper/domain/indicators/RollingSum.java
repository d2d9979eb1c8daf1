package sandpiper.domain.indicators;

/// The sum of the last `period` numbers.
///
/// Nothing is ever subtracted: the window is a block whose sums from each place to its end are
/// known, and what came since. So rounding errors do not pile up, and a huge number is forgotten as
/// soon as it has left. O(1) a step on average: every `period` steps the block is taken anew.
final class RollingSum {
  /// From `next` on the sums to the end of the block, before it the numbers that came since.
  private final double[] block;

  private int next;
  private double since;
  private boolean full;

  RollingSum(int period) {
    block = new double[period];
  }

  void add(double x) {
    block[next] = x;
    since += x;
    if (++next == block.length) {
      turn();
    }
  }

  boolean full() {
    return full;
  }

  double sum() {
    return full ? block[next] + since : since;
  }

  double mean() {
    return sum() / block.length;
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(block);
    next = snapshot.whole(next);
    since = snapshot.number(since);
    full = snapshot.flag(full);
  }

  private void turn() {
    for (int i = block.length - 2; i >= 0; i--) {
      block[i] += block[i + 1];
    }
    next = 0;
    since = 0;
    full = true;
  }
}
