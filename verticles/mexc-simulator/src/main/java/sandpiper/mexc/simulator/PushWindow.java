package sandpiper.mexc.simulator;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What has happened to a symbol since it was last told: prices of the book that have changed, with
/// their versions, and trades.
final class PushWindow {
  private final NavigableSet<Long> bids = new TreeSet<>(Collections.reverseOrder());
  private final NavigableSet<Long> asks = new TreeSet<>();
  private long told;
  private long toldTrade;

  /// @param version that is known to everybody
  PushWindow(long version) {
    told = version;
  }

  void touch(boolean bid, long price) {
    (bid ? bids : asks).add(price);
  }

  boolean isEmpty() {
    return bids.isEmpty() && asks.isEmpty();
  }

  /// The best first, in ticks.
  NavigableSet<Long> bids() {
    return bids;
  }

  /// The best first, in ticks.
  NavigableSet<Long> asks() {
    return asks;
  }

  /// The first version that has not been told.
  long from() {
    return told + 1;
  }

  /// The last trade that has been told.
  long toldTrade() {
    return toldTrade;
  }

  /// Everything up to a version and a trade has been told.
  void told(long version, long trade) {
    toldTrade = trade;
    bids.clear();
    asks.clear();
    told = version;
  }
}
