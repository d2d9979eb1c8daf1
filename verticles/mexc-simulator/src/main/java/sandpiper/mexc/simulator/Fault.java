package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something that is to go wrong.
///
/// @param symbol that it concerns; null for all
/// @param endpoint such as `POST /api/v3/order`; null for all
/// @param count how often
/// @param millis how long something is held back
/// @param status of HTTP
/// @param accepted whether what was asked for is done all the same
/// @param retryAfter in seconds
/// @param sockets which: `all`, `public` or `private`
/// @param share of an order that may fill, from 0 to below 1
/// @param symbolStatus that a symbol takes
record Fault(
    FaultKind kind,
    @Nullable String symbol,
    @Nullable String endpoint,
    int count,
    int millis,
    int status,
    boolean accepted,
    int retryAfter,
    String sockets,
    double share,
    SymbolStatus symbolStatus) {
  private static final int MOST = 1_000_000;
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("name", ""),
          Map.entry("symbol", ""),
          Map.entry("endpoint", ""),
          Map.entry("count", 1),
          Map.entry("millis", 1_000),
          Map.entry("status", 503),
          Map.entry("accepted", true),
          Map.entry("retryAfter", 1),
          Map.entry("sockets", "all"),
          Map.entry("share", 0.5),
          Map.entry("symbolStatus", "OFFLINE"));

  /// @throws IllegalArgumentException when it says something that is not known
  static Fault of(JsonObject given) {
    var unknown =
        given.fieldNames().stream().filter(name -> !DEFAULTS.containsKey(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown " + unknown + "; allowed: " + DEFAULTS.keySet().stream().sorted().toList());
    }
    var name = text(given, "name");
    var kind = FaultKind.named(name);
    if (kind == null) {
      throw new IllegalArgumentException("name must be one of " + names() + ", was '" + name + "'");
    }
    var symbol = text(given, "symbol");
    var endpoint = text(given, "endpoint");
    var sockets = text(given, "sockets");
    if (!sockets.matches("all|public|private")) {
      throw new IllegalArgumentException(
          "sockets must be all, public or private, was '" + sockets + "'");
    }
    var symbolStatus = text(given, "symbolStatus");
    if (!symbolStatus.matches("PAUSED|OFFLINE")) {
      throw new IllegalArgumentException(
          "symbolStatus must be PAUSED or OFFLINE, was '" + symbolStatus + "'");
    }
    if (kind == FaultKind.SYMBOL_OFFLINE && symbol.isEmpty()) {
      throw new IllegalArgumentException("symbol must be named for " + name);
    }
    var share = value(given, "share", Number.class).doubleValue();
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share must be from 0 to below 1, was " + share);
    }
    return new Fault(
        kind,
        symbol.isEmpty() ? null : symbol,
        endpoint.isEmpty() ? null : endpoint,
        whole(given, "count", 1, MOST),
        whole(given, "millis", 0, MOST),
        whole(given, "status", 500, 599),
        value(given, "accepted", Boolean.class),
        whole(given, "retryAfter", 1, MOST),
        sockets,
        share,
        SymbolStatus.valueOf(symbolStatus));
  }

  boolean concerns(@Nullable String aSymbol, @Nullable String anEndpoint) {
    return (symbol == null || symbol.equals(aSymbol))
        && (endpoint == null || endpoint.equals(anEndpoint));
  }

  JsonObject toJson(int left) {
    return new JsonObject()
        .put("name", kind.label())
        .put("symbol", symbol)
        .put("endpoint", endpoint)
        .put("left", left);
  }

  private static String names() {
    return Arrays.stream(FaultKind.values())
        .map(FaultKind::label)
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonObject given, String name) {
    return value(given, name, String.class);
  }

  private static int whole(JsonObject given, String name, int least, int most) {
    var number = value(given, name, Number.class);
    if (number.doubleValue() != number.intValue()
        || number.intValue() < least
        || number.intValue() > most) {
      throw new IllegalArgumentException(
          name + " must be a whole number from " + least + " to " + most + ", was " + number);
    }
    return number.intValue();
  }

  private static <T> T value(JsonObject given, String name, Class<T> type) {
    var value = given.getValue(name);
    var used = value == null ? DEFAULTS.get(name) : value;
    if (!type.isInstance(used)) {
      throw new IllegalArgumentException(
          name + " must be a " + type.getSimpleName().toLowerCase(Locale.ROOT) + ", was " + used);
    }
    return type.cast(used);
  }
}
