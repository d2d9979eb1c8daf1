package sandpiper.domain.metrics;

import org.jspecify.annotations.Nullable;

/// A number, or why there is none; never an infinity.
///
/// @param value finite; null when there is none
/// @param reason for people, such as `no losing trade`; null when there is a value
public record Figure(@Nullable Double value, @Nullable String reason) {
  public Figure {
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException(
          "a figure must have a value or a reason, had " + value + " and " + reason);
    }
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException("a figure must be a finite number, was " + value);
    }
  }

  public static Figure of(double value) {
    return new Figure(value, null);
  }

  public static Figure none(String reason) {
    return new Figure(null, reason);
  }

  /// @param withoutDivisor the reason when `divisor` is zero
  public static Figure ratio(double dividend, double divisor, String withoutDivisor) {
    return divisor == 0 ? none(withoutDivisor) : finite(dividend / divisor);
  }

  static Figure finite(double value) {
    return Double.isFinite(value) ? of(value) : none("too large to be told");
  }
}
