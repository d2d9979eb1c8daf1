package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// Fills orders against market data. An order meets the first event after the one it was placed in,
/// never the same.
///
/// | event | market order | limit order to buy (to sell: the other way round) |
/// |---|---|---|
/// | trade | at its price | first event: at its price if at or below the limit; later: at the limit when a trade touches it |
/// | quote | at the ask | the same with the ask |
/// | bar | at its open | at the open if at or below the limit (a gap), else at the limit if the low touches it |
///
/// Always the whole quantity; the market is not moved by it. A limit order filled at the first
/// price it meets takes liquidity, one that had to wait makes it.
final class SimulatedVenue {
  /// Takes what was filled, in the order in which the orders were placed.
  @FunctionalInterface
  interface Executions {
    /// @param time UTC microseconds of the execution
    void on(Order order, BigDecimal price, boolean maker, long time);
  }

  private final List<Resting> resting = new ArrayList<>();

  private static final class Resting {
    private final Order order;
    private final double limit;
    private boolean met;

    private Resting(Order order) {
      this.order = order;
      limit = order.limitPrice() == null ? Double.NaN : order.limitPrice().doubleValue();
    }
  }

  void place(Order order) {
    resting.add(new Resting(order));
  }

  /// @return whether the order was there
  boolean cancel(String orderId) {
    return resting.removeIf(each -> each.order.orderId().equals(orderId));
  }

  /// Whether no order waits.
  boolean isIdle() {
    return resting.isEmpty();
  }

  void onMarket(MarketEvent event, Executions executions) {
    switch (event) {
      case Trade trade -> {
        var at = new Prices(trade.price(), trade.price(), trade.price(), trade.price());
        match(event, at, trade.time(), false, executions);
      }
      case Quote quote -> {
        var at = new Prices(quote.ask(), quote.bid(), quote.ask(), quote.bid());
        match(event, at, quote.time(), false, executions);
      }
      case Bar bar -> {
        var at = new Prices(bar.open(), bar.open(), bar.low(), bar.high());
        match(event, at, bar.openTime(), true, executions);
      }
      case BarClosed _ -> {
        // Derived from what the venue has already seen.
      }
    }
  }

  /// @param buy first price at which one can buy
  /// @param sell first price at which one can sell
  /// @param lowest price that reaches a waiting order to buy
  /// @param highest price that reaches a waiting order to sell
  private record Prices(double buy, double sell, double lowest, double highest) {}

  private void match(
      MarketEvent event, Prices at, long firstTime, boolean gaps, Executions executions) {
    for (int i = 0; i < resting.size(); i++) {
      var each = resting.get(i);
      var order = each.order;
      if (!order.symbol().equals(event.symbol())) {
        continue;
      }
      boolean buy = order.side() == Side.BUY;
      double first = buy ? at.buy : at.sell;
      var limit = order.limitPrice();
      if (limit == null) {
        resting.remove(i--);
        executions.on(order, Decimals.exact(first), false, firstTime);
      } else if ((gaps || !each.met) && (buy ? first <= each.limit : first >= each.limit)) {
        resting.remove(i--);
        executions.on(order, Decimals.exact(first), each.met, firstTime);
      } else if (buy ? at.lowest <= each.limit : at.highest >= each.limit) {
        resting.remove(i--);
        executions.on(order, limit, true, event.time());
      } else {
        each.met = true;
      }
    }
  }
}
