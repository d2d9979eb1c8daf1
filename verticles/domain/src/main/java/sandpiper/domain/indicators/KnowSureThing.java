package sandpiper.domain.indicators;

/// Know sure thing: four smoothed rates of change (10, 15, 20, 30 steps; means of 10, 10, 10, 15),
/// weighted 1 to 4; and the mean of that.
///
/// Outputs: `kst`, `signal`. O(1) a step.
///
/// Source: Martin Pring, Summed Rate of Change (KST) (1992).
final class KnowSureThing implements Indicator.OfSeries {
  private final Chain[] parts = {part(10, 10), part(15, 10), part(20, 10), part(30, 15)};
  private final Sma signal;
  private double sum = Double.NaN;

  KnowSureThing(int signalPeriod) {
    signal = new Sma(signalPeriod);
  }

  private static Chain part(int change, int smooth) {
    return new Chain(new Change(change, true), new Sma(smooth));
  }

  @Override
  public void update(double x) {
    sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += (i + 1) * parts[i].next(x);
    }
    signal.next(sum);
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    return output == 1 || Double.isNaN(line) ? line : sum;
  }

  @Override
  public void state(Snapshot snapshot) {
    for (var part : parts) {
      part.state(snapshot);
    }
    signal.state(snapshot);
    sum = snapshot.number(sum);
  }
}
