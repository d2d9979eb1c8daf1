package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Awesome oscillator: the mean of the middles of 5 bars less that of 34; or that less its own mean
/// of 5 bars (accelerator). O(1) a bar.
///
/// Source: Bill Williams, New Trading Dimensions (1998).
final class AwesomeOscillator implements Indicator.OfBars {
  private final Sma fast;
  private final Sma slow;
  private final Sma signal;
  private final boolean accelerator;

  AwesomeOscillator(int fastPeriod, int slowPeriod, boolean accelerator) {
    fast = new Sma(fastPeriod);
    slow = new Sma(slowPeriod);
    signal = new Sma(fastPeriod);
    this.accelerator = accelerator;
  }

  @Override
  public void update(Bar bar) {
    double middle = (bar.high() + bar.low()) / 2;
    signal.next(fast.next(middle) - slow.next(middle));
  }

  @Override
  public double value(int output) {
    double distance = fast.value(0) - slow.value(0);
    return accelerator ? distance - signal.value(0) : distance;
  }

  @Override
  public void state(Snapshot snapshot) {
    fast.state(snapshot);
    slow.state(snapshot);
    signal.state(snapshot);
  }
}
