package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Chaikin volatility: percent change in `change` bars of the exponential average of the range of a
/// bar. O(1) a bar. Source: Marc Chaikin.
final class ChaikinVolatility implements Indicator.OfBars {
  private final Chain change;

  ChaikinVolatility(int period, int steps) {
    change = new Chain(new Ema(period), new Change(steps, true));
  }

  @Override
  public void update(Bar bar) {
    change.update(bar.high() - bar.low());
  }

  @Override
  public double value(int output) {
    return change.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    change.state(snapshot);
  }
}
