package sandpiper.domain.indicators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sandpiper.domain.indicators.IndicatorDefinition.Factory;
import sandpiper.domain.indicators.IndicatorDefinition.Input;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;

/// Every indicator there is: the one place to add another.
public final class IndicatorRegistry {
  private static final Map<String, IndicatorDefinition> DEFINITIONS = new LinkedHashMap<>();

  static {
    var period20 = List.of(period("period", 20));
    var period14 = List.of(period("period", 14));
    series(
        "sma",
        "Simple moving average",
        period20,
        List.of("value"),
        "common",
        p -> new Sma(integer(p, "period")));
    series(
        "ema",
        "Exponential moving average",
        period20,
        List.of("value"),
        "common",
        p -> new Ema(integer(p, "period")));
    series(
        "rsi",
        "Relative strength index",
        period14,
        List.of("value"),
        "Wilder 1978",
        p -> new Rsi(integer(p, "period")));
    bars(
        "atr",
        "Average true range",
        period14,
        List.of("value"),
        "Wilder 1978",
        p -> new Atr(integer(p, "period")));
    series(
        "macd",
        "Moving average convergence divergence",
        List.of(period("fast", 12), period("slow", 26), period("signal", 9)),
        List.of("macd", "signal", "histogram"),
        "Appel 1979",
        p -> {
          int fast = integer(p, "fast");
          int slow = integer(p, "slow");
          if (fast >= slow) {
            throw new IllegalArgumentException(
                "macd: fast must be below slow, was " + fast + " and " + slow);
          }
          return new Macd(fast, slow, integer(p, "signal"));
        });
    series(
        "bollinger",
        "Bollinger bands",
        List.of(period("period", 20), new Parameter("deviations", 2, 0.1, 10, false)),
        List.of("upper", "middle", "lower"),
        "Bollinger 2001",
        p -> new Bollinger(integer(p, "period"), number(p, "deviations")));
  }

  private IndicatorRegistry() {}

  /// All definitions, in the order in which they are documented.
  public static List<IndicatorDefinition> all() {
    return List.copyOf(DEFINITIONS.values());
  }

  /// @throws IllegalArgumentException naming the known ones
  public static IndicatorDefinition definition(String name) {
    var definition = DEFINITIONS.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "unknown indicator '" + name + "'; there are " + String.join(", ", DEFINITIONS.keySet()));
    }
    return definition;
  }

  /// Every parameter of `name`: the given values, checked, and the standard ones for the rest.
  ///
  /// @throws IllegalArgumentException naming the parameter, its value and what is allowed
  public static Map<String, Double> parameters(String name, Map<String, Double> given) {
    var definition = definition(name);
    var unknown = new TreeMap<>(given);
    var complete = new TreeMap<String, Double>();
    for (var parameter : definition.parameters()) {
      double value = given.getOrDefault(parameter.name(), parameter.standard());
      unknown.remove(parameter.name());
      boolean whole = !parameter.integer() || value == Math.rint(value);
      if (!(value >= parameter.min() && value <= parameter.max() && whole)) {
        throw new IllegalArgumentException(
            "indicator "
                + name
                + ": "
                + parameter.name()
                + " must be "
                + (parameter.integer() ? "a whole number" : "a number")
                + " from "
                + text(parameter.min())
                + " to "
                + text(parameter.max())
                + ", was "
                + text(value));
      }
      complete.put(parameter.name(), value);
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "indicator "
              + name
              + " has no parameter '"
              + unknown.firstKey()
              + "'; it takes "
              + String.join(", ", complete.keySet()));
    }
    return complete;
  }

  /// A fresh indicator for checked parameters.
  static Indicator create(IndicatorSpec spec) {
    return definition(spec.use()).factory().create(spec.parameters());
  }

  private static void series(
      String name,
      String title,
      List<Parameter> parameters,
      List<String> outputs,
      String source,
      Factory factory) {
    put(new IndicatorDefinition(name, title, Input.SERIES, parameters, outputs, source, factory));
  }

  private static void bars(
      String name,
      String title,
      List<Parameter> parameters,
      List<String> outputs,
      String source,
      Factory factory) {
    put(new IndicatorDefinition(name, title, Input.BARS, parameters, outputs, source, factory));
  }

  private static void put(IndicatorDefinition definition) {
    DEFINITIONS.put(definition.name(), definition);
  }

  private static Parameter period(String name, int standard) {
    return new Parameter(name, standard, 1, 100_000, true);
  }

  private static int integer(Map<String, Double> parameters, String name) {
    return (int) number(parameters, name);
  }

  private static double number(Map<String, Double> parameters, String name) {
    var value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for parameter " + name);
    }
    return value;
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
