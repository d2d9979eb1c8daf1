package sandpiper.domain.indicators;

/// What the dominant cycle of a price looks like. First values after 33 steps. O(1) a step.
///
/// Source: John Ehlers, Rocket Science for Traders (2001). Agrees with TA-Lib.
final class CycleMeasure implements Indicator.OfSeries {
  static final int WARM_UP = 33;

  private final boolean phasor;
  private final DominantCycle cycle = new DominantCycle(12);

  /// @param phasor outputs `inPhase` and `quadrature` in place of the period in steps
  CycleMeasure(boolean phasor) {
    this.phasor = phasor;
  }

  @Override
  public void update(double x) {
    cycle.update(x);
  }

  @Override
  public double value(int output) {
    if (cycle.steps() < WARM_UP) {
      return Double.NaN;
    }
    if (phasor) {
      return output == 0 ? cycle.inPhase() : cycle.quadrature();
    }
    return cycle.smoothPeriod();
  }

  @Override
  public void state(Snapshot snapshot) {
    cycle.state(snapshot);
  }
}
