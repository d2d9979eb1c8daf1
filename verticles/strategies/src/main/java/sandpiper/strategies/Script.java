package sandpiper.strategies;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorDefinition.Input;
import sandpiper.domain.indicators.IndicatorRegistry;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;

/// A strategy's source, read and checked: it compiles, its top level runs, its parameters make
/// sense.
public final class Script {
  private static final Interval STANDARD_INTERVAL = Interval.parse("1m");
  private static final String STREAMS_EXAMPLE = "{ main: { bars: '1m' } }";
  private static final String INDICATORS_EXAMPLE = "{ fast: { use: 'ema', on: 'main.close' } }";

  private final ScriptEngine engine;
  private final String name;
  private final String text;
  private final String hash;
  private final Source source;
  private final Parameters parameters;

  /// @param name without `.js`
  /// @throws StrategyException naming file, line and column
  public Script(ScriptEngine engine, String name, String text) {
    this.engine = engine;
    this.name = name;
    this.text = text;
    requireShort(text, engine.budget().source());
    hash = hash(text);
    source =
        Source.newBuilder("js", text, file())
            .mimeType("application/javascript+module")
            .buildLiteral();
    parameters = inFreshRealm("params", (realm, exports) -> declared(realm, exports));
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /// SHA-256 of the source, in hexadecimal.
  public String hash() {
    return hash;
  }

  /// Declared parameters by name, as written in the script.
  public Map<String, Map<String, Object>> parameterSchema() {
    return parameters.schema();
  }

  /// What an instance with these parameters needs.
  ///
  /// @param instance name within the session
  /// @param symbols of the session; the first is meant where the script names none
  /// @param interval of the stream `main`, instead of the script's own; null to leave it
  /// @throws StrategyException naming the parameter, stream or indicator that is wrong
  public StrategyPlan plan(
      String instance,
      Map<String, Object> given,
      List<String> symbols,
      @Nullable Interval interval) {
    return checked(() -> {
      var values = parameters.resolve(given);
      var description = describe(values, symbols, interval == null ? STANDARD_INTERVAL : interval);
      var data = object(description, "data", STREAMS_EXAMPLE);
      var streams = streams(data, symbols, interval);
      var declared = object(description, "indicators", INDICATORS_EXAMPLE);
      var indicators = indicators(declared, streams);
      return new StrategyPlan(instance, name, hash, values, streams, indicators, interval);
    });
  }

  /// Plans it once with the defaults of its parameters, for whatever symbols it names: what is
  /// wrong with its streams and indicators comes to light before a session wants them.
  ///
  /// @throws StrategyException naming the stream or indicator that is wrong
  void check() {
    checked(() -> {
      var symbols = new ArrayList<>(List.of("the session's first", "the session's second"));
      var description = describe(parameters.resolve(Map.of()), symbols, STANDARD_INTERVAL);
      var data = object(description, "data", STREAMS_EXAMPLE);
      for (var stream : data.fieldNames()) {
        if (data.getValue(stream) instanceof JsonObject wanted
            && wanted.getValue("symbol") instanceof String symbol) {
          symbols.add(symbol);
        }
      }
      return indicators(
          object(description, "indicators", INDICATORS_EXAMPLE), streams(data, symbols, null));
    });
  }

  /// A running instance.
  ///
  /// @param snapshot of the version before; null to begin anew
  public Strategy start(StrategyContext context, @Nullable String snapshot) {
    return new JsStrategy(engine, this, context, snapshot);
  }

  /// What an instance that runs another version needs to go on with this one: the same parameters,
  /// where this version still has them, and the interval that the session gave to `main`.
  ///
  /// @throws StrategyException naming the parameter, stream or indicator that is wrong
  public StrategyPlan plan(StrategyPlan present, List<String> symbols) {
    return plan(
        present.instance(),
        parameters.known(present.parameters()),
        symbols,
        present.mainInterval());
  }

  /// All parameters of a running instance after a change of those that are declared `live`.
  ///
  /// @param present complete
  /// @throws StrategyException naming the parameter that cannot be changed so
  public Map<String, Object> change(Map<String, Object> present, Map<String, Object> given) {
    return checked(() -> parameters.change(present, given));
  }

  String file() {
    return name + ".js";
  }

  Value evaluate(Realm realm) {
    return ScriptErrors.guarded(
        file(), realm.guard(), "the top level", () -> realm.context().eval(source));
  }

  private JsonObject describe(Map<String, Object> values, List<String> symbols, Interval interval) {
    return inFreshRealm(
        "data and indicators",
        (realm, exports) ->
            new JsonObject(
                realm
                    .prelude()
                    .invokeMember(
                        "describe",
                        exports,
                        new JsonObject(values).encode(),
                        new JsonArray(symbols).encode(),
                        interval.toString())
                    .asString()));
  }

  private Parameters declared(Realm realm, Value exports) {
    var schema = new JsonObject(realm.prelude().invokeMember("schema", exports).asString());
    return checked(
        () -> new Parameters(object(schema, "params", "{ fast: { type: 'int', default: 10 } }")));
  }

  /// Work in a context that is thrown away after.
  private interface Work<T> {
    T in(Realm realm, Value exports);
  }

  private <T> T inFreshRealm(String name, Work<T> work) {
    try (var realm = engine.open(new PlanningApi(), engine.budget())) {
      var exports = evaluate(realm);
      return ScriptErrors.guarded(file(), realm.guard(), name, () -> work.in(realm, exports));
    }
  }

  private void requireShort(String text, int limit) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > limit) {
      throw new StrategyException(
          file(), 0, 0, "a source may have " + limit + " bytes, has " + length);
    }
  }

  private List<StreamSpec> streams(
      JsonObject data, List<String> symbols, @Nullable Interval interval) {
    if (data.isEmpty()) {
      throw new IllegalArgumentException(
          "data must name at least one stream, such as { main: { bars: '1m' } }");
    }
    var streams = new ArrayList<StreamSpec>();
    for (var stream : data.fieldNames()) {
      if (!(data.getValue(stream) instanceof JsonObject wanted)) {
        throw notAStream(stream, data.getValue(stream));
      }
      var symbol = wanted.getString("symbol", symbols.getFirst());
      if (!symbols.contains(symbol)) {
        throw new IllegalArgumentException(
            "symbol of stream " + stream + " must be one of " + symbols + ", was '" + symbol + "'");
      }
      var bars = wanted.getString("bars");
      boolean trades = Boolean.TRUE.equals(wanted.getValue("trades"));
      boolean quotes = Boolean.TRUE.equals(wanted.getValue("quotes"));
      boolean book = Boolean.TRUE.equals(wanted.getValue("book"));
      if ((bars == null ? 0 : 1) + (trades ? 1 : 0) + (quotes ? 1 : 0) + (book ? 1 : 0) != 1) {
        throw notAStream(stream, wanted);
      }
      if (bars == null) {
        var kind =
            trades
                ? StreamSpec.Kind.TRADES
                : quotes ? StreamSpec.Kind.QUOTES : StreamSpec.Kind.BOOK;
        streams.add(new StreamSpec(stream, symbol, kind, null));
      } else {
        var own = Interval.parse(bars);
        boolean replaced = interval != null && stream.equals("main");
        streams.add(new StreamSpec(stream, symbol, replaced ? interval : own));
      }
    }
    return streams;
  }

  private static IllegalArgumentException notAStream(String stream, Object was) {
    return new IllegalArgumentException(
        "stream "
            + stream
            + " must be { bars: '1m' }, { trades: true }, { quotes: true } or { book: true }, was "
            + was);
  }

  private static List<NamedIndicator> indicators(JsonObject declared, List<StreamSpec> streams) {
    var indicators = new ArrayList<NamedIndicator>();
    for (var name : declared.fieldNames()) {
      if (!(declared.getValue(name) instanceof JsonObject wanted)) {
        throw new IllegalArgumentException(
            "indicator "
                + name
                + " must be an object such as { use: 'ema', on: 'main.close' }, was "
                + declared.getValue(name));
      }
      try {
        indicators.add(
            new NamedIndicator(name, spec(wanted, streams), wanted.getString("plot", "")));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("indicator " + name + ": " + e.getMessage(), e);
      }
    }
    return indicators;
  }

  private static JsonObject object(JsonObject from, String member, String example) {
    return switch (from.getValue(member)) {
      case null -> new JsonObject();
      case JsonObject object -> object;
      case Object other ->
          throw new IllegalArgumentException(
              member + " must be an object such as " + example + ", was " + other);
    };
  }

  private static IndicatorSpec spec(JsonObject wanted, List<StreamSpec> streams) {
    var use = wanted.getString("use", "");
    var input = IndicatorRegistry.definition(use).input();
    var first =
        streams.stream()
            .filter(each -> (each.kind() == StreamSpec.Kind.BOOK) == (input == Input.BOOKS))
            .findFirst()
            .orElse(streams.getFirst())
            .name();
    var standard = input == Input.SERIES ? first + ".close" : first;
    var on = wanted.getString("on", standard).split("\\.", 2);
    var stream =
        streams.stream()
            .filter(each -> each.name().equals(on[0]))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "'on' must begin with one of the streams "
                        + streams.stream().map(StreamSpec::name).toList()
                        + ", was '"
                        + on[0]
                        + "'"));
    boolean wantsBook = input == Input.BOOKS;
    boolean isBook = stream.kind() == StreamSpec.Kind.BOOK;
    if (stream.kind() == StreamSpec.Kind.QUOTES || wantsBook != isBook) {
      throw new IllegalArgumentException(
          "'on' must name a stream of "
              + (wantsBook ? "an order book" : "bars or trades")
              + ", was '"
              + on[0]
              + "', which has "
              + (isBook ? "an order book" : stream.kind().name().toLowerCase(Locale.ROOT)));
    }
    var parameters = new HashMap<String, Double>();
    for (var key : wanted.fieldNames()) {
      if (!List.of("use", "on", "plot").contains(key)) {
        parameters.put(key, IndicatorRegistry.argument(use, key, wanted.getValue(key)));
      }
    }
    return new IndicatorSpec(
        use, stream.symbol(), stream.interval(), on.length == 1 ? "" : on[1], parameters);
  }

  private <T> T checked(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      var reason = e.getMessage() == null ? "not valid" : e.getMessage();
      throw new StrategyException(file(), 0, 0, reason);
    }
  }

  /// SHA-256 of a source, in hexadecimal.
  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
