package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// Turns what people ask for into orders with signals of their own; does nothing itself. Not
/// thread-safe.
final class ManualDesk {
  private final SessionSpec spec;
  private final Portfolio portfolio;
  private final Orders orders;
  private final Lifecycle lifecycle;
  private final Ids signalIds;
  private final Ids orderIds;

  /// @param signal says why, and goes on record before the order
  record Request(Signal signal, PlaceOrder command) {}

  ManualDesk(SessionSpec spec, Portfolio portfolio, Orders orders, Lifecycle lifecycle) {
    this.spec = spec;
    this.portfolio = portfolio;
    this.orders = orders;
    this.lifecycle = lifecycle;
    signalIds = Ids.manualSignals(spec.sessionId());
    orderIds = Ids.manualOrders(spec.sessionId());
  }

  /// @throws ManualRefusal when it makes no sense
  Request order(ManualOrder wanted) {
    if (spec.strategies().stream().noneMatch(each -> each.instance().equals(wanted.strategy()))) {
      throw new ManualRefusal(
          ManualRefusal.Kind.UNKNOWN,
          "strategy must be one of "
              + spec.strategies().stream().map(StrategyPlan::instance).toList()
              + ", was '"
              + wanted.strategy()
              + "'");
    }
    return request("manual", wanted);
  }

  /// Closes a position, wholly or in part. An order of risk or of a person that does so and still
  /// waits counts: nothing is closed twice.
  ///
  /// @param quantity in base currency; null for all that no such order is closing yet
  /// @param limitPrice null for at the market
  /// @throws ManualRefusal when there is no such position, or not so much left of it to close
  Request closing(
      String positionId,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      String reason) {
    var position = portfolio.open(positionId);
    if (position == null) {
      throw new ManualRefusal(
          ManualRefusal.Kind.UNKNOWN, "no position " + positionId + " is open in the session");
    }
    var side = position.direction() > 0 ? Side.SELL : Side.BUY;
    var closing = closing(position);
    var left = closable(position);
    var wanted = quantity == null ? left : quantity;
    if (left.signum() <= 0 || wanted.compareTo(left) > 0) {
      throw new ManualRefusal(
          ManualRefusal.Kind.CONFLICT,
          "of position "
              + positionId
              + ", "
              + Decimals.plain(position.quantity())
              + " "
              + position.symbol()
              + ", "
              + Decimals.plain(left.max(BigDecimal.ZERO))
              + " can be closed"
              + (closing.isEmpty()
                  ? ""
                  : " beside " + closing.stream().map(Order::orderId).toList())
              + (quantity == null ? "" : ", was " + Decimals.plain(quantity)));
    }
    return request(
        "manual-close",
        new ManualOrder(
            position.strategy(),
            position.symbol(),
            side,
            limitPrice == null ? OrderType.MARKET : OrderType.LIMIT,
            wanted,
            limitPrice,
            null,
            TimeInForce.GTC,
            false,
            true,
            reason));
  }

  /// How much of a position no order of risk or of a person is closing yet; may be below zero.
  BigDecimal closable(Position position) {
    var left = position.quantity();
    for (var order : closing(position)) {
      left = left.subtract(order.remaining());
    }
    return left;
  }

  private List<Order> closing(Position position) {
    var side = position.direction() > 0 ? Side.SELL : Side.BUY;
    return orders.working().stream()
        .filter(order ->
            Ids.isForeign(order.orderId())
                && order.terms().reduceOnly()
                && order.side() == side
                && order.strategy().equals(position.strategy())
                && order.symbol().equals(position.symbol()))
        .toList();
  }

  /// The order as it stands.
  ///
  /// @throws ManualRefusal when it is not there or over
  Order underWay(String orderId) {
    var order = lifecycle.find(orderId);
    if (order == null) {
      throw new ManualRefusal(
          ManualRefusal.Kind.UNKNOWN, "no order " + orderId + " is in the session");
    }
    if (order.status().isFinal()) {
      throw new ManualRefusal(
          ManualRefusal.Kind.CONFLICT, "order " + orderId + " is " + order.status());
    }
    return order;
  }

  private Request request(String name, ManualOrder wanted) {
    try {
      var signal = signal(name, wanted);
      return new Request(signal, command(signal, wanted));
    } catch (IllegalArgumentException e) {
      throw new ManualRefusal(ManualRefusal.Kind.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private Signal signal(String name, ManualOrder wanted) {
    long seq = lifecycle.seq();
    return new Signal(
        spec.sessionId(),
        signalIds.next(seq),
        seq,
        lifecycle.time(),
        wanted.strategy(),
        wanted.symbol(),
        name,
        wanted.reason(),
        Map.of(),
        lifecycle.by());
  }

  private PlaceOrder command(Signal signal, ManualOrder wanted) {
    var instrument = spec.instrument(wanted.symbol());
    return new PlaceOrder(
        spec.sessionId(),
        orderIds.next(lifecycle.seq()),
        signal.signalId(),
        wanted.strategy(),
        wanted.symbol(),
        wanted.side(),
        wanted.type(),
        Decimals.down(wanted.quantity(), instrument.lotSize()),
        rounded(wanted.limitPrice(), wanted.side(), instrument.tickSize()),
        new OrderTerms(
            rounded(wanted.triggerPrice(), wanted.side(), instrument.tickSize()),
            null,
            null,
            wanted.timeInForce(),
            null,
            wanted.postOnly(),
            wanted.reduceOnly(),
            null,
            null),
        null);
  }

  private static @Nullable BigDecimal rounded(
      @Nullable BigDecimal price, Side side, BigDecimal tick) {
    return price == null ? null : ExitPrices.rounded(price, side, tick);
  }
}
