package sandpiper.domain.indicators;

import java.util.Arrays;

/// The state of an indicator as plain numbers, so that it can be kept and taken up again.
///
/// An indicator names its changing fields once, in [Indicator#state]: the same lines write a
/// snapshot and read one, so the two cannot disagree.
public final class Snapshot {
  private double[] numbers;
  private final boolean reading;
  private int next;

  private Snapshot(double[] numbers, boolean reading) {
    this.numbers = numbers;
    this.reading = reading;
  }

  public static double[] of(Indicator indicator) {
    var snapshot = new Snapshot(new double[16], false);
    indicator.state(snapshot);
    return Arrays.copyOf(snapshot.numbers, snapshot.next);
  }

  /// Lets `indicator` go on where the one stood that `numbers` were taken of.
  ///
  /// @param indicator made from the same parameters
  /// @throws IllegalArgumentException when it has another number of fields
  public static void restore(Indicator indicator, double[] numbers) {
    if (of(indicator).length != numbers.length) {
      throw new IllegalArgumentException(
          "a snapshot of this indicator must have "
              + of(indicator).length
              + " numbers, had "
              + numbers.length);
    }
    indicator.state(new Snapshot(numbers.clone(), true));
  }

  double number(double field) {
    if (reading) {
      return numbers[next++];
    }
    if (next == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * next);
    }
    numbers[next++] = field;
    return field;
  }

  int whole(int field) {
    return (int) number(field);
  }

  /// @param field up to 2^53, or the lowest long of all
  long whole(long field) {
    return (long) number((double) field);
  }

  boolean flag(boolean field) {
    return number(field ? 1 : 0) != 0;
  }

  void numbers(double[] fields) {
    for (int i = 0; i < fields.length; i++) {
      fields[i] = number(fields[i]);
    }
  }
}
