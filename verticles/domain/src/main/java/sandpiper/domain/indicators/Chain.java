package sandpiper.domain.indicators;

/// One indicator fed with the values of another. O(1) a step.
final class Chain implements Indicator.OfSeries {
  private final OfSeries first;
  private final OfSeries second;

  Chain(OfSeries first, OfSeries second) {
    this.first = first;
    this.second = second;
  }

  /// Triangular moving average: a mean of means, in which the middle of the window counts most.
  /// Agrees with TA-Lib.
  static Chain triangular(int period) {
    return new Chain(new Sma((period + 1) / 2), new Sma(period / 2 + 1));
  }

  @Override
  public void update(double x) {
    second.next(first.next(x));
  }

  @Override
  public double value(int output) {
    return second.value(output);
  }

  @Override
  public void state(Snapshot snapshot) {
    first.state(snapshot);
    second.state(snapshot);
  }
}
