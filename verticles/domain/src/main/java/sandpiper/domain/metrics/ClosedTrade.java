package sandpiper.domain.metrics;

import java.math.BigDecimal;
import java.math.MathContext;
import sandpiper.domain.journal.Position;

/// One trade: a position from flat until flat again, or until it was turned. What was added to it
/// and taken off it meanwhile belongs to it; a fill that turns a position ends one trade and begins
/// the next.
///
/// @param direction 1 long, -1 short
/// @param quantity entered over its life, in base currency
/// @param entryTime UTC microseconds of its first fill
/// @param exitTime UTC microseconds of its last fill
/// @param entryPrice average, in quote currency
/// @param exitPrice average, in quote currency
/// @param fees paid, in quote currency
/// @param net profit after fees, in quote currency
/// @param change net profit as a share of what was entered
/// @param mae maximum adverse excursion: the lowest profit it ever had, before fees, in quote
///   currency, zero or below
/// @param mfe maximum favourable excursion: the highest profit it ever had, before fees, in quote
///   currency, zero or above
public record ClosedTrade(
    String positionId,
    String strategy,
    String symbol,
    int direction,
    BigDecimal quantity,
    long entryTime,
    long exitTime,
    BigDecimal entryPrice,
    BigDecimal exitPrice,
    BigDecimal fees,
    BigDecimal net,
    double change,
    BigDecimal mae,
    BigDecimal mfe) {

  static ClosedTrade of(Position position, BigDecimal mae, BigDecimal mfe) {
    var quantity = position.entryQuantity();
    var closedTime = position.closedTime();
    return new ClosedTrade(
        position.positionId(),
        position.strategy(),
        position.symbol(),
        position.direction(),
        quantity,
        position.openedTime(),
        closedTime == null ? position.openedTime() : closedTime,
        position.entryNotional().divide(quantity, MathContext.DECIMAL64),
        position.exitNotional().divide(quantity, MathContext.DECIMAL64),
        position.fees(),
        position.net(),
        position.net().doubleValue() / position.entryNotional().doubleValue(),
        mae,
        mfe);
  }
}
