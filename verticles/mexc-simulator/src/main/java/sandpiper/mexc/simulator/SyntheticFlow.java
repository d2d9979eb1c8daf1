package sandpiper.mexc.simulator;

import java.util.SplittableRandom;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;

/// Makers and takers around a price that walks at random: book, trades and candles of one symbol
/// all follow from their orders, which meet in the same matcher as everybody's.
///
/// The same seed and the same times give the same orders.
final class SyntheticFlow {
  private static final double TAKERS = 0.5;
  private static final double VOLATILITY = 1e-4;
  private static final long LOWEST = 10L * Makers.WIDTH;

  private final Exchange exchange;
  private final Market market;
  private final SplittableRandom random;
  private final Makers makers;
  private final double volatility;
  private double fair;

  /// @param price at which it begins, in ticks
  SyntheticFlow(Exchange exchange, Market market, long price, long seed) {
    this.exchange = exchange;
    this.market = market;
    fair = Math.max(price, LOWEST);
    volatility = fair * VOLATILITY;
    random = new SplittableRandom(seed ^ market.rules().symbol().hashCode());
    makers = new Makers(exchange, market, random);
    makers.surround(Math.round(fair));
  }

  /// What happens in one moment.
  ///
  /// @param seconds since the one before
  void step(double seconds) {
    fair = Math.max(LOWEST, fair + volatility * Math.sqrt(seconds) * random.nextGaussian());
    long price = Math.round(fair);
    makers.surround(price);
    if (random.nextDouble() < TAKERS) {
      var side = random.nextBoolean() ? Side.BUY : Side.SELL;
      long limit = price + (long) side.sign() * Makers.WIDTH;
      exchange.placeBackground(market, side, limit, makers.size(), Execution.IOC);
    }
  }
}
