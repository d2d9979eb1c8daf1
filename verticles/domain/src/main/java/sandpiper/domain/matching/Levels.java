package sandpiper.domain.matching;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The price levels of one side, the best one last: most comes and goes near it.
final class Levels {
  private static final int FIRST_CAPACITY = 64;

  private final boolean bids;
  private Level[] sorted = new Level[FIRST_CAPACITY];
  private int count;

  Levels(boolean bids) {
    this.bids = bids;
  }

  int count() {
    return count;
  }

  /// @param depth 0 is the best
  Level get(int depth) {
    return sorted[count - 1 - depth];
  }

  @Nullable Level best() {
    return count == 0 ? null : sorted[count - 1];
  }

  @Nullable Level find(long price) {
    int index = index(price);
    return index < 0 ? null : sorted[index];
  }

  Level findOrAdd(long price) {
    int index = index(price);
    if (index >= 0) {
      return sorted[index];
    }
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * count);
    }
    int at = -index - 1;
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    count++;
    var level = new Level(price);
    sorted[at] = level;
    return level;
  }

  void remove(Level level) {
    int index = index(level.price);
    System.arraycopy(sorted, index + 1, sorted, index, count - index - 1);
    count--;
  }

  /// Where `price` stands, or `-(index + 1)` of where it belongs.
  private int index(long price) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = sorted[middle].price;
      if (there == price) {
        return middle;
      }
      if (there < price == bids) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }
}
