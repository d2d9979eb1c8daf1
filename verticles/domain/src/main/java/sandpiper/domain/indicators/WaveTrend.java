package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// WaveTrend: how far the typical price lies from its average, in units of its average distance,
/// smoothed; and the mean of that over 4 bars.
///
/// Outputs: `wave`, `signal`. Without any distance 0. O(1) a bar.
///
/// Source: LazyBear, WaveTrend Oscillator, TradingView (2014).
final class WaveTrend implements Indicator.OfBars {
  private final Ema average;
  private final Ema spread;
  private final Ema wave;
  private final Sma signal = new Sma(4);

  WaveTrend(int channel, int smooth) {
    average = new Ema(channel);
    spread = new Ema(channel);
    wave = new Ema(smooth);
  }

  @Override
  public void update(Bar bar) {
    double price = (bar.high() + bar.low() + bar.close()) / 3;
    double distance = price - average.next(price);
    double scale = spread.next(Math.abs(distance));
    signal.next(wave.next(scale == 0 ? 0 : distance / (0.015 * scale)));
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    return output == 1 || Double.isNaN(line) ? line : wave.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    spread.state(snapshot);
    wave.state(snapshot);
    signal.state(snapshot);
  }
}
