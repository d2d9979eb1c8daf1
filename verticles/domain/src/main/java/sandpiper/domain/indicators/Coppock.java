package sandpiper.domain.indicators;

/// Coppock curve: the weighted average of two rates of change together. O(1) a step.
///
/// Source: Edwin Coppock, in Barron's (1962).
final class Coppock implements Indicator.OfSeries {
  private final Change fast;
  private final Change slow;
  private final Wma average;

  Coppock(int period, int fastChange, int slowChange) {
    fast = new Change(fastChange, true);
    slow = new Change(slowChange, true);
    average = new Wma(period);
  }

  @Override
  public void update(double x) {
    average.next(fast.next(x) + slow.next(x));
  }

  @Override
  public double value(int output) {
    return average.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    fast.state(snapshot);
    slow.state(snapshot);
    average.state(snapshot);
  }
}
