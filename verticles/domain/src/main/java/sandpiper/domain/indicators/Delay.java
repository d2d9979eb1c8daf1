package sandpiper.domain.indicators;

import java.util.Arrays;

/// What was handed in `steps` steps ago; NaN until there is that much.
final class Delay {
  private final double[] ring;
  private int next;

  Delay(int steps) {
    ring = new double[steps];
    Arrays.fill(ring, Double.NaN);
  }

  double push(double x) {
    if (ring.length == 0) {
      return x;
    }
    double oldest = ring[next];
    ring[next] = x;
    next = next + 1 == ring.length ? 0 : next + 1;
    return oldest;
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(ring);
    next = snapshot.whole(next);
  }
}
