package sandpiper.domain.indicators;

/// Variable index dynamic average: an EMA whose weight is scaled by how much of the last `cmo`
/// changes went one way.
///
/// Starts at the value before the first full window. O(1) a step.
///
/// Source: Tushar Chande, The New Technical Trader (1994).
final class Vidya implements Indicator.OfSeries {
  private final double weight;
  private final RollingSum net;
  private final RollingSum way;
  private double last = Double.NaN;
  private double value = Double.NaN;

  Vidya(int period, int cmoPeriod) {
    weight = 2.0 / (period + 1);
    net = new RollingSum(cmoPeriod);
    way = new RollingSum(cmoPeriod);
  }

  @Override
  public void update(double x) {
    double before = last;
    last = x;
    if (Double.isNaN(before)) {
      return;
    }
    net.add(x - before);
    way.add(Math.abs(x - before));
    if (way.full()) {
      double length = way.sum();
      double oneWay = length == 0 ? 0 : Math.min(1, Math.abs(net.sum()) / length);
      double from = Double.isNaN(value) ? before : value;
      value = from + weight * oneWay * (x - from);
    }
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    net.state(snapshot);
    way.state(snapshot);
    last = snapshot.number(last);
    value = snapshot.number(value);
  }
}
