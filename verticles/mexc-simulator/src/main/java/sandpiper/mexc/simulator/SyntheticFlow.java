package sandpiper.mexc.simulator;

import java.util.SplittableRandom;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;

/// Makers and takers around a price: book, trades and candles of one market all follow from their
/// orders, which meet in the same matcher as everybody's.
///
/// The same seed and the same times give the same orders.
final class SyntheticFlow {
  private static final double TAKERS = 0.5;
  private static final long LOWEST = 10L * Makers.WIDTH;

  private final Market market;
  private final PriceWalk price;
  private final double ticks;
  private final SplittableRandom random;
  private final Makers makers;

  /// @param price that they stand around; somebody else moves it
  SyntheticFlow(Market market, PriceWalk price, long seed) {
    this.market = market;
    this.price = price;
    ticks = Math.pow(10, market.rules().priceDecimals());
    random = new SplittableRandom(seed ^ market.rules().symbol().hashCode());
    makers = new Makers(market, random);
    makers.surround(fair());
  }

  private long fair() {
    return Math.max(LOWEST, Math.round(price.value() * ticks));
  }

  /// What happens in one moment.
  void step() {
    long fair = fair();
    makers.surround(fair);
    if (random.nextDouble() < TAKERS) {
      var side = random.nextBoolean() ? Side.BUY : Side.SELL;
      long limit = fair + (long) side.sign() * Makers.WIDTH;
      market.placeBackground(side, limit, makers.size(), Execution.IOC);
    }
  }
}
