package sandpiper.domain.market;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What the exchange of a live session says about an order or about the account. An input like any
/// other, numbered and recorded, so that a session that is run again hears the same in the same
/// place.
///
/// @param symbol of the order; of what is about the account, one that it concerns
/// @param time UTC microseconds: the session's clock when it came
/// @param orderId null where it is about no order
/// @param venueId of the exchange: of the order, of a fill that of the trade; null where there is
///   none
/// @param price of a fill, in quote currency
/// @param quantity of a fill, in base currency
/// @param fee of a fill, in quote currency
/// @param maker whether a fill was against an order that came later
/// @param text for people; null where kind and numbers say it all
public record VenueReport(
    String symbol,
    long time,
    Kind kind,
    @Nullable String orderId,
    @Nullable String venueId,
    @Nullable BigDecimal price,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal fee,
    boolean maker,
    @Nullable String text)
    implements MarketEvent {

  /// What is said.
  public enum Kind {
    /// The exchange has the order.
    TAKEN,
    /// It does not have it and will not.
    REFUSED,
    /// Some of it has filled.
    FILL,
    /// What was sent of it is over, and all its fills have been told.
    ENDED,
    /// The exchange and the session do not agree; for people.
    DIFFERENCE,
    /// They do not agree, and nothing may be opened until a person has looked.
    HALT,
    /// The session ends: orders are taken back and none is sent any more.
    CLOSING
  }

  public VenueReport {
    boolean fill = kind == Kind.FILL;
    if (fill == (price == null) || fill == (quantity == null) || fill == (fee == null)) {
      throw new IllegalArgumentException("a fill has price, quantity and fee, was " + kind);
    }
    boolean ofOrder =
        switch (kind) {
          case TAKEN, REFUSED, FILL, ENDED -> true;
          case DIFFERENCE, HALT, CLOSING -> false;
        };
    if (ofOrder == (orderId == null)) {
      throw new IllegalArgumentException(kind + " is " + (ofOrder ? "" : "not ") + "of an order");
    }
    if (fill && venueId == null) {
      throw new IllegalArgumentException("a fill has the id of its trade");
    }
  }

  /// @param venueId the exchange's id of the order
  public static VenueReport taken(String symbol, String orderId, String venueId) {
    return new VenueReport(symbol, 0, Kind.TAKEN, orderId, venueId, null, null, null, false, null);
  }

  public static VenueReport refused(String symbol, String orderId, String why) {
    return new VenueReport(symbol, 0, Kind.REFUSED, orderId, null, null, null, null, false, why);
  }

  /// @param tradeId the exchange's id of the trade
  public static VenueReport fill(
      String symbol,
      String orderId,
      String tradeId,
      BigDecimal price,
      BigDecimal quantity,
      BigDecimal fee,
      boolean maker) {
    return new VenueReport(
        symbol, 0, Kind.FILL, orderId, tradeId, price, quantity, fee, maker, null);
  }

  /// @param how for people
  public static VenueReport ended(String symbol, String orderId, String how) {
    return new VenueReport(symbol, 0, Kind.ENDED, orderId, null, null, null, null, false, how);
  }

  /// @param halts whether nothing may be opened until a person has looked
  public static VenueReport difference(String symbol, boolean halts, String text) {
    var kind = halts ? Kind.HALT : Kind.DIFFERENCE;
    return new VenueReport(symbol, 0, kind, null, null, null, null, null, false, text);
  }

  public static VenueReport closing(String symbol) {
    return new VenueReport(symbol, 0, Kind.CLOSING, null, null, null, null, null, false, null);
  }

  /// The same with the time at which the session hears of it.
  public VenueReport at(long time) {
    return new VenueReport(symbol, time, kind, orderId, venueId, price, quantity, fee, maker, text);
  }
}
