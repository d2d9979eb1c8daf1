package sandpiper.domain.session;

import java.util.Arrays;
import sandpiper.domain.indicators.IndicatorLayout;

/// One indicator as a strategy sees it: its values now and one step of its stream ago.
///
/// The arrays stay the same for the life of the reading; NaN stands for a value that is not there
/// yet.
public final class IndicatorReading {
  private final NamedIndicator indicator;
  private final int offset;
  private final double[] values;
  private final double[] previous;

  IndicatorReading(NamedIndicator indicator, IndicatorLayout layout) {
    this.indicator = indicator;
    offset = layout.offset(indicator.spec());
    values = new double[indicator.outputs().size()];
    previous = new double[values.length];
    Arrays.fill(values, Double.NaN);
    Arrays.fill(previous, Double.NaN);
  }

  public NamedIndicator indicator() {
    return indicator;
  }

  /// By output, in the order of [NamedIndicator#outputs].
  public double[] values() {
    return values;
  }

  /// The values before the latest step.
  public double[] previous() {
    return previous;
  }

  public double value() {
    return values[0];
  }

  boolean isReady() {
    for (double value : values) {
      if (Double.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  void update(double[] all) {
    for (int i = 0; i < values.length; i++) {
      previous[i] = values[i];
      values[i] = all[offset + i];
    }
  }
}
