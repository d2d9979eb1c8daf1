package sandpiper.domain.market;

import java.util.Arrays;

/// Price levels of one side of an order book, in the order in which a source gave them.
///
/// @param prices in quote currency, above zero
/// @param sizes in base currency; in an update zero means that the level is gone
@SuppressWarnings("ArrayRecordComponent") // read on the hot path; compared below
public record Levels(double[] prices, double[] sizes) {
  public static final Levels NONE = new Levels(new double[0], new double[0]);

  public Levels {
    if (prices.length != sizes.length) {
      throw new IllegalArgumentException(
          "a level has a price and a size, was "
              + prices.length
              + " prices and "
              + sizes.length
              + " sizes");
    }
    for (double price : prices) {
      Check.positive("price of a level", price);
    }
    for (double size : sizes) {
      Check.notNegative("size of a level", size);
    }
  }

  public int count() {
    return prices.length;
  }

  public double price(int i) {
    return prices[i];
  }

  public double size(int i) {
    return sizes[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Levels levels
        && Arrays.equals(prices, levels.prices)
        && Arrays.equals(sizes, levels.sizes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prices) + Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.toString(prices) + " × " + Arrays.toString(sizes);
  }
}
