package sandpiper.domain.trading;

/// The deepest fall of a series below its highest point so far, as a share of that point.
///
/// The starting value counts as a point.
final class Drawdown {
  private double peak;
  private double worst;

  Drawdown(double start) {
    peak = start;
  }

  void add(double value) {
    if (value > peak) {
      peak = value;
    } else if (peak > 0) {
      worst = Math.min(worst, value / peak - 1);
    }
  }

  /// Zero or below; -0.1 is a fall by 10 %.
  double worst() {
    return worst;
  }
}
