package sandpiper.domain.trading;

import java.util.Arrays;
import java.util.Locale;

/// Which part of what was entered a partial exit takes out, and so what profit it books. Over the
/// whole life of a position both book the same.
public enum CostBasis {
  /// Its share of all that is held.
  AVERAGE,
  /// What was entered first.
  FIFO;

  /// @throws IllegalArgumentException naming what is allowed
  public static CostBasis parse(String text) {
    for (var basis : values()) {
      if (basis.text().equals(text)) {
        return basis;
      }
    }
    throw new IllegalArgumentException(
        "cost basis must be one of "
            + Arrays.stream(values()).map(CostBasis::text).toList()
            + ", was '"
            + text
            + "'");
  }

  /// As it is written: `average`, `fifo`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
