package sandpiper.mexc.client;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An order for contracts as the exchange knows it.
///
/// @param orderId of the exchange; not a number
/// @param externalId null when the answer leaves it out
/// @param price zero at the market
/// @param averagePrice of what has filled; zero when nothing has
/// @param fees paid so far, in quote currency
/// @param profit of what it closed so far, without fees
/// @param updatedAt UTC milliseconds; zero when the exchange does not say
public record FuturesOrder(
    String symbol,
    String orderId,
    @Nullable String externalId,
    FuturesSide side,
    FuturesOrderType type,
    Status status,
    BigDecimal price,
    BigDecimal contracts,
    BigDecimal filledContracts,
    BigDecimal averagePrice,
    MarginMode margin,
    int leverage,
    BigDecimal fees,
    BigDecimal profit,
    long updatedAt) {
  /// What has become of an order.
  public enum Status {
    /// On its way into the book.
    NEW,
    /// In the book, filled in part or not at all.
    OPEN,
    FILLED,
    /// What has not filled never will.
    CANCELLED,
    /// Never came into the book.
    INVALID,
    /// One that is not known here.
    UNKNOWN;

    static Status of(long number) {
      return switch ((int) number) {
        case 1 -> NEW;
        case 2 -> OPEN;
        case 3 -> FILLED;
        case 4 -> CANCELLED;
        case 5 -> INVALID;
        default -> UNKNOWN;
      };
    }

    public boolean isFinal() {
      return this == FILLED || this == CANCELLED || this == INVALID;
    }
  }

  static FuturesOrder of(Row row) {
    return new FuturesOrder(
        row.text("symbol"),
        row.text("orderId"),
        row.textOrNull("externalOid"),
        FuturesSide.of(row.whole("side")),
        FuturesOrderType.of(row.wholeOrZero("orderType")),
        Status.of(row.wholeOrZero("state")),
        row.decimalOrZero("price"),
        row.decimalOrZero("vol"),
        row.decimalOrZero("dealVol"),
        row.decimalOrZero("dealAvgPrice"),
        MarginMode.of(row.whole("openType")),
        (int) row.wholeOrZero("leverage"),
        row.decimalOrZero("takerFee").add(row.decimalOrZero("makerFee")),
        row.decimalOrZero("profit"),
        Math.max(row.wholeOrZero("updateTime"), row.wholeOrZero("createTime")));
  }
}
