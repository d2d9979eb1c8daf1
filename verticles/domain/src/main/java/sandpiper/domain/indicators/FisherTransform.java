package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Fisher transform: where the middle of the bar stands in its range of `period` bars, smoothed and
/// stretched so that turns stand out; and the value one bar before.
///
/// Outputs: `fisher`, `signal`. A range of nothing counts as its middle. O(1) a bar.
///
/// Source: John Ehlers, Using the Fisher Transform (2002).
final class FisherTransform implements Indicator.OfBars {
  private final Extreme highest;
  private final Extreme lowest;
  private double place;
  private double fisher = Double.NaN;
  private double signal = Double.NaN;

  FisherTransform(int period) {
    highest = Extreme.highest(period);
    lowest = Extreme.lowest(period);
  }

  @Override
  public void update(Bar bar) {
    double middle = (bar.high() + bar.low()) / 2;
    highest.add(middle);
    lowest.add(middle);
    if (!highest.full()) {
      return;
    }
    double range = highest.value() - lowest.value();
    double share = range == 0 ? 0.5 : (middle - lowest.value()) / range;
    place = Math.clamp(0.66 * (share - 0.5) + 0.67 * place, -0.999, 0.999);
    signal = fisher;
    double before = Double.isNaN(fisher) ? 0 : fisher;
    fisher = 0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * before;
  }

  @Override
  public double value(int output) {
    return output == 1 || Double.isNaN(signal) ? signal : fisher;
  }

  @Override
  public void state(Snapshot snapshot) {
    highest.state(snapshot);
    lowest.state(snapshot);
    place = snapshot.number(place);
    fisher = snapshot.number(fisher);
    signal = snapshot.number(signal);
  }
}
