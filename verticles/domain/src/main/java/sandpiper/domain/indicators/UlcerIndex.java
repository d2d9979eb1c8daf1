package sandpiper.domain.indicators;

/// Ulcer index: the root of the mean squared drawdown, in percent, from the highest of the last
/// `period` values. A highest value of zero has no drawdown. O(1) a step.
///
/// Source: Peter Martin and Byron McCann, The Investor's Guide to Fidelity Funds (1989).
final class UlcerIndex implements Indicator.OfSeries {
  private final Extreme highest;
  private final RollingSum squares;

  UlcerIndex(int period) {
    highest = Extreme.highest(period);
    squares = new RollingSum(period);
  }

  @Override
  public void update(double x) {
    highest.add(x);
    if (highest.full()) {
      double top = highest.value();
      double drawdown = top == 0 ? 0 : 100 * (x / top - 1);
      squares.add(drawdown * drawdown);
    }
  }

  @Override
  public double value(int output) {
    return squares.full() ? Math.sqrt(squares.mean()) : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    highest.state(snapshot);
    squares.state(snapshot);
  }
}
