package sandpiper.domain.trading;

/// Which part of what was entered a partial exit takes out, and so what profit it books. Over the
/// whole life of a position both book the same.
public enum CostBasis {
  /// Its share of all that is held.
  AVERAGE,
  /// What was entered first.
  FIFO;

  /// @throws IllegalArgumentException naming what is allowed
  public static CostBasis parse(String text) {
    return Words.parse(values(), "cost basis", text);
  }

  /// As it is written: `average`, `fifo`.
  public String text() {
    return Words.text(this);
  }
}
