package sandpiper.strategies;

import java.math.BigDecimal;
import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// Records as scripts see them: read-only fields, numbers as doubles, times in milliseconds.
final class Views {
  private Views() {}

  /// A closed bar; `time` is its open time.
  public static final class BarView {
    @HostAccess.Export public final String symbol;
    @HostAccess.Export public final double time;
    @HostAccess.Export public final double open;
    @HostAccess.Export public final double high;
    @HostAccess.Export public final double low;
    @HostAccess.Export public final double close;
    @HostAccess.Export public final double volume;

    BarView(Bar bar) {
      symbol = bar.symbol();
      time = bar.openTime() / 1e3;
      open = bar.open();
      high = bar.high();
      low = bar.low();
      close = bar.close();
      volume = bar.volume();
    }
  }

  /// A trade in the market.
  public static final class TradeView {
    @HostAccess.Export public final String symbol;
    @HostAccess.Export public final double time;
    @HostAccess.Export public final double price;
    @HostAccess.Export public final double amount;

    TradeView(Trade trade) {
      symbol = trade.symbol();
      time = trade.time() / 1e3;
      price = trade.price();
      amount = trade.amount();
    }
  }

  /// The best bid and ask.
  public static final class QuoteView {
    @HostAccess.Export public final String symbol;
    @HostAccess.Export public final double time;
    @HostAccess.Export public final double bid;
    @HostAccess.Export public final double ask;
    @HostAccess.Export public final double bidSize;
    @HostAccess.Export public final double askSize;

    QuoteView(Quote quote) {
      symbol = quote.symbol();
      time = quote.time() / 1e3;
      bid = quote.bid();
      ask = quote.ask();
      bidSize = quote.bidSize();
      askSize = quote.askSize();
    }
  }

  /// A position after a fill changed it.
  public static final class PositionView {
    @HostAccess.Export public final String id;
    @HostAccess.Export public final String symbol;
    @HostAccess.Export public final double size;
    @HostAccess.Export public final @Nullable Double averagePrice;
    @HostAccess.Export public final double realised;
    @HostAccess.Export public final double fees;

    PositionView(Position position) {
      var average = position.averagePrice();
      id = position.positionId();
      symbol = position.symbol();
      size = position.signedQuantity().doubleValue();
      averagePrice = average == null ? null : average.doubleValue();
      realised = position.realised().doubleValue();
      fees = position.fees().doubleValue();
    }
  }

  /// An order after something happened to it.
  public static final class OrderView {
    @HostAccess.Export public final String id;
    @HostAccess.Export public final String signalId;
    @HostAccess.Export public final String symbol;
    @HostAccess.Export public final String side;
    @HostAccess.Export public final String type;
    @HostAccess.Export public final String status;
    @HostAccess.Export public final double size;
    @HostAccess.Export public final double filled;
    @HostAccess.Export public final @Nullable Double price;
    @HostAccess.Export public final @Nullable Double trigger;
    @HostAccess.Export public final @Nullable Double averagePrice;
    @HostAccess.Export public final String tif;
    @HostAccess.Export public final @Nullable Double expires;
    @HostAccess.Export public final boolean postOnly;
    @HostAccess.Export public final boolean reduceOnly;
    @HostAccess.Export public final @Nullable String after;
    @HostAccess.Export public final @Nullable String rule;
    @HostAccess.Export public final @Nullable String reason;

    OrderView(OrderEvent event) {
      this(event.order(), ruleOf(event), reasonOf(event));
    }

    OrderView(Order order) {
      this(order, null, null);
    }

    private OrderView(Order order, @Nullable String rule, @Nullable String reason) {
      var terms = order.terms();
      id = order.orderId();
      signalId = order.signalId();
      symbol = order.symbol();
      side = order.side().name();
      type = order.type().name();
      status = order.status() == OrderStatus.REFUSED ? "REJECTED" : order.status().name();
      size = order.quantity().doubleValue();
      filled = order.filledQuantity().doubleValue();
      price = number(order.limitPrice());
      trigger = number(terms.triggerPrice());
      averagePrice = number(order.averagePrice());
      tif = terms.timeInForce().name();
      expires = terms.expiresAt() == null ? null : (Double) (terms.expiresAt() / 1e3);
      postOnly = terms.postOnly();
      reduceOnly = terms.reduceOnly();
      after = terms.parentId();
      this.rule = rule;
      this.reason = reason;
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
      return value == null ? null : (Double) value.doubleValue();
    }

    private static @Nullable String ruleOf(OrderEvent event) {
      return switch (event) {
        case OrderRefused refused -> refused.rule();
        case AmendRefused refused -> refused.rule();
        default -> null;
      };
    }

    private static @Nullable String reasonOf(OrderEvent event) {
      return switch (event) {
        case OrderRefused refused -> refused.reason();
        case AmendRefused refused -> refused.reason();
        case CancelRefused refused -> refused.reason();
        case OrderCancelled cancelled -> cancelled.reason();
        case OrderExpired expired -> expired.reason();
        default -> null;
      };
    }
  }

  /// A fill of one of the strategy's orders.
  public static final class FillView {
    @HostAccess.Export public final String id;
    @HostAccess.Export public final String orderId;
    @HostAccess.Export public final String signalId;
    @HostAccess.Export public final String symbol;
    @HostAccess.Export public final String side;
    @HostAccess.Export public final double time;
    @HostAccess.Export public final double price;
    @HostAccess.Export public final double size;
    @HostAccess.Export public final double fee;
    @HostAccess.Export public final boolean maker;

    FillView(Fill fill) {
      id = fill.fillId();
      orderId = fill.orderId();
      signalId = fill.signalId();
      symbol = fill.symbol();
      side = fill.side().name();
      time = fill.time() / 1e3;
      price = fill.price().doubleValue();
      size = fill.quantity().doubleValue();
      fee = fill.fee().doubleValue();
      maker = fill.maker();
    }
  }
}
