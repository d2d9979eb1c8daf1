package sandpiper.domain.indicators;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorDefinition.Arguments;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;

/// Every indicator there is, by the name that a strategy writes in `use`.
///
/// Each group of them has a list of its own: the place to add another.
public final class IndicatorRegistry {
  private static final Map<String, IndicatorDefinition> DEFINITIONS = new LinkedHashMap<>();

  static {
    Stream.of(
            OverlapIndicators.definitions(),
            MomentumIndicators.definitions(),
            VolumeIndicators.definitions(),
            VolatilityIndicators.definitions(),
            CycleIndicators.definitions(),
            StatisticsIndicators.definitions(),
            PriceIndicators.definitions(),
            BookIndicators.definitions(),
            ExternalIndicators.definitions(),
            PatternIndicators.definitions())
        .flatMap(List::stream)
        .forEach(IndicatorRegistry::put);
  }

  private IndicatorRegistry() {}

  /// All definitions, in the order in which they are documented.
  public static List<IndicatorDefinition> all() {
    return List.copyOf(DEFINITIONS.values());
  }

  /// @throws IllegalArgumentException naming those that are written most like it
  public static IndicatorDefinition definition(String name) {
    var definition = DEFINITIONS.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "unknown indicator '"
              + name
              + "'; the nearest of "
              + DEFINITIONS.size()
              + " are "
              + DEFINITIONS.keySet().stream()
                  .sorted(Comparator.comparingInt(each -> typos(each, name)))
                  .limit(3)
                  .collect(Collectors.joining(", ")));
    }
    return definition;
  }

  /// The value of one parameter as a strategy wrote it: a number, or the word of a choice.
  ///
  /// @throws IllegalArgumentException naming the parameter, its value and what is allowed
  public static double argument(String name, String parameter, @Nullable Object written) {
    var definition = definition(name);
    for (var each : definition.parameters()) {
      if (each.name().equals(parameter)) {
        if (each.choices().isEmpty() && written instanceof Number number) {
          return number.doubleValue();
        }
        int choice = written instanceof String word ? each.choices().indexOf(word) : -1;
        if (choice >= 0) {
          return choice;
        }
        throw refusal(
            definition, each, written instanceof String ? "'" + written + "'" : "" + written);
      }
    }
    throw unknown(definition, parameter);
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
      if (!parameter.allows(value)) {
        throw refusal(definition, parameter, Parameter.text(value));
      }
      complete.put(parameter.name(), value);
    }
    if (!unknown.isEmpty()) {
      throw unknown(definition, unknown.firstKey());
    }
    return complete;
  }

  /// A fresh indicator for checked parameters.
  static Indicator create(IndicatorSpec spec) {
    return definition(spec.use()).factory().create(new Arguments(spec.parameters()));
  }

  /// Levenshtein distance.
  private static int typos(String one, String other) {
    var row = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static void put(IndicatorDefinition definition) {
    if (DEFINITIONS.put(definition.name(), definition) != null) {
      throw new IllegalStateException("two indicators are called " + definition.name());
    }
  }

  private static IllegalArgumentException refusal(
      IndicatorDefinition definition, Parameter parameter, String was) {
    return new IllegalArgumentException(
        "indicator "
            + definition.name()
            + ": "
            + parameter.name()
            + " must be "
            + parameter.allowed()
            + ", was "
            + was);
  }

  private static IllegalArgumentException unknown(IndicatorDefinition definition, String name) {
    var names = definition.parameters().stream().map(Parameter::name).toList();
    return new IllegalArgumentException(
        "indicator "
            + definition.name()
            + " has no parameter '"
            + name
            + "'; it takes "
            + (names.isEmpty() ? "none" : String.join(", ", names)));
  }
}
