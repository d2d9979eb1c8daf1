package sandpiper.domain.indicators;

/// Where a close stands between the lowest low (0) and the highest high (100) of `period` steps,
/// smoothed to %K and again to %D, both by plain means. A range of nothing gives 0, as in TA-Lib.
final class StochasticLines {
  private final Extreme highest;
  private final Extreme lowest;
  private final Sma smoothed;
  private final Sma signal;

  StochasticLines(int period, int smooth, int signalPeriod) {
    highest = Extreme.highest(period);
    lowest = Extreme.lowest(period);
    smoothed = new Sma(smooth);
    signal = new Sma(signalPeriod);
  }

  void update(double high, double low, double close) {
    highest.add(high);
    lowest.add(low);
    double floor = lowest.value();
    double range = highest.value() - floor;
    double place = range == 0 ? 0 : 100 * ((close - floor) / range);
    signal.next(smoothed.next(place));
  }

  /// %K is 0, %D is 1.
  double value(int output) {
    double d = signal.value(0);
    return output == 1 || Double.isNaN(d) ? d : smoothed.value(0);
  }

  void state(Snapshot snapshot) {
    highest.state(snapshot);
    lowest.state(snapshot);
    smoothed.state(snapshot);
    signal.state(snapshot);
  }
}
