package sandpiper.domain.indicators;

/// Arnaud Legoux moving average: weights in the shape of a bell, its top at `offset` of the window
/// (0 oldest, 1 newest), its width the window over `sigma`.
///
/// Looks at the whole window at every step.
///
/// Source: Arnaud Legoux and Dimitris Kouzis-Loukas, ALMA (2009).
final class Alma implements Indicator.OfSeries {
  private final Recent window;
  private final double[] weights;

  Alma(int period, double offset, double sigma) {
    window = new Recent(period);
    weights = new double[period];
    double total = 0;
    for (int ago = 0; ago < period; ago++) {
      double distance = (period - 1 - ago - offset * (period - 1)) * sigma / period;
      weights[ago] = Math.exp(-distance * distance / 2);
      total += weights[ago];
    }
    for (int ago = 0; ago < period; ago++) {
      weights[ago] /= total;
    }
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double sum = 0;
    for (int ago = 0; ago < weights.length; ago++) {
      sum += weights[ago] * window.ago(ago);
    }
    return sum;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}
