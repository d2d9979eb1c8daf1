package sandpiper.domain.indicators;

/// Bollinger bands: a simple moving average and a band `deviations` standard deviations wide each
/// side.
///
/// Outputs: `upper`, `middle`, `lower`. Population deviation. First value after `period` values.
/// O(1) a step.
///
/// Source: John Bollinger, Bollinger on Bollinger Bands (2001). Agrees with TA-Lib.
final class Bollinger implements Indicator.OfSeries {
  private final Window window;
  private final double deviations;

  Bollinger(int period, double deviations) {
    window = new Window(period);
    this.deviations = deviations;
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    return switch (output) {
      case 0 -> window.mean() + deviations * window.deviation();
      case 1 -> window.mean();
      default -> window.mean() - deviations * window.deviation();
    };
  }
}
