package sandpiper.domain.indicators;

/// The latest number that came.
final class Held implements Indicator.OfSeries {
  private double latest = Double.NaN;

  @Override
  public void update(double x) {
    latest = x;
  }

  @Override
  public double value(int output) {
    return latest;
  }

  @Override
  public void state(Snapshot snapshot) {
    latest = snapshot.number(latest);
  }
}
