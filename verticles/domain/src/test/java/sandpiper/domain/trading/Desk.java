package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.CancelAllOrders;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// An order manager with a market: trades and quotes a second apart, bars of a minute.
///
/// Cash is 100,000, the fees 0.1 % for makers and 0.2 % for takers, tick and lot 0.01. Events are
/// told as lines: order (numbered as placed), what happened, and for fills `quantity @ price`.
final class Desk {
  static final String SESSION = "bt_0000000000000001";
  static final long SECOND = 1_000_000;
  static final Interval MINUTE = Interval.parse("1m");

  final List<JournalEntry> journal = new ArrayList<>();

  /// What a live session wants of its exchange, as lines: order, leg, what, and how much.
  final List<String> wanted = new ArrayList<>();

  final OrderManager manager;
  private int placed;
  long seq;
  long time;
  long bookId;

  Desk() {
    this(FillRules.STANDARD);
  }

  Desk(FillRules rules) {
    this(rules, RiskLimits.NONE);
  }

  Desk(RiskLimits limits) {
    this(FillRules.STANDARD, limits);
  }

  Desk(AccountRules account) {
    this(FillRules.STANDARD, RiskLimits.NONE, account);
  }

  Desk(RiskLimits limits, AccountRules account) {
    this(FillRules.STANDARD, limits, account);
  }

  private Desk(FillRules rules, RiskLimits limits) {
    this(rules, limits, AccountRules.STANDARD);
  }

  private Desk(FillRules rules, RiskLimits limits, AccountRules account) {
    manager = new OrderManager(spec(rules).with(limits).with(account), journal::add);
  }

  /// One of mode live, whose exchange says what [#report] says.
  static Desk live() {
    return new Desk(SessionMode.LIVE);
  }

  private Desk(SessionMode mode) {
    var spec = spec(FillRules.STANDARD);
    manager =
        new OrderManager(
            new SessionSpec(
                mode.prefix() + SESSION.substring(3),
                mode,
                spec.instruments(),
                spec.cash(),
                spec.strategies(),
                0),
            journal::add,
            request -> wanted.add(wanted(request)));
  }

  private static String wanted(VenueRequest request) {
    return switch (request) {
      case VenueRequest.Place(var order, var quantity, var id) ->
          id
              + " "
              + order.side().name().toLowerCase(Locale.ROOT)
              + " "
              + Decimals.plain(quantity)
              + (order.limitPrice() == null ? "" : " @ " + Decimals.plain(order.limitPrice()));
      case VenueRequest.Cancel(_, var id) -> id + " cancel";
    };
  }

  List<String> report(VenueReport report) {
    return event(report.at(time));
  }

  /// The exchange tells of a fill.
  List<String> fill(int order, String trade, String price, String quantity, String fee) {
    return report(
        VenueReport.fill(
            "X",
            "ord_" + order,
            trade,
            new BigDecimal(price),
            new BigDecimal(quantity),
            new BigDecimal(fee),
            false));
  }

  /// What was sent of an order is over.
  List<String> over(int order) {
    return report(VenueReport.ended("X", "ord_" + order, "the exchange says so"));
  }

  /// With rules as they are written: model, slippage, latency.
  static Desk of(String model, String slippage, String latency) {
    return new Desk(FillRules.parse(model, slippage, latency));
  }

  List<String> trade(double price) {
    time += SECOND;
    return event(new Trade("X", time, price, 1));
  }

  List<String> trade(double price, double amount) {
    time += SECOND;
    return event(new Trade("X", time, price, amount));
  }

  List<String> quote(double bid, double ask, double bidSize, double askSize) {
    time += SECOND;
    return event(new Quote("X", time, bid, ask, bidSize, askSize));
  }

  /// A bar of the next minute with a volume.
  List<String> barOf(double open, double high, double low, double close, double volume) {
    long begin = MINUTE.floor(time + MINUTE.micros() - 1);
    time = begin + MINUTE.micros();
    return event(new Bar("X", MINUTE, begin, open, high, low, close, volume));
  }

  /// The whole order book; price, size, price, size…
  List<String> book(double[] bids, double[] asks) {
    time += SECOND;
    return event(new BookSnapshot("X", time, ++bookId, levels(bids), levels(asks)));
  }

  /// Changes of the order book; price, size, price, size…
  List<String> change(double[] bids, double[] asks) {
    time += SECOND;
    bookId++;
    return event(new BookUpdate("X", time, bookId, bookId, levels(bids), levels(asks)));
  }

  static double[] side(double... pairs) {
    return pairs;
  }

  private static Levels levels(double[] pairs) {
    var prices = new double[pairs.length / 2];
    var sizes = new double[pairs.length / 2];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = pairs[2 * i];
      sizes[i] = pairs[2 * i + 1];
    }
    return new Levels(prices, sizes);
  }

  List<String> quote(double bid, double ask) {
    time += SECOND;
    return event(new Quote("X", time, bid, ask, 1, 1));
  }

  /// Begins at the next whole minute.
  List<String> bar(double open, double high, double low, double close) {
    long begin = MINUTE.floor(time + MINUTE.micros() - 1);
    time = begin + MINUTE.micros();
    return event(new Bar("X", MINUTE, begin, open, high, low, close, 1));
  }

  /// Has begun before now, as bars of a second symbol may.
  List<String> barUnderWay(double open, double high, double low, double close) {
    long begin = MINUTE.floor(time - 1);
    time = begin + MINUTE.micros();
    return event(new Bar("X", MINUTE, begin, open, high, low, close, 1));
  }

  /// A bar closes at `time`: the clock moves, and the market does nothing.
  List<String> closing(long time) {
    this.time = time;
    return event(
        new BarClosed(new Bar("X", MINUTE, time - MINUTE.micros(), 100, 100, 100, 100, 1)));
  }

  List<String> event(MarketEvent event) {
    return told(manager.onMarket(++seq, time, event));
  }

  List<String> submit(StrategyAction... actions) {
    return told(manager.submit(seq, time, List.of(actions)));
  }

  /// Begins an order; nothing is sent before [Draft#place].
  Draft buy(String quantity) {
    return new Draft(Side.BUY, quantity);
  }

  Draft sell(String quantity) {
    return new Draft(Side.SELL, quantity);
  }

  List<String> cancel(int order) {
    return submit(new CancelOrder(SESSION, "ord_" + order, "s"));
  }

  List<String> cancelAll() {
    return submit(new CancelAllOrders(SESSION, "s", null));
  }

  List<String> amend(
      int order, @Nullable String quantity, @Nullable String limit, @Nullable String trigger) {
    return submit(
        new AmendOrder(
            SESSION, "ord_" + order, "s", decimal(quantity), decimal(limit), decimal(trigger)));
  }

  /// An order as it is put together.
  final class Draft {
    private final Side side;
    private final String quantity;
    private OrderType type = OrderType.MARKET;
    private @Nullable String limit;
    private @Nullable String trigger;
    private @Nullable String offset;
    private @Nullable String percent;
    private TimeInForce tif = TimeInForce.GTC;
    private @Nullable Long expires;
    private boolean postOnly;
    private boolean reduceOnly;
    private @Nullable Integer parent;
    private @Nullable Integer group;
    private @Nullable ExitPrice stop;
    private @Nullable ExitPrice take;

    private Draft(Side side, String quantity) {
      this.side = side;
      this.quantity = quantity;
    }

    Draft limit(String price) {
      type = OrderType.LIMIT;
      limit = price;
      return this;
    }

    Draft stop(String price) {
      type = OrderType.STOP;
      trigger = price;
      return this;
    }

    Draft stopLimit(String triggerPrice, String price) {
      type = OrderType.STOP_LIMIT;
      trigger = triggerPrice;
      limit = price;
      return this;
    }

    Draft takeProfit(String price) {
      type = OrderType.TAKE_PROFIT;
      trigger = price;
      return this;
    }

    Draft trailing(String distance) {
      type = OrderType.TRAILING_STOP;
      offset = distance;
      return this;
    }

    Draft trailingPercent(String distance) {
      type = OrderType.TRAILING_STOP;
      percent = distance;
      return this;
    }

    Draft tif(TimeInForce timeInForce) {
      tif = timeInForce;
      return this;
    }

    Draft until(long at) {
      tif = TimeInForce.GTD;
      expires = at;
      return this;
    }

    Draft postOnly() {
      postOnly = true;
      return this;
    }

    Draft reduceOnly() {
      reduceOnly = true;
      return this;
    }

    Draft after(int order) {
      parent = order;
      return this;
    }

    /// @param order number of the group's first
    Draft group(int order) {
      group = order;
      return this;
    }

    Draft bracket(@Nullable ExitPrice stopLoss, @Nullable ExitPrice takeProfit) {
      stop = stopLoss;
      take = takeProfit;
      return this;
    }

    List<String> place() {
      return submit(command());
    }

    PlaceOrder command() {
      int number = ++placed;
      var terms =
          new OrderTerms(
              decimal(trigger),
              decimal(offset),
              decimal(percent),
              tif,
              expires,
              postOnly,
              reduceOnly,
              parent == null ? null : "ord_" + parent,
              group == null ? null : "ord_" + group);
      var bracket = stop == null && take == null ? null : new Bracket(exit(stop), exit(take));
      return new PlaceOrder(
          SESSION,
          "ord_" + number,
          "sig_" + number,
          "s",
          "X",
          side,
          type,
          new BigDecimal(quantity),
          decimal(limit),
          terms,
          bracket);
    }

    private Bracket.@Nullable Exit exit(@Nullable ExitPrice price) {
      return price == null ? null : new Bracket.Exit("ord_" + ++placed, price);
    }
  }

  static List<String> told(List<OrderEvent> events) {
    return events.stream().map(Desk::told).toList();
  }

  private static String told(OrderEvent event) {
    var number = event.order().orderId().substring(4);
    var kind = event.getClass().getSimpleName().replace("Order", "").toLowerCase(Locale.ROOT);
    return event instanceof OrderFilled filled
        ? number
            + " filled "
            + Decimals.plain(filled.fill().quantity())
            + " @ "
            + Decimals.plain(filled.fill().price())
        : number + " " + kind;
  }

  static @Nullable BigDecimal decimal(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }

  static SessionSpec spec(FillRules rules) {
    var grain = new BigDecimal("0.01");
    var instrument =
        new Instrument(
            "X", grain, grain, BigDecimal.ONE, new BigDecimal("0.001"), new BigDecimal("0.002"));
    var plan = new StrategyPlan("s", "s", "hash", Map.of(), List.of(), List.of());
    return new SessionSpec(
        SESSION,
        SessionMode.BACKTEST,
        List.of(instrument),
        new BigDecimal("100000"),
        List.of(plan),
        0,
        rules);
  }
}
