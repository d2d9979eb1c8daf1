package sandpiper.domain.journal;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.OrderStatus.Change;

/// An order as it stood after its latest event. What can happen to it and when stands in
/// [OrderStatus]; whatever else is asked of it throws an `IllegalStateException`.
///
/// @param limitPrice in quote currency; null for types without one, and for the take-profit of a
///   bracket while it waits for its entry
/// @param version number of events so far, from 1; the higher one is the newer
/// @param filledNotional sum of price × quantity over its fills, in quote currency
/// @param placedSeq input during which it was placed: it may fill from the next on
/// @param placedTime UTC microseconds
public record Order(
    String sessionId,
    String orderId,
    String signalId,
    String strategy,
    String symbol,
    Side side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    OrderTerms terms,
    OrderStatus status,
    BigDecimal filledQuantity,
    BigDecimal filledNotional,
    long placedSeq,
    long placedTime,
    int version) {

  public Order {
    Identity.session(sessionId);
    Identity.require("order_id", "ord_", orderId);
    Identity.signal(signalId);
  }

  /// The first version.
  ///
  /// @param status pending, working, or refused before it ever worked
  public static Order first(PlaceOrder command, OrderStatus status, long seq, long time) {
    return first(
        command,
        command.orderId(),
        command.side(),
        command.type(),
        command.limitPrice(),
        command.terms(),
        status,
        seq,
        time);
  }

  /// The first version of the stop-loss that `entry` brings along.
  public static Order stopLoss(PlaceOrder entry, OrderStatus status, long seq, long time) {
    var exit = exit(entry, entry.bracket() == null ? null : entry.bracket().stopLoss());
    return switch (exit.price()) {
      case Trail(var offset, var percent) ->
          exit(entry, exit, OrderType.TRAILING_STOP, null, offset, percent, status, seq, time);
      case ExitPrice.At(var price) ->
          exit(entry, exit, OrderType.STOP, price, null, null, status, seq, time);
      case ExitPrice.Percent _, ExitPrice.Offset _, ExitPrice.Multiple _ ->
          exit(entry, exit, OrderType.STOP, null, null, null, status, seq, time);
    };
  }

  /// The first version of the take-profit that `entry` brings along.
  public static Order takeProfit(PlaceOrder entry, OrderStatus status, long seq, long time) {
    var exit = exit(entry, entry.bracket() == null ? null : entry.bracket().takeProfit());
    return first(
        entry,
        exit.orderId(),
        entry.side().opposite(),
        OrderType.LIMIT,
        exit.price() instanceof ExitPrice.At(var price) ? price : null,
        OrderTerms.exit(null, null, null, entry.orderId(), group(entry)),
        status,
        seq,
        time);
  }

  /// The first version of a trailing stop, with where it begins.
  ///
  /// @param triggerPrice in quote currency
  public Order trailingFrom(BigDecimal triggerPrice) {
    if (type != OrderType.TRAILING_STOP || version != 1) {
      throw new IllegalStateException("order " + orderId + " is no new trailing stop");
    }
    return new Order(
        sessionId,
        orderId,
        signalId,
        strategy,
        symbol,
        side,
        type,
        quantity,
        limitPrice,
        terms.withTrigger(triggerPrice),
        status,
        filledQuantity,
        filledNotional,
        placedSeq,
        placedTime,
        version);
  }

  public BigDecimal remaining() {
    return quantity.subtract(filledQuantity);
  }

  /// Average price of what was filled, in quote currency; null before the first fill.
  public @Nullable BigDecimal averagePrice() {
    return filledQuantity.signum() == 0
        ? null
        : filledNotional.divide(filledQuantity, MathContext.DECIMAL64);
  }

  /// The order it waited for has filled: it goes to the venue.
  public Order activated(
      BigDecimal quantity, @Nullable BigDecimal limitPrice, @Nullable BigDecimal triggerPrice) {
    return next(
        Change.ACTIVATE, quantity, limitPrice, terms(triggerPrice), filledQuantity, filledNotional);
  }

  /// @param triggerPrice as it stood when the market reached it
  public Order triggered(BigDecimal triggerPrice) {
    return next(
        Change.TRIGGER, quantity, limitPrice, terms(triggerPrice), filledQuantity, filledNotional);
  }

  /// @param quantity the whole of it; more than what has filled
  public Order amended(
      BigDecimal quantity, @Nullable BigDecimal limitPrice, @Nullable BigDecimal triggerPrice) {
    if (quantity.compareTo(filledQuantity) <= 0) {
      throw new IllegalStateException(
          "order " + orderId + " has " + filledQuantity + " filled, new quantity was " + quantity);
    }
    return next(
        Change.AMEND, quantity, limitPrice, terms(triggerPrice), filledQuantity, filledNotional);
  }

  /// @param fillQuantity at most what remains
  public Order filled(BigDecimal price, BigDecimal fillQuantity) {
    var filled = filledQuantity.add(fillQuantity);
    int left = quantity.compareTo(filled);
    if (left < 0) {
      throw new IllegalStateException(
          "order " + orderId + " has " + remaining() + " left, fill was " + fillQuantity);
    }
    return next(
        left == 0 ? Change.FILL_REST : Change.FILL_PART,
        quantity,
        limitPrice,
        terms,
        filled,
        filledNotional.add(price.multiply(fillQuantity)));
  }

  public Order cancelled() {
    return next(Change.CANCEL, quantity, limitPrice, terms, filledQuantity, filledNotional);
  }

  public Order expired() {
    return next(Change.EXPIRE, quantity, limitPrice, terms, filledQuantity, filledNotional);
  }

  private static Order first(
      PlaceOrder command,
      String orderId,
      Side side,
      OrderType type,
      @Nullable BigDecimal limitPrice,
      OrderTerms terms,
      OrderStatus status,
      long seq,
      long time) {
    if (!status.isFirst()) {
      throw new IllegalStateException("an order cannot begin as " + status);
    }
    return new Order(
        command.sessionId(),
        orderId,
        command.signalId(),
        command.strategy(),
        command.symbol(),
        side,
        type,
        command.quantity(),
        limitPrice,
        terms,
        status,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        seq,
        time,
        1);
  }

  private static Order exit(
      PlaceOrder entry,
      Bracket.Exit exit,
      OrderType type,
      @Nullable BigDecimal trigger,
      @Nullable BigDecimal trailOffset,
      @Nullable BigDecimal trailPercent,
      OrderStatus status,
      long seq,
      long time) {
    return first(
        entry,
        exit.orderId(),
        entry.side().opposite(),
        type,
        null,
        OrderTerms.exit(trigger, trailOffset, trailPercent, entry.orderId(), group(entry)),
        status,
        seq,
        time);
  }

  private static Bracket.Exit exit(PlaceOrder entry, Bracket.@Nullable Exit exit) {
    if (exit == null) {
      throw new IllegalArgumentException("order " + entry.orderId() + " has no such exit");
    }
    return exit;
  }

  /// Only where there are two to choose from.
  private static @Nullable String group(PlaceOrder entry) {
    var bracket = entry.bracket();
    return bracket == null || bracket.stopLoss() == null || bracket.takeProfit() == null
        ? null
        : bracket.stopLoss().orderId();
  }

  private OrderTerms terms(@Nullable BigDecimal triggerPrice) {
    return triggerPrice == null && terms.triggerPrice() == null
        ? terms
        : terms.withTrigger(triggerPrice);
  }

  private Order next(
      Change change,
      BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      OrderTerms terms,
      BigDecimal filled,
      BigDecimal notional) {
    return new Order(
        sessionId,
        orderId,
        signalId,
        strategy,
        symbol,
        side,
        type,
        quantity,
        limitPrice,
        terms,
        status.after(change, type),
        filled,
        notional,
        placedSeq,
        placedTime,
        version + 1);
  }
}
