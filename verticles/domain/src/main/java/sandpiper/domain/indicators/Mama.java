package sandpiper.domain.indicators;

/// MESA adaptive moving average: an exponential average whose weight follows the speed at which the
/// phase of the dominant cycle turns, between `slow` and `fast`; and one of half that weight that
/// follows it.
///
/// Outputs: `mama`, `fama`. First values after 33 steps. O(1) a step.
///
/// Source: John Ehlers, MESA Adaptive Moving Averages (2001). Agrees with TA-Lib.
final class Mama implements Indicator.OfSeries {
  private static final int IDLE = 12;

  private final DominantCycle cycle = new DominantCycle(IDLE);
  private final double fast;
  private final double slow;
  private double phase;
  private double mama;
  private double fama;

  Mama(double fast, double slow) {
    this.fast = fast;
    this.slow = slow;
  }

  @Override
  public void update(double x) {
    cycle.update(x);
    if (cycle.steps() <= IDLE) {
      return;
    }
    double before = phase;
    phase =
        cycle.inPhase() == 0 ? 0 : Math.toDegrees(Math.atan(cycle.quadrature() / cycle.inPhase()));
    double weight = Math.max(slow, fast / Math.max(1, before - phase));
    mama += weight * (x - mama);
    fama += weight / 2 * (mama - fama);
  }

  @Override
  public double value(int output) {
    if (cycle.steps() < CycleMeasure.WARM_UP) {
      return Double.NaN;
    }
    return output == 0 ? mama : fama;
  }

  @Override
  public void state(Snapshot snapshot) {
    cycle.state(snapshot);
    phase = snapshot.number(phase);
    mama = snapshot.number(mama);
    fama = snapshot.number(fama);
  }
}
