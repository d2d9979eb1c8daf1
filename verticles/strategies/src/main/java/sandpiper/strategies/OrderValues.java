package sandpiper.strategies;

import java.util.Locale;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Trail;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.session.OrderRequest;

/// Reads the orders that the prelude has checked and laid out: plain objects whose members are all
/// there, null where there is nothing.
final class OrderValues {
  private OrderValues() {}

  static OrderRequest request(Value order) {
    return new OrderRequest(
        order.getMember("symbol").asString(),
        order.getMember("buy").asBoolean() ? Side.BUY : Side.SELL,
        type(order.getMember("type").asString()),
        order.getMember("size").asDouble(),
        number(order.getMember("price")),
        number(order.getMember("trigger")),
        order.getMember("trail").isNull() ? null : trail(order.getMember("trail")),
        order.getMember("tif").asString(),
        order.getMember("postOnly").asBoolean(),
        order.getMember("reduceOnly").asBoolean(),
        exit(order.getMember("stopLoss")),
        exit(order.getMember("takeProfit")),
        text(order.getMember("after")),
        text(order.getMember("signal")));
  }

  private static OrderType type(String word) {
    return OrderType.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /// An object with one member, which says how its number is meant.
  private static @Nullable ExitPrice exit(Value exit) {
    if (exit.isNull()) {
      return null;
    }
    var kind = exit.getMemberKeys().iterator().next();
    var value = exit.getMember(kind);
    return switch (kind) {
      case "price" -> new ExitPrice.At(Decimals.exact(value.asDouble()));
      case "percent" -> new ExitPrice.Percent(Decimals.exact(value.asDouble()));
      case "offset" -> new ExitPrice.Offset(Decimals.exact(value.asDouble()));
      case "r" -> new ExitPrice.Multiple(Decimals.exact(value.asDouble()));
      case "trail" -> trail(value);
      default -> throw new IllegalStateException("no exit is given by " + kind);
    };
  }

  private static Trail trail(Value trail) {
    var offset = trail.getMember("offset");
    var percent = trail.getMember("percent");
    return new Trail(
        offset == null ? null : Decimals.exact(offset.asDouble()),
        percent == null ? null : Decimals.exact(percent.asDouble()));
  }

  private static @Nullable Double number(Value value) {
    return value.isNull() ? null : (Double) value.asDouble();
  }

  private static @Nullable String text(Value value) {
    return value.isNull() ? null : value.asString();
  }
}
