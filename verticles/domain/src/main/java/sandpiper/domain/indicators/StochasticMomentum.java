package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Stochastic momentum index: how far the close lies from the middle of the range of `period` bars,
/// over half that range, both smoothed twice; from -100 to 100.
///
/// Outputs: `smi`, `signal`. A range of nothing gives 0. O(1) a bar.
///
/// Source: William Blau, Stochastic Momentum (1993).
final class StochasticMomentum implements Indicator.OfBars {
  private final Donchian channel;
  private final Chain distance;
  private final Chain range;
  private final Ema signal;
  private double index = Double.NaN;

  StochasticMomentum(int period, int smooth, int signalPeriod) {
    channel = new Donchian(period);
    distance = new Chain(new Ema(smooth), new Ema(smooth));
    range = new Chain(new Ema(smooth), new Ema(smooth));
    signal = new Ema(signalPeriod);
  }

  @Override
  public void update(Bar bar) {
    channel.update(bar);
    double off = distance.next(bar.close() - channel.middle());
    double reach = range.next(channel.value(0) - channel.value(2));
    index = reach == 0 ? 0 : 200 * off / reach;
    signal.next(index);
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    return output == 1 || Double.isNaN(line) ? line : index;
  }

  @Override
  public void state(Snapshot snapshot) {
    channel.state(snapshot);
    distance.state(snapshot);
    range.state(snapshot);
    signal.state(snapshot);
    index = snapshot.number(index);
  }
}
