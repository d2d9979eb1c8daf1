package sandpiper.domain.indicators;

/// The last `period` numbers with their mean and deviation, in O(1) a step on average.
///
/// Sums are kept of the distances to a centre near the mean, and are taken anew each time the ring
/// is full once round: rounding errors neither pile up nor cancel digits away.
final class Window {
  private final double[] ring;
  private int next;
  private boolean full;
  private double centre;
  private double sum;
  private double squares;

  Window(int period) {
    ring = new double[period];
  }

  void add(double x) {
    double oldest = ring[next] - centre;
    ring[next] = x;
    next++;
    if (next == ring.length) {
      next = 0;
      full = true;
      recount();
    } else {
      double distance = x - centre;
      sum += distance;
      squares += distance * distance;
      if (full) {
        sum -= oldest;
        squares -= oldest * oldest;
      }
    }
  }

  boolean full() {
    return full;
  }

  double mean() {
    return centre + sum / ring.length;
  }

  /// Population deviation.
  double deviation() {
    double offset = sum / ring.length;
    return Math.sqrt(Math.max(0, squares / ring.length - offset * offset));
  }

  private void recount() {
    double total = 0;
    for (double each : ring) {
      total += each;
    }
    centre = total / ring.length;
    sum = 0;
    squares = 0;
    for (double each : ring) {
      double distance = each - centre;
      sum += distance;
      squares += distance * distance;
    }
  }
}
