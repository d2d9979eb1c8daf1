package sandpiper.domain.indicators;

/// Detrended price oscillator: the value less the mean that stood `period` / 2 + 1 steps ago. O(1)
/// a step.
///
/// Source: Walt Bressert; in the form that knows no future.
final class DetrendedPrice implements Indicator.OfSeries {
  private final Sma average;
  private final Delay back;
  private double value = Double.NaN;

  DetrendedPrice(int period) {
    average = new Sma(period);
    back = new Delay(period / 2 + 1);
  }

  @Override
  public void update(double x) {
    value = x - back.push(average.next(x));
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    back.state(snapshot);
    value = snapshot.number(value);
  }
}
