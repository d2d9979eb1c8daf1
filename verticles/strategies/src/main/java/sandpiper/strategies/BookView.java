package sandpiper.strategies;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.OrderBook;

/// The best levels of an order book as scripts see them, at one moment; it does not change any
/// more.
public final class BookView {
  /// Levels of each side.
  static final int DEPTH = 20;

  @HostAccess.Export public final String symbol;
  @HostAccess.Export public final double time;
  @HostAccess.Export public final double bid;
  @HostAccess.Export public final double ask;
  @HostAccess.Export public final double bidSize;
  @HostAccess.Export public final double askSize;
  @HostAccess.Export public final double mid;
  @HostAccess.Export public final double spread;
  @HostAccess.Export public final double microprice;
  @HostAccess.Export public final ProxyArray bids;
  @HostAccess.Export public final ProxyArray asks;
  private final Levels bidLevels;
  private final Levels askLevels;

  BookView(OrderBook book) {
    symbol = book.symbol();
    time = book.time() / 1e3;
    bid = book.bids().best();
    ask = book.asks().best();
    bidSize = book.bids().bestSize();
    askSize = book.asks().bestSize();
    mid = book.mid();
    spread = book.spread();
    microprice = book.microprice();
    bidLevels = book.bids().top(DEPTH);
    askLevels = book.asks().top(DEPTH);
    bids = new LevelsView(bidLevels);
    asks = new LevelsView(askLevels);
  }

  /// @param depth whole, from 1 to [#DEPTH]
  @HostAccess.Export
  public double imbalance(double depth) {
    if (!(depth >= 1 && depth <= DEPTH) || depth != Math.rint(depth)) {
      throw new IllegalArgumentException(
          "depth must be a whole number from 1 to " + DEPTH + ", was " + depth);
    }
    double bought = total(bidLevels, (int) depth);
    double sold = total(askLevels, (int) depth);
    return (bought - sold) / (bought + sold);
  }

  private static double total(Levels levels, int depth) {
    double total = 0;
    for (int i = 0; i < Math.min(depth, levels.count()); i++) {
      total += levels.size(i);
    }
    return total;
  }

  /// A price and how much waits there.
  public static final class LevelView {
    @HostAccess.Export public final double price;
    @HostAccess.Export public final double size;

    LevelView(double price, double size) {
      this.price = price;
      this.size = size;
    }
  }

  /// An array that cannot be written to.
  private record LevelsView(Levels levels) implements ProxyArray {
    @Override
    public Object get(long index) {
      return new LevelView(levels.price((int) index), levels.size((int) index));
    }

    @Override
    public void set(long index, Value value) {
      throw new UnsupportedOperationException("an order book cannot be changed");
    }

    @Override
    public long getSize() {
      return levels.count();
    }
  }
}
