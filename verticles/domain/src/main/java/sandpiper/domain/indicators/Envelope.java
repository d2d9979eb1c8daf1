package sandpiper.domain.indicators;

/// Envelope: a simple moving average, and lines `percent` above and below it.
///
/// Outputs: `upper`, `middle`, `lower`. O(1) a step.
final class Envelope implements Indicator.OfSeries {
  private final Sma average;
  private final double share;

  Envelope(int period, double percent) {
    average = new Sma(period);
    share = percent / 100;
  }

  @Override
  public void update(double x) {
    average.update(x);
  }

  @Override
  public double value(int output) {
    return average.value(0) * (1 + (1 - output) * share);
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
  }
}
