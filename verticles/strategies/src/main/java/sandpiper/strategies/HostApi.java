package sandpiper.strategies;

import java.util.HashMap;
import java.util.Map;
import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.domain.journal.Side;
import sandpiper.domain.session.StrategyContext;

/// All that a script can ask of Java, through the prelude. Every argument is checked on this side.
public final class HostApi {
  private final StrategyContext context;
  private final Map<String, Double> values = new HashMap<>();

  HostApi(StrategyContext context) {
    this.context = context;
  }

  /// A ticket as the prelude reads it.
  public static final class TicketView {
    @HostAccess.Export public final String id;
    @HostAccess.Export public final String signalId;
    @HostAccess.Export public final double size;
    @HostAccess.Export public final double price;

    TicketView(StrategyContext.Ticket ticket) {
      id = ticket.orderId();
      signalId = ticket.signalId();
      size = ticket.quantity().doubleValue();
      price = ticket.limitPrice() == null ? Double.NaN : ticket.limitPrice().doubleValue();
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

  @HostAccess.Export
  public void cancel(String orderId) {
    context.cancel(orderId);
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
