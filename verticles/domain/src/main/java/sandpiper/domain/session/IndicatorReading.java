package sandpiper.domain.session;

import java.util.Arrays;
import sandpiper.domain.indicators.IndicatorLayout;

/// One indicator as a strategy sees it: its values now, one step of its stream ago, and further
/// back.
///
/// The arrays stay the same for the life of the reading; NaN stands for a value that is not there
/// yet.
public final class IndicatorReading {
  /// Steps that can be looked back.
  public static final int DEPTH = 256;

  private final NamedIndicator indicator;
  private final int offset;
  private final double[] values;
  private final double[] previous;
  private final double[] past;
  private int next;

  IndicatorReading(NamedIndicator indicator, IndicatorLayout layout) {
    this.indicator = indicator;
    offset = layout.offset(indicator.spec());
    values = new double[indicator.outputs().size()];
    previous = new double[values.length];
    past = new double[values.length * DEPTH];
    Arrays.fill(values, Double.NaN);
    Arrays.fill(previous, Double.NaN);
    Arrays.fill(past, Double.NaN);
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

  /// The value `ago` steps of its stream back; 0 is the latest.
  ///
  /// @param ago from 0 to [#DEPTH] - 1
  /// @return NaN when there was none
  public double past(int output, int ago) {
    if (ago < 0 || ago >= DEPTH) {
      throw new IllegalArgumentException(
          "an indicator can be looked back at from 0 to " + (DEPTH - 1) + " steps, was " + ago);
    }
    return past[Math.floorMod(next - 1 - ago, DEPTH) * values.length + output];
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
    int row = next * values.length;
    for (int i = 0; i < values.length; i++) {
      previous[i] = values[i];
      // After a reload the step under way still carries the values of before.
      values[i] = offset + i < all.length ? all[offset + i] : Double.NaN;
      past[row + i] = values[i];
    }
    next = (next + 1) % DEPTH;
  }

  /// Takes over what another reading of the same indicator has seen.
  void continueFrom(IndicatorReading other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
    System.arraycopy(other.previous, 0, previous, 0, previous.length);
    System.arraycopy(other.past, 0, past, 0, past.length);
    next = other.next;
  }
}
