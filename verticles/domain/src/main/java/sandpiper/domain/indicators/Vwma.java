package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Volume-weighted moving average: the mean of the last `period` closes, each by its volume; the
/// plain close while there is no volume at all.
///
/// O(1) a bar.
final class Vwma implements Indicator.OfBars {
  private final RollingSum money;
  private final RollingSum volume;
  private double close;

  Vwma(int period) {
    money = new RollingSum(period);
    volume = new RollingSum(period);
  }

  @Override
  public void update(Bar bar) {
    close = bar.close();
    money.add(bar.close() * bar.volume());
    volume.add(bar.volume());
  }

  @Override
  public double value(int output) {
    if (!volume.full()) {
      return Double.NaN;
    }
    double total = volume.sum();
    return total == 0 ? close : money.sum() / total;
  }

  @Override
  public void state(Snapshot snapshot) {
    money.state(snapshot);
    volume.state(snapshot);
    close = snapshot.number(close);
  }
}
