package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Klinger oscillator: a fast exponential average of the volume, counted up when the typical price
/// did not fall and down when it did, less a slow one; and the average of that.
///
/// Outputs: `kvo`, `signal`. O(1) a bar.
///
/// Source: Stephen Klinger, Identifying Trends with Volume Analysis (1997), in the plain form of
/// TradingView.
final class Klinger implements Indicator.OfBars {
  private final Ema fast;
  private final Ema slow;
  private final Ema signal;
  private double last = Double.NaN;
  private double distance = Double.NaN;

  Klinger(int fastPeriod, int slowPeriod, int signalPeriod) {
    fast = new Ema(fastPeriod);
    slow = new Ema(slowPeriod);
    signal = new Ema(signalPeriod);
  }

  @Override
  public void update(Bar bar) {
    double price = (bar.high() + bar.low() + bar.close()) / 3;
    if (!Double.isNaN(last)) {
      double flow = price >= last ? bar.volume() : -bar.volume();
      distance = fast.next(flow) - slow.next(flow);
      signal.next(distance);
    }
    last = price;
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    return output == 1 || Double.isNaN(line) ? line : distance;
  }

  @Override
  public void state(Snapshot snapshot) {
    fast.state(snapshot);
    slow.state(snapshot);
    signal.state(snapshot);
    last = snapshot.number(last);
    distance = snapshot.number(distance);
  }
}
