package sandpiper.domain.indicators;

/// Stochastic RSI: where the RSI stands in its own range of the last `stoch` steps, from 0 to 100.
///
/// Outputs: `k`, `d`. TA-Lib does not smooth %K (`smooth` 1), TradingView does (3). O(1) a step.
///
/// Source: Tushar Chande and Stanley Kroll, The New Technical Trader (1994). Agrees with TA-Lib.
final class StochasticRsi implements Indicator.OfSeries {
  private final Rsi strength;
  private final StochasticLines lines;

  StochasticRsi(int period, int range, int smooth, int signalPeriod) {
    strength = new Rsi(Rsi.Kind.RSI, period);
    lines = new StochasticLines(range, smooth, signalPeriod);
  }

  @Override
  public void update(double x) {
    double now = strength.next(x);
    if (!Double.isNaN(now)) {
      lines.update(now, now, now);
    }
  }

  @Override
  public double value(int output) {
    return lines.value(output);
  }

  @Override
  public void state(Snapshot snapshot) {
    strength.state(snapshot);
    lines.state(snapshot);
  }
}
