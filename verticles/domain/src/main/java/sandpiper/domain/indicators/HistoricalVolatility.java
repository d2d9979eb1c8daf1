package sandpiper.domain.indicators;

/// Historical volatility: the population deviation of the last `period` logarithmic changes, in
/// percent a year of `annual` steps.
///
/// A change from or to zero counts as none. O(1) a step.
final class HistoricalVolatility implements Indicator.OfSeries {
  private final RollingMoments changes;
  private final double scale;
  private double last = Double.NaN;

  HistoricalVolatility(int period, double annual) {
    changes = new RollingMoments(period);
    scale = 100 * Math.sqrt(annual);
  }

  @Override
  public void update(double x) {
    if (!Double.isNaN(last)) {
      changes.add(x > 0 && last > 0 ? Math.log(x) - Math.log(last) : 0);
    }
    last = x;
  }

  @Override
  public double value(int output) {
    return changes.full() ? scale * changes.deviation() : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    changes.state(snapshot);
    last = snapshot.number(last);
  }
}
