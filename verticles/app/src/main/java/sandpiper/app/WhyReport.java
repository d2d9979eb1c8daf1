package sandpiper.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// Writes an extract of the ledger for people.
final class WhyReport {
  private final PrintWriter out;

  WhyReport(PrintWriter out) {
    this.out = out;
  }

  void print(JsonObject extract) {
    each(extract.getJsonArray("decisions"), this::decision);
  }

  private void decision(JsonObject decision) {
    var time = decision.getLong("time");
    out.println(
        decision.getString("strategy")
            + (time == null
                ? ", which saw no bar before"
                : " at %s, input %d".formatted(iso(time), decision.getLong("seq"))));
    var bar = decision.getJsonObject("bar");
    if (bar != null) {
      out.printf(
          "  bar         %s %s from %s: open %s, high %s, low %s, close %s, volume %s%n",
          bar.getString("symbol"),
          new Interval(bar.getLong("interval_micros")),
          iso(bar.getLong("open_time")),
          bar.getValue("open"),
          bar.getValue("high"),
          bar.getValue("low"),
          bar.getValue("close"),
          bar.getValue("volume"));
    }
    indicators(decision.getJsonObject("indicators"));
    if (decision.getString("why_not") != null) {
      out.println("  no signal   " + decision.getString("why_not"));
    }
    each(decision.getJsonArray("signals"), this::signal);
  }

  private void indicators(@Nullable JsonObject values) {
    if (values != null && !values.isEmpty()) {
      var texts = new ArrayList<String>();
      values.forEach(value ->
          texts.add(
              value.getKey() + " " + (value.getValue() == null ? "warming up" : value.getValue())));
      out.println("  indicators  " + String.join(", ", texts));
    }
  }

  private void signal(JsonObject signal) {
    var reason = signal.getString("reason");
    out.printf(
        "  signal      %s %s %s at %s%s%n",
        signal.getString("signal_id"),
        signal.getString("name"),
        signal.getString("symbol"),
        iso(signal.getLong("time")),
        reason.isEmpty() ? "" : ": " + reason);
    each(signal.getJsonArray("orders"), this::order);
    if (signal.getJsonArray("orders").isEmpty()) {
      out.println("    no order followed");
    }
    each(
        signal.getJsonArray("positions"),
        position ->
            out.printf(
                "    position  %s %s, net %s%n",
                position.getString("position_id"),
                position.getLong("closed_time") == null
                    ? "open, " + position.getString("quantity")
                    : "closed " + iso(position.getLong("closed_time")),
                position.getString("net")));
  }

  private void order(JsonObject order) {
    var verdict = order.getJsonObject("verdict");
    out.printf(
        "    order     %s %s %s %s%s: %s%n",
        order.getString("order_id"),
        order.getString("side"),
        order.getString("type"),
        order.getString("quantity"),
        order.getString("limit_price") == null ? "" : " @ " + order.getString("limit_price"),
        verdict.getBoolean("passed")
            ? "passed by risk, " + order.getString("status")
            : "refused, %s: %s".formatted(verdict.getString("rule"), verdict.getString("reason")));
    each(
        order.getJsonArray("events"),
        event ->
            out.printf(
                "      %s  %s%s%n",
                iso(event.getLong("time")),
                event.getString("type"),
                event.getString("reason") == null ? "" : ": " + event.getString("reason")));
    each(
        order.getJsonArray("fills"),
        fill ->
            out.printf(
                "      fill    %s @ %s, fee %s%n",
                fill.getString("quantity"), fill.getString("price"), fill.getString("fee")));
  }

  private static void each(JsonArray rows, Consumer<JsonObject> action) {
    rows.stream().map(JsonObject.class::cast).forEach(action);
  }

  private static String iso(long micros) {
    return BacktestReport.iso(micros);
  }
}
