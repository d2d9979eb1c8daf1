package sandpiper.domain.market;

/// The level-2 order book of one symbol as it stands now: how much waits at which price.
///
/// Prices that are not there are NaN.
public interface OrderBook {
  String symbol();

  /// UTC microseconds of the latest event that changed it.
  long time();

  /// Of the last change that is in it.
  long lastId();

  /// Whether it can be relied on: false before the first snapshot, and from a gap in the updates to
  /// the next snapshot.
  boolean isValid();

  BookSide bids();

  BookSide asks();

  /// Between the best bid and the best ask.
  default double mid() {
    return (bids().best() + asks().best()) / 2;
  }

  /// From the best bid to the best ask.
  default double spread() {
    return asks().best() - bids().best();
  }

  /// The middle weighted by the sizes of the best levels, each price by the size of the other side:
  /// close to the ask when much is bid.
  default double microprice() {
    double bidSize = bids().bestSize();
    double askSize = asks().bestSize();
    return (bids().best() * askSize + asks().best() * bidSize) / (bidSize + askSize);
  }

  /// How much more is bid than asked, from -1 (all asked) to 1 (all bid).
  ///
  /// @param depth how many levels of each side are looked at, from 1
  default double imbalance(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, was " + depth);
    }
    double bid = bids().total(depth);
    double ask = asks().total(depth);
    return (bid - ask) / (bid + ask);
  }
}
