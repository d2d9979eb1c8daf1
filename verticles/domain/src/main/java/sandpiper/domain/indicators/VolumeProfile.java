package sandpiper.domain.indicators;

import java.util.Arrays;
import sandpiper.domain.market.Bar;

/// Volume profile of the last `period` bars: at which prices the volume was traded.
///
/// Outputs: `poc` (point of control, the middle of the row with most volume; of equal ones the
/// lowest), `high`, `low` (the edges of the value area, which holds `share` percent of the volume).
/// The range of all bars is cut into `rows` of equal height; the volume of a bar is spread evenly
/// over its own range. The value area grows from the point of control by the fuller of the two
/// neighbouring rows, the upper one of equals.
///
/// Looks at the whole window at every bar.
///
/// Source: Peter Steidlmayer, Market Profile (1984); rows and value area as on TradingView.
final class VolumeProfile implements Indicator.OfBars {
  private final Recent highs;
  private final Recent lows;
  private final Recent volumes;
  private final double[] rows;
  private final double share;
  private double control = Double.NaN;
  private double top = Double.NaN;
  private double bottom = Double.NaN;

  VolumeProfile(int period, int rows, double percent) {
    highs = new Recent(period);
    lows = new Recent(period);
    volumes = new Recent(period);
    this.rows = new double[rows];
    share = percent / 100;
  }

  @Override
  public void update(Bar bar) {
    highs.add(bar.high());
    lows.add(bar.low());
    volumes.add(bar.volume());
    if (highs.full()) {
      measure();
    }
  }

  private void measure() {
    double floor = Double.POSITIVE_INFINITY;
    double ceiling = 0;
    for (int i = 0; i < highs.numbers().length; i++) {
      floor = Math.min(floor, lows.numbers()[i]);
      ceiling = Math.max(ceiling, highs.numbers()[i]);
    }
    double height = (ceiling - floor) / rows.length;
    if (height == 0) {
      control = floor;
      top = ceiling;
      bottom = floor;
      return;
    }
    fill(floor, height);
    int low = fullest();
    int high = low;
    double held = rows[low];
    double wanted = share * Arrays.stream(rows).sum();
    control = floor + (low + 0.5) * height;
    while (held < wanted && (low > 0 || high < rows.length - 1)) {
      double above = high < rows.length - 1 ? rows[high + 1] : -1;
      double below = low > 0 ? rows[low - 1] : -1;
      held += Math.max(above, below);
      if (above >= below) {
        high++;
      } else {
        low--;
      }
    }
    top = floor + (high + 1) * height;
    bottom = floor + low * height;
  }

  private void fill(double floor, double height) {
    Arrays.fill(rows, 0);
    int last = rows.length - 1;
    for (int i = 0; i < highs.numbers().length; i++) {
      double from = (lows.numbers()[i] - floor) / height;
      double to = (highs.numbers()[i] - floor) / height;
      double volume = volumes.numbers()[i];
      int first = Math.min((int) from, last);
      if (to == from) {
        rows[first] += volume;
      } else {
        for (int row = first; row <= last && row < to; row++) {
          rows[row] += volume * ((Math.min(to, row + 1) - Math.max(from, row)) / (to - from));
        }
      }
    }
  }

  private int fullest() {
    int best = 0;
    for (int row = 1; row < rows.length; row++) {
      if (rows[row] > rows[best]) {
        best = row;
      }
    }
    return best;
  }

  @Override
  public double value(int output) {
    return switch (output) {
      case 0 -> control;
      case 1 -> top;
      default -> bottom;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    highs.state(snapshot);
    lows.state(snapshot);
    volumes.state(snapshot);
    control = snapshot.number(control);
    top = snapshot.number(top);
    bottom = snapshot.number(bottom);
  }
}
