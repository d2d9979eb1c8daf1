package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Alligator: three smoothed averages of the middle of the bar, each drawn ahead: `jaw` (13, by 8
/// bars), `teeth` (8, by 5), `lips` (5, by 3).
///
/// O(1) a bar. Source: Bill Williams, Trading Chaos (1995).
final class Alligator implements Indicator.OfBars {
  private final Line jaw;
  private final Line teeth;
  private final Line lips;

  Alligator(int jawPeriod, int teethPeriod, int lipsPeriod) {
    jaw = new Line(jawPeriod, 8);
    teeth = new Line(teethPeriod, 5);
    lips = new Line(lipsPeriod, 3);
  }

  private static final class Line {
    private final Rma average;
    private final Delay ahead;
    private double value = Double.NaN;

    Line(int period, int shift) {
      average = new Rma(period);
      ahead = new Delay(shift);
    }

    void update(double x) {
      value = ahead.push(average.next(x));
    }

    void state(Snapshot snapshot) {
      average.state(snapshot);
      ahead.state(snapshot);
      value = snapshot.number(value);
    }
  }

  @Override
  public void update(Bar bar) {
    double middle = (bar.high() + bar.low()) / 2;
    jaw.update(middle);
    teeth.update(middle);
    lips.update(middle);
  }

  @Override
  public double value(int output) {
    if (Double.isNaN(jaw.value + teeth.value + lips.value)) {
      return Double.NaN;
    }
    return switch (output) {
      case 0 -> jaw.value;
      case 1 -> teeth.value;
      default -> lips.value;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    jaw.state(snapshot);
    teeth.state(snapshot);
    lips.state(snapshot);
  }
}
