package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Stochastic oscillator: where the close stands in the range of the last `period` bars, from 0 to
/// 100, smoothed.
///
/// Outputs: `k`, `d`. With `smooth` 1 it is the fast stochastic. O(1) a bar.
///
/// Source: George Lane, Lane's Stochastics (1984). Agrees with TA-Lib.
final class Stochastic implements Indicator.OfBars {
  private final StochasticLines lines;

  Stochastic(int period, int smooth, int signalPeriod) {
    lines = new StochasticLines(period, smooth, signalPeriod);
  }

  @Override
  public void update(Bar bar) {
    lines.update(bar.high(), bar.low(), bar.close());
  }

  @Override
  public double value(int output) {
    return lines.value(output);
  }

  @Override
  public void state(Snapshot snapshot) {
    lines.state(snapshot);
  }
}
