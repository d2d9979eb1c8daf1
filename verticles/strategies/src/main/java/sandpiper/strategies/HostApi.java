package sandpiper.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.domain.journal.Side;
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
  public String parameters() {
    return Json.text(context.plan().parameters());
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
