package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;

/// Where orders wait for the market. Not thread-safe.
interface Venue {
  /// Hears what the market did to the orders; may place and cancel while it is told.
  interface Listener {
    /// @return the order as it stands after its trigger
    Order onTriggered(Order order, BigDecimal trigger);

    /// @param quantity at most what remains of the order
    /// @param time UTC microseconds of the execution
    /// @return the order as it stands after that and all that followed from it
    Order onExecution(Order order, BigDecimal price, BigDecimal quantity, boolean maker, long time);

    /// The order has left: it would have taken liquidity.
    void onWouldTake(Order order, BigDecimal price);

    /// The order has left: what it wanted at once, or what remained of that, was not there.
    ///
    /// @param price the best that it met
    void onMissed(Order order, BigDecimal price);

    /// As [#onExecution], of a venue whose word is the truth: all of it is booked, with its fee.
    ///
    /// @param fee in quote currency
    Order onReportedFill(
        Order order,
        BigDecimal price,
        BigDecimal quantity,
        BigDecimal fee,
        boolean maker,
        long time);

    /// The order has left: the venue did not take it.
    void onRefused(Order order, String why);

    /// Whether the order was to leave anyway.
    boolean isLeaving(Order order);

    /// The order has left: because that was asked for, or of the venue's own.
    ///
    /// @param how what the venue says
    void onEnded(Order order, String how);

    /// The order was taken back in order to be changed.
    ///
    /// @param wanted quantity and prices that it was to have
    /// @return the order as it stands; null when it has left
    @Nullable Order onTakenBack(Order order, Order wanted);
  }

  /// @param reference price that a trailing stop begins from
  /// @param since UTC microseconds of its arrival; what began before does not meet it
  void place(Order order, Instrument instrument, double reference, long since);

  /// Takes an order out; nothing happens when it is not there.
  ///
  /// @return whether it is out now; if not, the venue was asked and will say so
  boolean cancel(String orderId);

  /// Replaces an order that is there by its next version.
  ///
  /// @param time of the session's clock, UTC microseconds
  /// @return whether it is replaced now; if not, the venue was asked and will say so
  boolean amend(Order order, long time);

  /// Whether no order waits.
  boolean isIdle();

  void onMarket(MarketEvent event);
}
