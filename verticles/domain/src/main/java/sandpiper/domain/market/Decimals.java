package sandpiper.domain.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// From market numbers to exact money and back to text.
public final class Decimals {
  private Decimals() {}

  /// The decimal that a market price was written as: the shortest one that reads back as `value`.
  ///
  /// Exact for everything given with at most 15 significant digits.
  public static BigDecimal exact(double value) {
    return BigDecimal.valueOf(value);
  }

  /// `value` down to a whole number of `step`s (towards zero), such as a quantity to its lot.
  public static BigDecimal down(BigDecimal value, BigDecimal step) {
    return value.divide(step, 0, RoundingMode.DOWN).multiply(step);
  }

  /// `value` up to a whole number of `step`s (away from zero).
  public static BigDecimal up(BigDecimal value, BigDecimal step) {
    return value.divide(step, 0, RoundingMode.UP).multiply(step);
  }

  /// Without exponent and without trailing zeros: `-363.86228`, `0`.
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
