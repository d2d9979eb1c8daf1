package sandpiper.domain.market;

import java.util.Arrays;

/// One side of an order book, sorted; level 0 is the best. Only its [BookBuilder] changes it.
public final class BookSide {
  private static final int FIRST_CAPACITY = 64;

  // The best level is last: most changes happen near it and move little.
  private final boolean bids;
  private double[] prices = new double[FIRST_CAPACITY];
  private double[] sizes = new double[FIRST_CAPACITY];
  private int count;

  BookSide(boolean bids) {
    this.bids = bids;
  }

  /// How many levels there are.
  public int count() {
    return count;
  }

  /// @param level from 0 to [#count] - 1
  public double price(int level) {
    return prices[count - 1 - level];
  }

  /// @param level from 0 to [#count] - 1
  public double size(int level) {
    return sizes[count - 1 - level];
  }

  /// NaN when there is none.
  public double best() {
    return count == 0 ? Double.NaN : prices[count - 1];
  }

  /// At the best price; NaN when there is none.
  public double bestSize() {
    return count == 0 ? Double.NaN : sizes[count - 1];
  }

  /// What waits at `price`; zero when nothing does.
  public double sizeAt(double price) {
    int index = find(price);
    return index < 0 ? 0 : sizes[index];
  }

  /// Of the best `depth` levels together.
  public double total(int depth) {
    double total = 0;
    for (int i = count - 1; i >= Math.max(0, count - depth); i--) {
      total += sizes[i];
    }
    return total;
  }

  /// The best `depth` levels, best first.
  public Levels top(int depth) {
    int taken = Math.min(depth, count);
    var topPrices = new double[taken];
    var topSizes = new double[taken];
    for (int i = 0; i < taken; i++) {
      topPrices[i] = price(i);
      topSizes[i] = size(i);
    }
    return new Levels(topPrices, topSizes);
  }

  void clear() {
    count = 0;
  }

  /// From the last to the first, as sources name the best first.
  void set(Levels levels) {
    for (int i = levels.count() - 1; i >= 0; i--) {
      set(levels.price(i), levels.size(i));
    }
  }

  private void set(double price, double size) {
    int index = find(price);
    if (index >= 0) {
      if (size > 0) {
        sizes[index] = size;
      } else {
        remove(index);
      }
    } else if (size > 0) {
      insert(-index - 1, price, size);
    }
  }

  private void remove(int index) {
    System.arraycopy(prices, index + 1, prices, index, count - index - 1);
    System.arraycopy(sizes, index + 1, sizes, index, count - index - 1);
    count--;
  }

  private void insert(int index, double price, double size) {
    if (count == prices.length) {
      prices = Arrays.copyOf(prices, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    System.arraycopy(prices, index, prices, index + 1, count - index);
    System.arraycopy(sizes, index, sizes, index + 1, count - index);
    prices[index] = price;
    sizes[index] = size;
    count++;
  }

  /// Where `price` stands, or `-(index + 1)` of where it belongs.
  private int find(double price) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      double there = prices[middle];
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
