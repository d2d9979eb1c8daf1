package sandpiper.domain.market;

/// Range checks whose messages name the thing and the value.
final class Check {
  private Check() {}

  static void positive(String what, double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(what + " must be a number above zero, was " + value);
    }
  }

  static void notNegative(String what, double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(what + " must be a number from zero up, was " + value);
    }
  }
}
