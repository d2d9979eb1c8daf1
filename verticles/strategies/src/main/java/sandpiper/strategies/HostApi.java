package sandpiper.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.OrderRequest;
import sandpiper.domain.session.StrategyContext;

/// All that a script can ask of Java, through the prelude. Every argument is checked on this side.
public final class HostApi {
  private final StrategyContext context;
  private final Map<String, Double> values = new HashMap<>();

  HostApi(StrategyContext context) {
    this.context = context;
  }

  /// A ticket as the prelude reads it; prices that are not there are NaN.
  public static final class TicketView {
    @HostAccess.Export public final String id;
    @HostAccess.Export public final String signalId;
    @HostAccess.Export public final double size;
    @HostAccess.Export public final double price;
    @HostAccess.Export public final double trigger;
    @HostAccess.Export public final @Nullable String stopLoss;
    @HostAccess.Export public final @Nullable String takeProfit;

    TicketView(StrategyContext.Ticket ticket) {
      id = ticket.orderId();
      signalId = ticket.signalId();
      size = ticket.quantity().doubleValue();
      price = ticket.limitPrice() == null ? Double.NaN : ticket.limitPrice().doubleValue();
      trigger = ticket.triggerPrice() == null ? Double.NaN : ticket.triggerPrice().doubleValue();
      stopLoss = ticket.stopLossId();
      takeProfit = ticket.takeProfitId();
    }
  }

  /// Milliseconds since 1970, with microseconds as a fraction.
  @HostAccess.Export
  public double time() {
    return context.time() / 1e3;
  }

  @HostAccess.Export
  public int seed() {
    return (context.session().sessionId() + context.plan().instance()).hashCode();
  }

  @HostAccess.Export
  public String mainSymbol() {
    return context.mainSymbol();
  }

  @HostAccess.Export
  public String instance() {
    return context.plan().instance();
  }

  /// All symbols of the session, as a JSON array.
  @HostAccess.Export
  public String symbols() {
    return Json.text(context.session().instruments().stream().map(Instrument::symbol).toList());
  }

  @HostAccess.Export
  public String parameters() {
    return Json.text(context.parameters());
  }

  @HostAccess.Export
  public double past(int reading, int output, int ago) {
    return context.readings().get(reading).past(output, ago);
  }

  /// Closed bars of a stream that can be read.
  @HostAccess.Export
  public int bars(int stream) {
    return context.history(stream).size();
  }

  /// @param field time, open, high, low, close, volume: 0 to 5
  /// @return NaN when there is no such bar
  @HostAccess.Export
  public double pastBar(int stream, int field, int ago) {
    var history = context.history(stream);
    if (ago >= history.size()) {
      return Double.NaN;
    }
    var bar = history.bar(ago);
    return switch (field) {
      case 0 -> bar.openTime() / 1e3;
      case 1 -> bar.open();
      case 2 -> bar.high();
      case 3 -> bar.low();
      case 4 -> bar.close();
      default -> bar.volume();
    };
  }

  @HostAccess.Export
  public double cash() {
    return context.account().cash();
  }

  @HostAccess.Export
  public double equity() {
    return context.account().equity();
  }

  /// Cash that no order has set aside.
  ///
  /// @param symbol the notional of it that this pays for with the taker fee, on margin with its
  ///   leverage; null for the cash itself
  @HostAccess.Export
  public double free(@Nullable String symbol) {
    double free = context.account().free();
    if (symbol == null) {
      return free;
    }
    var session = context.session();
    double fee = session.instrument(symbol).takerFee().doubleValue();
    return free / (1 / session.account().leverage().doubleValue() + fee);
  }

  /// The latest price; NaN before the first.
  @HostAccess.Export
  public double price(String symbol) {
    return context.lastPrice(symbol);
  }

  @HostAccess.Export
  public double lot(String symbol, double quantity) {
    return context.toLot(symbol, quantity);
  }

  @HostAccess.Export
  public void every(String interval, String id) {
    context.timers().every(id, Interval.parse(interval), context.time());
  }

  @HostAccess.Export
  public void after(String interval, String id) {
    context.timers().at(id, context.time() + Interval.parse(interval).micros());
  }

  /// @param millis since 1970
  @HostAccess.Export
  public void at(double millis, String id) {
    if (!(Math.abs(millis) < 1e14)) {
      throw new IllegalArgumentException(
          "time of a timer must be milliseconds since 1970, was " + millis);
    }
    context.timers().at(id, Math.round(millis * 1e3));
  }

  @HostAccess.Export
  public boolean cancelTimer(String id) {
    return context.timers().cancel(id);
  }

  /// As a JSON array.
  @HostAccess.Export
  public String timers() {
    return Json.text(context.timers().ids());
  }

  @HostAccess.Export
  public void alert(String level, String text) {
    context.alert(level, text);
  }

  @HostAccess.Export
  public void metric(String name, double value) {
    context.metric(name, value);
  }

  @HostAccess.Export
  public void plot(String pane, String series, double value, @Nullable String text) {
    context.plot(pane, series, value, text);
  }

  /// @param price NaN for a market order
  @HostAccess.Export
  public TicketView place(
      String symbol, boolean buy, double size, double price, @Nullable String signalId) {
    var side = buy ? Side.BUY : Side.SELL;
    return new TicketView(
        context.place(symbol, side, size, Double.isNaN(price) ? null : price, signalId));
  }

  /// An order with more to it, as the prelude has laid it out.
  @HostAccess.Export
  public TicketView order(Value order) {
    return new TicketView(context.place(OrderValues.request(order)));
  }

  /// Orders of which only one shall fill.
  @HostAccess.Export
  public TicketView[] oco(Value orders) {
    var requests = new ArrayList<OrderRequest>();
    for (long i = 0; i < orders.getArraySize(); i++) {
      requests.add(OrderValues.request(orders.getArrayElement(i)));
    }
    return context.placeOneOf(requests).stream().map(TicketView::new).toArray(TicketView[]::new);
  }

  /// What is NaN stays as it is.
  @HostAccess.Export
  public void amend(String orderId, double size, double price, double trigger) {
    context.amend(orderId, orNull(size), orNull(price), orNull(trigger));
  }

  @HostAccess.Export
  public void cancel(String orderId) {
    context.cancel(orderId);
  }

  @HostAccess.Export
  public void cancelAll(@Nullable String symbol) {
    context.cancelAll(symbol);
  }

  /// Orders that have not ended.
  @HostAccess.Export
  public Views.OrderView[] orders() {
    return context.workingOrders().stream()
        .map(Views.OrderView::new)
        .toArray(Views.OrderView[]::new);
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  /// A number that belongs to the next signal.
  @HostAccess.Export
  public void value(String key, double value) {
    values.put(key, value);
  }

  @HostAccess.Export
  public String signal(String symbol, String name, String reason) {
    try {
      return context.signal(symbol, name, reason, values);
    } finally {
      values.clear();
    }
  }

  @HostAccess.Export
  public void log(String level, String text) {
    context.log(level, text);
  }
}
