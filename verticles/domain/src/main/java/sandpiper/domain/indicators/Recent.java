package sandpiper.domain.indicators;

/// The last `period` numbers themselves, for what has to look at each of them.
final class Recent {
  private final double[] ring;
  private int next;
  private boolean full;

  Recent(int period) {
    ring = new double[period];
  }

  void add(double x) {
    ring[next] = x;
    if (++next == ring.length) {
      next = 0;
      full = true;
    }
  }

  boolean full() {
    return full;
  }

  /// In no order; not to be written to.
  double[] numbers() {
    return ring;
  }

  /// @param ago from 0, the latest, to `period` - 1
  double ago(int ago) {
    int place = next - 1 - ago;
    return ring[place < 0 ? place + ring.length : place];
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(ring);
    next = snapshot.whole(next);
    full = snapshot.flag(full);
  }
}
