package sandpiper.mexc.simulator;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;

/// Background orders that rest on both sides of a price.
final class Makers {
  /// How far the farthest of them stands from the price, in ticks.
  static final int WIDTH = 200;

  private static final int QUOTES_A_SIDE = 60;
  private static final int SPREAD = 2;
  private static final int LARGEST = 2_000;

  private final Market market;
  private final SplittableRandom random;
  private final ArrayDeque<MatchedOrder> bids = new ArrayDeque<>();
  private final ArrayDeque<MatchedOrder> asks = new ArrayDeque<>();

  Makers(Market market, SplittableRandom random) {
    this.market = market;
    this.random = random;
  }

  /// Those that would fill at a price go; on each side the oldest goes and new ones come.
  ///
  /// @param price in ticks
  void surround(long price) {
    withdrawAt(price, bids);
    withdrawAt(price, asks);
    refresh(Side.BUY, price, bids);
    refresh(Side.SELL, price, asks);
  }

  private void refresh(Side side, long price, ArrayDeque<MatchedOrder> quotes) {
    while (quotes.size() >= QUOTES_A_SIDE) {
      withdraw(quotes.removeFirst());
    }
    while (quotes.size() < QUOTES_A_SIDE) {
      double near = random.nextDouble();
      long distance = SPREAD + (long) (near * near * WIDTH);
      long at = price - side.sign() * distance;
      if (at <= 0) {
        return;
      }
      quotes.addLast(market.placeBackground(side, at, size(), Execution.GTC));
    }
  }

  private void withdrawAt(long price, ArrayDeque<MatchedOrder> quotes) {
    quotes.removeIf(order -> {
      boolean fills = order.side().sign() * (order.price() - price) >= 0;
      if (fills || !order.isResting()) {
        withdraw(order);
        return true;
      }
      return false;
    });
  }

  private void withdraw(MatchedOrder order) {
    if (order.isResting()) {
      market.cancel(order);
    }
  }

  /// In lots.
  long size() {
    return 1 + random.nextLong(LARGEST) * random.nextLong(1, 11);
  }
}
