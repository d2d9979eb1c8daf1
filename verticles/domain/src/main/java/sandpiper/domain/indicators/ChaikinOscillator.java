package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Chaikin oscillator: a fast exponential average of accumulation/distribution less a slow one.
///
/// Both averages begin with the first total. First value after the longer period. O(1) a bar.
///
/// Source: Marc Chaikin. Agrees with TA-Lib.
final class ChaikinOscillator implements Indicator.OfBars {
  private final CumulativeVolume total = new CumulativeVolume(CumulativeVolume.Kind.ACCUMULATION);
  private final int needed;
  private final double fastWeight;
  private final double slowWeight;
  private double fast = Double.NaN;
  private double slow;
  private int bars;

  ChaikinOscillator(int fastPeriod, int slowPeriod) {
    needed = Math.max(fastPeriod, slowPeriod);
    fastWeight = 2.0 / (fastPeriod + 1);
    slowWeight = 2.0 / (slowPeriod + 1);
  }

  @Override
  public void update(Bar bar) {
    total.update(bar);
    double now = total.value(0);
    fast = bars == 0 ? now : fast + fastWeight * (now - fast);
    slow = bars == 0 ? now : slow + slowWeight * (now - slow);
    bars = Math.min(bars + 1, needed);
  }

  @Override
  public double value(int output) {
    return bars < needed ? Double.NaN : fast - slow;
  }

  @Override
  public void state(Snapshot snapshot) {
    total.state(snapshot);
    fast = snapshot.number(fast);
    slow = snapshot.number(slow);
    bars = snapshot.whole(bars);
  }
}
