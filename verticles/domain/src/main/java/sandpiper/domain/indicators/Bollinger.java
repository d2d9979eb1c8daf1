package sandpiper.domain.indicators;

/// Bollinger bands: a simple moving average and a band `deviations` population deviations wide each
/// side; or where the value stands in the band, or how wide the band is.
///
/// O(1) a step. A band without width has the value in its middle.
///
/// Source: John Bollinger, Bollinger on Bollinger Bands (2001). Agrees with TA-Lib.
final class Bollinger implements Indicator.OfSeries {
  /// What to tell of the band.
  enum Kind {
    /// Outputs: `upper`, `middle`, `lower`.
    BANDS,
    /// %b: 0 at the lower band, 1 at the upper.
    PLACE,
    /// Upper less lower band, in percent of the middle; a middle of zero gives 0.
    WIDTH
  }

  private final Kind kind;
  private final RollingMoments window;
  private final double deviations;
  private double last;
  private double middle = Double.NaN;
  private double half = Double.NaN;

  Bollinger(Kind kind, int period, double deviations) {
    this.kind = kind;
    window = new RollingMoments(period);
    this.deviations = deviations;
  }

  @Override
  public void update(double x) {
    last = x;
    window.add(x);
    if (window.full()) {
      middle = window.mean();
      half = deviations * window.deviation();
    }
  }

  @Override
  public double value(int output) {
    return switch (kind) {
      case BANDS -> output == 0 ? middle + half : output == 1 ? middle : middle - half;
      case PLACE -> half == 0 ? 0.5 : (last - middle + half) / (2 * half);
      case WIDTH -> middle == 0 ? 0 : 200 * half / middle;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
    last = snapshot.number(last);
    middle = snapshot.number(middle);
    half = snapshot.number(half);
  }
}
