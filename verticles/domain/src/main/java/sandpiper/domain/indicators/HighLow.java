package sandpiper.domain.indicators;

/// The highest or the lowest of the last `period` values, or the middle between both. O(1) a step.
/// Agrees with TA-Lib (MAX, MIN, MIDPOINT).
final class HighLow implements Indicator.OfSeries {
  /// Which one.
  enum Kind {
    HIGHEST,
    LOWEST,
    MIDDLE
  }

  private final Kind kind;
  private final Extreme highest;
  private final Extreme lowest;

  HighLow(Kind kind, int period) {
    this.kind = kind;
    highest = Extreme.highest(kind == Kind.LOWEST ? 1 : period);
    lowest = Extreme.lowest(kind == Kind.HIGHEST ? 1 : period);
  }

  @Override
  public void update(double x) {
    highest.add(x);
    lowest.add(x);
  }

  @Override
  public double value(int output) {
    return switch (kind) {
      case HIGHEST -> highest.value();
      case LOWEST -> lowest.value();
      case MIDDLE -> (highest.value() + lowest.value()) / 2;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    highest.state(snapshot);
    lowest.state(snapshot);
  }
}
