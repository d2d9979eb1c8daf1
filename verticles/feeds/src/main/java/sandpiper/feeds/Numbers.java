package sandpiper.feeds;

import java.nio.charset.StandardCharsets;

/// Numbers out of bytes, without a string in between where that is exact.
final class Numbers {
  /// Powers of ten that a double holds exactly.
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long MAX_EXACT = 1L << 53;
  private static final int MAX_WHOLE_DIGITS = 18;

  private Numbers() {}

  /// At most 18 digits and nothing else; -1 for anything else.
  static long whole(byte[] bytes, int start, int end) {
    if (start == end || end - start > MAX_WHOLE_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /// The double nearest to a decimal such as `1`, `-0.5` or `1.5e-7`; NaN for anything else.
  ///
  /// Digits that fit 53 bits, divided by a power of ten that is exact too, round once and so
  /// correctly. All else goes through [Double#parseDouble].
  static double decimal(byte[] bytes, int start, int end) {
    long digits = 0;
    int point = -1;
    for (int i = start; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        if (digits > MAX_EXACT) {
          return slowly(bytes, start, end);
        }
      } else if (bytes[i] == '.' && point < 0 && i > start) {
        point = i;
      } else {
        return slowly(bytes, start, end);
      }
    }
    int decimals = point < 0 ? 0 : end - point - 1;
    if (start == end || point == end - 1 || decimals >= POWERS.length) {
      return slowly(bytes, start, end);
    }
    return digits / POWERS[decimals];
  }

  /// The same of a text.
  static double decimal(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return decimal(bytes, 0, bytes.length);
  }

  private static double slowly(byte[] bytes, int start, int end) {
    var text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789.+-eE".indexOf(text.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
