package sandpiper.domain.indicators;

import java.util.Arrays;

/// The middle one of the last `period` values in order of size; the mean of the two middle ones of
/// an even number. Moves up to the whole window at every step.
final class Median implements Indicator.OfSeries {
  private final Recent window;
  private final double[] sorted;
  private int count;

  Median(int period) {
    window = new Recent(period);
    sorted = new double[period];
  }

  @Override
  public void update(double x) {
    if (window.full()) {
      int gone = Arrays.binarySearch(sorted, 0, count, window.ago(sorted.length - 1));
      count--;
      System.arraycopy(sorted, gone + 1, sorted, gone, count - gone);
    }
    int place = Arrays.binarySearch(sorted, 0, count, x);
    place = place < 0 ? -place - 1 : place;
    System.arraycopy(sorted, place, sorted, place + 1, count - place);
    sorted[place] = x;
    count++;
    window.add(x);
  }

  @Override
  public double value(int output) {
    return window.full() ? (sorted[(count - 1) / 2] + sorted[count / 2]) / 2 : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
    snapshot.numbers(sorted);
    count = snapshot.whole(count);
  }
}
