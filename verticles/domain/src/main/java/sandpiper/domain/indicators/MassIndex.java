package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Mass index: the exponential average of the range of a bar over its own average, summed over
/// `sum` bars. Without any range the ratio is 1. O(1) a bar.
///
/// Source: Donald Dorsey, The Mass Index (1992).
final class MassIndex implements Indicator.OfBars {
  private final Ema once;
  private final Ema twice;
  private final RollingSum ratios;

  MassIndex(int period, int sum) {
    once = new Ema(period);
    twice = new Ema(period);
    ratios = new RollingSum(sum);
  }

  @Override
  public void update(Bar bar) {
    double upper = once.next(bar.high() - bar.low());
    double lower = twice.next(upper);
    if (!Double.isNaN(lower)) {
      ratios.add(lower == 0 ? 1 : upper / lower);
    }
  }

  @Override
  public double value(int output) {
    return ratios.full() ? ratios.sum() : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    once.state(snapshot);
    twice.state(snapshot);
    ratios.state(snapshot);
  }
}
