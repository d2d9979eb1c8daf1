package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Relative vigor index: how far bars close from their open, over how far they reach, in sums of
/// `period` bars.
///
/// Outputs: `rvgi`, `signal`. Three times a symmetrical average of four bars (1, 2, 2, 1) is taken:
/// of both parts and for the signal. Without any range 0. O(1) a bar.
///
/// Source: John Ehlers, Relative Vigor Index (2002).
final class RelativeVigor implements Indicator.OfBars {
  private final Symmetrical body = new Symmetrical();
  private final Symmetrical range = new Symmetrical();
  private final Symmetrical signal = new Symmetrical();
  private final RollingSum bodies;
  private final RollingSum ranges;
  private double vigor = Double.NaN;
  private double line = Double.NaN;

  RelativeVigor(int period) {
    bodies = new RollingSum(period);
    ranges = new RollingSum(period);
  }

  private static final class Symmetrical {
    private final Recent window = new Recent(4);

    double next(double x) {
      window.add(x);
      return window.full()
          ? (window.ago(0) + 2 * window.ago(1) + 2 * window.ago(2) + window.ago(3)) / 6
          : Double.NaN;
    }
  }

  @Override
  public void update(Bar bar) {
    double strength = body.next(bar.close() - bar.open());
    double reach = range.next(bar.high() - bar.low());
    if (Double.isNaN(reach)) {
      return;
    }
    bodies.add(strength);
    ranges.add(reach);
    if (ranges.full()) {
      double total = ranges.sum();
      vigor = total == 0 ? 0 : bodies.sum() / total;
      line = signal.next(vigor);
    }
  }

  @Override
  public double value(int output) {
    return output == 1 || Double.isNaN(line) ? line : vigor;
  }

  @Override
  public void state(Snapshot snapshot) {
    body.window.state(snapshot);
    range.window.state(snapshot);
    signal.window.state(snapshot);
    bodies.state(snapshot);
    ranges.state(snapshot);
    vigor = snapshot.number(vigor);
    line = snapshot.number(line);
  }
}
