package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Williams %R: how far the close is below the highest high of the last `period` bars, in percent
/// of their range, from -100 to 0. A range of nothing gives 0. O(1) a bar.
///
/// Source: Larry Williams, How I Made One Million Dollars Last Year Trading Commodities (1973).
/// Agrees with TA-Lib.
final class WilliamsR implements Indicator.OfBars {
  private final Donchian channel;
  private double close;

  WilliamsR(int period) {
    channel = new Donchian(period);
  }

  @Override
  public void update(Bar bar) {
    channel.update(bar);
    close = bar.close();
  }

  @Override
  public double value(int output) {
    double top = channel.value(0);
    double range = top - channel.value(2);
    return range == 0 ? 0 : -100 * ((top - close) / range);
  }

  @Override
  public void state(Snapshot snapshot) {
    channel.state(snapshot);
    close = snapshot.number(close);
  }
}
