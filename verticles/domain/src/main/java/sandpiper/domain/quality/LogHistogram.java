package sandpiper.domain.quality;

/// Counts numbers from zero up by their size, so that their median is known to within one percent,
/// however many there are. Constant memory.
final class LogHistogram {
  private static final double STEP = Math.log(1.01);
  private static final int ONE = 4_096;

  private final long[] counts = new long[2 * ONE];
  private long total;

  void add(double value) {
    int bucket = value > 0 ? ONE + (int) Math.round(Math.log(value) / STEP) : 0;
    counts[Math.clamp(bucket, 0, counts.length - 1)]++;
    total++;
  }

  boolean isEmpty() {
    return total == 0;
  }

  /// The lower of the two in the middle when there is an even number; next to nothing for zero.
  double median() {
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (2 * seen >= total && seen > 0) {
        return Math.exp((i - ONE) * STEP);
      }
    }
    return 0;
  }
}
