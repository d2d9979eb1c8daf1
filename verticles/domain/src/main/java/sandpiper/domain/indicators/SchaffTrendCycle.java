package sandpiper.domain.indicators;

/// Schaff trend cycle: a MACD line sent twice through a stochastic and a smoothing by half, from 0
/// to 100.
///
/// Where a range is nothing the stochastic stays as it was, at first 0. O(1) a step.
///
/// Source: Doug Schaff, The Schaff Trend Cycle (1999).
final class SchaffTrendCycle implements Indicator.OfSeries {
  private static final double FACTOR = 0.5;

  private final EmaDistance distance;
  private final Stage first;
  private final Stage second;
  private double value = Double.NaN;

  SchaffTrendCycle(int fastPeriod, int slowPeriod, int cycle) {
    distance = EmaDistance.absolute(fastPeriod, slowPeriod);
    first = new Stage(cycle);
    second = new Stage(cycle);
  }

  private static final class Stage {
    private final Extreme highest;
    private final Extreme lowest;
    private double place;
    private double smoothed = Double.NaN;

    Stage(int cycle) {
      highest = Extreme.highest(cycle);
      lowest = Extreme.lowest(cycle);
    }

    double next(double x) {
      if (Double.isNaN(x)) {
        return x;
      }
      highest.add(x);
      lowest.add(x);
      if (highest.full()) {
        double range = highest.value() - lowest.value();
        place = range > 0 ? 100 * ((x - lowest.value()) / range) : place;
        smoothed = Double.isNaN(smoothed) ? place : smoothed + FACTOR * (place - smoothed);
      }
      return smoothed;
    }

    void state(Snapshot snapshot) {
      highest.state(snapshot);
      lowest.state(snapshot);
      place = snapshot.number(place);
      smoothed = snapshot.number(smoothed);
    }
  }

  @Override
  public void update(double x) {
    value = second.next(first.next(distance.next(x)));
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    distance.state(snapshot);
    first.state(snapshot);
    second.state(snapshot);
    value = snapshot.number(value);
  }
}
