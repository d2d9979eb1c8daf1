package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Money flow index: the share of the money (typical price times volume) that went into bars whose
/// typical price had risen, in `period` bars, from 0 to 100.
///
/// Without any flow 0. O(1) a bar.
///
/// Source: Gene Quong and Avrum Soudack (1989). Agrees with TA-Lib, but for flows below 1 in all,
/// which TA-Lib takes for none.
final class MoneyFlowIndex implements Indicator.OfBars {
  private final RollingSum in;
  private final RollingSum out;
  private double last = Double.NaN;

  MoneyFlowIndex(int period) {
    in = new RollingSum(period);
    out = new RollingSum(period);
  }

  @Override
  public void update(Bar bar) {
    double price = (bar.high() + bar.low() + bar.close()) / 3;
    if (!Double.isNaN(last)) {
      double flow = price * bar.volume();
      in.add(price > last ? flow : 0);
      out.add(price < last ? flow : 0);
    }
    last = price;
  }

  @Override
  public double value(int output) {
    if (!in.full()) {
      return Double.NaN;
    }
    double flow = in.sum() + out.sum();
    return flow == 0 ? 0 : 100 * (in.sum() / flow);
  }

  @Override
  public void state(Snapshot snapshot) {
    in.state(snapshot);
    out.state(snapshot);
    last = snapshot.number(last);
  }
}
