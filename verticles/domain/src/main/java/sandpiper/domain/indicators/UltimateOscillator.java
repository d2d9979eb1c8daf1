package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Ultimate oscillator: buying pressure over true range in three windows, the shortest counting
/// four times, the middle one twice; from 0 to 100. A window without any range counts 0.
///
/// First value after the longest window and one bar. O(1) a bar.
///
/// Source: Larry Williams, The Ultimate Oscillator (1985). Agrees with TA-Lib.
final class UltimateOscillator implements Indicator.OfBars {
  private final RollingSum[] pressures;
  private final RollingSum[] ranges;
  private double close = Double.NaN;

  UltimateOscillator(int... periods) {
    pressures = windows(periods);
    ranges = windows(periods);
  }

  private static RollingSum[] windows(int... periods) {
    var windows = new RollingSum[periods.length];
    for (int i = 0; i < periods.length; i++) {
      windows[i] = new RollingSum(periods[i]);
    }
    return windows;
  }

  @Override
  public void update(Bar bar) {
    double low = Math.min(bar.low(), close);
    double range = Math.max(bar.high(), close) - low;
    close = bar.close();
    if (!Double.isNaN(range)) {
      for (int i = 0; i < ranges.length; i++) {
        pressures[i].add(close - low);
        ranges[i].add(range);
      }
    }
  }

  @Override
  public double value(int output) {
    if (!ranges[0].full() || !ranges[1].full() || !ranges[2].full()) {
      return Double.NaN;
    }
    return 100 * (4 * share(0) + 2 * share(1) + share(2)) / 7;
  }

  private double share(int window) {
    double range = ranges[window].sum();
    return range == 0 ? 0 : pressures[window].sum() / range;
  }

  @Override
  public void state(Snapshot snapshot) {
    for (int i = 0; i < ranges.length; i++) {
      pressures[i].state(snapshot);
      ranges[i].state(snapshot);
    }
    close = snapshot.number(close);
  }
}
