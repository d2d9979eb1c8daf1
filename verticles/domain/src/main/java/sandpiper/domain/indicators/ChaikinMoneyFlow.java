package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Chaikin money flow: the volume of `period` bars, each counted by where its close stands between
/// low (-1) and high (1), over all of it.
///
/// Without volume 0. O(1) a bar. Source: Marc Chaikin.
final class ChaikinMoneyFlow implements Indicator.OfBars {
  private final RollingSum flow;
  private final RollingSum volume;

  ChaikinMoneyFlow(int period) {
    flow = new RollingSum(period);
    volume = new RollingSum(period);
  }

  @Override
  public void update(Bar bar) {
    flow.add(CumulativeVolume.place(bar) * bar.volume());
    volume.add(bar.volume());
  }

  @Override
  public double value(int output) {
    if (!volume.full()) {
      return Double.NaN;
    }
    double total = volume.sum();
    return total == 0 ? 0 : flow.sum() / total;
  }

  @Override
  public void state(Snapshot snapshot) {
    flow.state(snapshot);
    volume.state(snapshot);
  }
}
