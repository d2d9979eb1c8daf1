package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// The latest 24 hours of a symbol, from its candles of a minute; zeros when there was no trade
/// yet.
final class Statistics {
  static final long DAY = 24 * 60 * 60 * 1_000L;
  private static final int SHARE_DECIMALS = 4;

  private final SymbolRules rules;
  private final List<Candle> candles;

  Statistics(Market market, long now) {
    rules = market.rules();
    candles =
        market.candles(KlineInterval.MIN1).until(now).stream()
            .filter(candle -> candle.time() > now - DAY)
            .toList();
  }

  BigDecimal open() {
    return rules.price(candles.isEmpty() ? 0 : candles.getFirst().open());
  }

  BigDecimal last() {
    return rules.price(candles.isEmpty() ? 0 : candles.getLast().close());
  }

  BigDecimal high() {
    return rules.price(candles.stream().mapToLong(Candle::high).max().orElse(0));
  }

  BigDecimal low() {
    return rules.price(candles.stream().mapToLong(Candle::low).min().orElse(0));
  }

  BigDecimal change() {
    return last().subtract(open());
  }

  /// Of the price at the beginning: 0.0173 is 1.73 %.
  BigDecimal changeShare() {
    return open().signum() == 0
        ? BigDecimal.ZERO
        : change().divide(open(), SHARE_DECIMALS, RoundingMode.HALF_UP);
  }

  /// In base currency.
  BigDecimal volume() {
    return rules.quantity(candles.stream().mapToLong(Candle::volume).sum());
  }

  /// In quote currency.
  BigDecimal amount() {
    return rules.amount(candles.stream().mapToLong(Candle::amount).sum());
  }
}
