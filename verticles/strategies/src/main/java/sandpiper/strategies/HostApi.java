package sandpiper.strategies;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.domain.journal.Side;
import sandpiper.domain.session.StrategyContext;

/// All that a script can ask of Java, through the prelude. Every argument is checked on this side.
public final class HostApi {
  private final StrategyContext context;

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
  public boolean ready() {
    return context.ready();
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
      String symbol, String side, double size, double price, @Nullable String signalId) {
    return new TicketView(
        context.place(
            symbol, Side.valueOf(side), size, Double.isNaN(price) ? null : price, signalId));
  }

  @HostAccess.Export
  public void cancel(String orderId) {
    context.cancel(orderId);
  }

  /// @param values a JSON object of numbers
  @HostAccess.Export
  public String signal(String symbol, String name, String reason, String values) {
    var numbers = new HashMap<String, Double>();
    var json = new JsonObject(values);
    for (var key : json.fieldNames()) {
      var number = json.getDouble(key);
      numbers.put(key, number == null ? Double.NaN : number);
    }
    return context.signal(symbol, name, reason, numbers);
  }

  @HostAccess.Export
  public void log(String level, String text) {
    context.log(level, text);
  }
}
