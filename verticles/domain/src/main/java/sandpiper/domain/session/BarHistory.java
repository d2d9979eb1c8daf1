package sandpiper.domain.session;

import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;

/// The latest closed bars of one symbol and interval. Nothing that has not closed is in it.
///
/// `ago` counts back from 0, the bar that closed last. Not thread-safe.
public final class BarHistory {
  /// Bars that are kept.
  public static final int CAPACITY = 1_000;

  private final String symbol;
  private final Interval interval;
  private final Bar[] ring = new Bar[CAPACITY];
  private long count;

  BarHistory(String symbol, Interval interval) {
    this.symbol = symbol;
    this.interval = interval;
  }

  boolean isOf(String symbol, Interval interval) {
    return this.symbol.equals(symbol) && this.interval.equals(interval);
  }

  void add(Bar bar) {
    ring[(int) (count++ % CAPACITY)] = bar;
  }

  /// Bars that can be read, at most [#CAPACITY].
  public int size() {
    return (int) Math.min(count, CAPACITY);
  }

  /// @throws IndexOutOfBoundsException when `ago` is below zero or not below [#size]
  public Bar bar(int ago) {
    if (ago < 0 || ago >= size()) {
      throw new IndexOutOfBoundsException("ago must be from 0 to " + (size() - 1) + ", was " + ago);
    }
    return ring[(int) ((count - 1 - ago) % CAPACITY)];
  }
}
