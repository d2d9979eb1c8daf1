package sandpiper.domain.indicators;

/// The highest or the lowest of the last `period` numbers, and how long ago it was.
///
/// Of equal ones the latest counts. Kept like [RollingSum]. O(1) a step on average.
final class Extreme {
  private final double sign;
  private final double[] block;
  private final double[] places;
  private int next;
  private double since;
  private int placeSince;
  private boolean full;

  private Extreme(int period, double sign) {
    this.sign = sign;
    block = new double[period];
    places = new double[period];
    since = Double.NEGATIVE_INFINITY;
  }

  static Extreme highest(int period) {
    return new Extreme(period, 1);
  }

  static Extreme lowest(int period) {
    return new Extreme(period, -1);
  }

  void add(double x) {
    double signed = sign * x;
    block[next] = signed;
    if (signed >= since) {
      since = signed;
      placeSince = next;
    }
    if (++next == block.length) {
      turn();
    }
  }

  boolean full() {
    return full;
  }

  /// NaN until full.
  double value() {
    return full ? sign * Math.max(block[next], since) : Double.NaN;
  }

  /// Steps since the extreme; 0 is the latest one. Only when full.
  int age() {
    return since >= block[next]
        ? next - 1 - placeSince
        : next - 1 - (int) places[next] + block.length;
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(block);
    snapshot.numbers(places);
    next = snapshot.whole(next);
    since = snapshot.number(since);
    placeSince = snapshot.whole(placeSince);
    full = snapshot.flag(full);
  }

  private void turn() {
    places[block.length - 1] = block.length - 1;
    for (int i = block.length - 2; i >= 0; i--) {
      if (block[i] > block[i + 1]) {
        places[i] = i;
      } else {
        block[i] = block[i + 1];
        places[i] = places[i + 1];
      }
    }
    next = 0;
    since = Double.NEGATIVE_INFINITY;
    full = true;
  }
}
