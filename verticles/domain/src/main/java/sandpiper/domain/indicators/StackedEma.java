package sandpiper.domain.indicators;

/// Averages made of an exponential moving average that is smoothed again and again: DEMA, TEMA, T3
/// and TRIX differ in how often, and in how the layers are mixed.
///
/// Each layer begins when the one below has a value. O(1) a step. Agrees with TA-Lib.
///
/// Source: Patrick Mulloy, Smoothing Data with Faster Moving Averages (1994); Tim Tillson, Better
/// Moving Averages (1998); Jack Hutson, Good TRIX (1983).
final class StackedEma implements Indicator.OfSeries {
  private final Ema[] layers;

  /// What each layer counts for, the lowest first.
  private final double[] weights;

  private double value = Double.NaN;

  private StackedEma(int period, double... weights) {
    this.weights = weights;
    layers = new Ema[weights.length];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new Ema(period);
    }
  }

  static StackedEma dema(int period) {
    return new StackedEma(period, 2, -1);
  }

  static StackedEma tema(int period) {
    return new StackedEma(period, 3, -3, 1);
  }

  /// The third layer alone.
  static StackedEma triple(int period) {
    return new StackedEma(period, 0, 0, 1);
  }

  /// @param v volume factor: 0 is a triple EMA, 1 a triple DEMA
  static StackedEma t3(int period, double v) {
    double square = v * v;
    double cube = square * v;
    return new StackedEma(
        period,
        0,
        0,
        1 + 3 * v + 3 * square + cube,
        -3 * v - 6 * square - 3 * cube,
        3 * square + 3 * cube,
        -cube);
  }

  @Override
  public void update(double x) {
    double mixed = 0;
    double below = x;
    for (int i = 0; i < layers.length; i++) {
      below = layers[i].next(below);
      mixed += weights[i] * below;
    }
    value = mixed;
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    for (var layer : layers) {
      layer.state(snapshot);
    }
    value = snapshot.number(value);
  }
}
