package sandpiper.domain.quality;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import sandpiper.domain.quality.StreamQuality.Outlier;
import sandpiper.domain.quality.StreamQuality.Outliers;

/// Holds each price against the median of itself, the ten before and the ten after it, fewer at the
/// ends. A market that moves takes the prices around along; a wrong price stands alone.
final class PriceCheck {
  private static final int AROUND = 10;
  private static final int FEWEST = 5;

  private final LogHistogram distances = new LogHistogram();
  private final Worst<Outlier> farthest =
      new Worst<>(Comparator.comparingDouble(PriceCheck::distance));

  /// Up to ten that were looked at, then up to eleven that were not.
  private final ArrayDeque<Row> window = new ArrayDeque<>();

  private final double[] around = new double[2 * AROUND + 1];
  private int waiting;

  private record Row(long seq, long time, double price) {}

  void add(long seq, long time, double price) {
    window.addLast(new Row(seq, time, price));
    waiting++;
    if (waiting > AROUND) {
      look();
    }
  }

  /// At the first that waits.
  private void look() {
    int place = window.size() - waiting;
    int count = 0;
    int i = 0;
    Row row = null;
    for (var each : window) {
      if (i == place) {
        row = each;
      }
      if (Math.abs(i - place) <= AROUND) {
        around[count++] = each.price();
      }
      i++;
    }
    waiting--;
    if (row != null && count >= FEWEST) {
      Arrays.sort(around, 0, count);
      double median = (around[(count - 1) / 2] + around[count / 2]) / 2;
      var looked = new Outlier(row.seq(), row.time(), row.price(), median);
      distances.add(distance(looked));
      if (distance(looked) > QualityCheck.OUTLIER_SHARE) {
        farthest.add(looked);
      }
    }
    if (place == AROUND) {
      window.removeFirst();
    }
  }

  /// As a share of the smaller of the two, so that a tenth is as far away as ten times.
  private static double distance(Outlier outlier) {
    double ratio = outlier.price() / outlier.around();
    return Math.max(ratio, 1 / ratio) - 1;
  }

  /// Nothing can be added after it.
  Outliers report() {
    while (waiting > 0) {
      look();
    }
    double limit =
        Math.max(QualityCheck.OUTLIER_SHARE, QualityCheck.OUTLIER_FACTOR * distances.median());
    var found = farthest.where(each -> distance(each) > limit);
    return new Outliers(
        limit,
        found.size(),
        found.size() == QualityCheck.MOST,
        found.stream().limit(QualityCheck.NAMED).toList());
  }
}
