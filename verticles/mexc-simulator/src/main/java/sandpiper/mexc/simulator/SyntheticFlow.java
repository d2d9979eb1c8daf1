package sandpiper.mexc.simulator;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;

/// Makers and takers around a price that walks at random: book, trades and candles of one symbol
/// all follow from their orders, which meet in the same matcher as everybody's.
///
/// The same seed and the same times give the same orders.
final class SyntheticFlow {
  private static final int QUOTES_A_SIDE = 60;
  private static final int SPREAD = 2;
  private static final int WIDTH = 200;
  private static final double TAKERS = 0.5;
  private static final int LARGEST = 2_000;

  private final Exchange exchange;
  private final Market market;
  private final SplittableRandom random;
  private final double volatility;
  private final ArrayDeque<MatchedOrder> bids = new ArrayDeque<>();
  private final ArrayDeque<MatchedOrder> asks = new ArrayDeque<>();
  private double fair;

  /// @param price at which it begins, in ticks
  SyntheticFlow(Exchange exchange, Market market, long price, long seed) {
    this.exchange = exchange;
    this.market = market;
    fair = Math.max(price, 10 * WIDTH);
    volatility = fair * 1e-4;
    random = new SplittableRandom(seed ^ market.rules().symbol().hashCode());
    for (int i = 0; i < QUOTES_A_SIDE; i++) {
      quote(Side.BUY);
      quote(Side.SELL);
    }
  }

  /// What happens in one moment.
  ///
  /// @param seconds since the one before
  void step(double seconds) {
    double drift = volatility * Math.sqrt(seconds) * random.nextGaussian();
    fair = Math.max(10 * WIDTH, fair + drift);
    withdrawCrossing(bids);
    withdrawCrossing(asks);
    refresh(Side.BUY, bids);
    refresh(Side.SELL, asks);
    if (random.nextDouble() < TAKERS) {
      var side = random.nextBoolean() ? Side.BUY : Side.SELL;
      @Nullable MatchedOrder best = side == Side.BUY ? asks.peekLast() : bids.peekLast();
      if (best != null) {
        long limit = Math.round(fair) + side.sign() * (long) WIDTH;
        exchange.placeBackground(market, side, limit, size(), Execution.IOC);
      }
    }
  }

  /// The oldest quote goes, a new one comes.
  private void refresh(Side side, ArrayDeque<MatchedOrder> quotes) {
    while (quotes.size() >= QUOTES_A_SIDE) {
      withdraw(quotes.removeFirst());
    }
    while (quotes.size() < QUOTES_A_SIDE) {
      quote(side);
    }
  }

  private void quote(Side side) {
    double near = random.nextDouble();
    long distance = SPREAD + (long) (near * near * WIDTH);
    long price = Math.round(fair) - side.sign() * distance;
    (side == Side.BUY ? bids : asks)
        .addLast(exchange.placeBackground(market, side, price, size(), Execution.GTC));
  }

  private void withdrawCrossing(ArrayDeque<MatchedOrder> quotes) {
    quotes.removeIf(order -> {
      boolean crossing = order.side().sign() * (order.price() - fair) > 0;
      if (crossing || !order.isResting()) {
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

  private long size() {
    return 1 + random.nextLong(LARGEST) * random.nextLong(1, 11);
  }
}
