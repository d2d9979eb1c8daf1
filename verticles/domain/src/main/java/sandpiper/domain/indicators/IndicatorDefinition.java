package sandpiper.domain.indicators;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What the registry knows of one indicator.
///
/// @param name as a strategy writes it in `use`
/// @param title for people
/// @param input what it is computed from
/// @param parameters in the order of their importance
/// @param outputs names of its values; the first is the one that `value` means
/// @param warmUp number of the step with the first values, from 1; null when that depends on the
///   data
/// @param source who defined it, and where
public record IndicatorDefinition(
    String name,
    String title,
    Group group,
    Input input,
    List<Parameter> parameters,
    List<String> outputs,
    @Nullable WarmUp warmUp,
    String source,
    Factory factory) {

  /// What an indicator is about.
  public enum Group {
    /// In the units of the price, drawn over it.
    OVERLAP,
    MOMENTUM,
    VOLUME,
    VOLATILITY,
    CYCLE,
    STATISTICS,
    PRICE,
    /// What waits to be traded, and at what prices.
    BOOK,
    /// What programs outside publish.
    EXTERNAL,
    /// Shapes of candles: 100 where a bullish one ends, -100 a bearish one, else 0.
    PATTERN
  }

  /// What an indicator is computed from.
  public enum Input {
    /// One number a step: `stream.close`, or another field of a bar, or `stream.price` of trades.
    SERIES,
    /// Whole bars: `stream`.
    BARS,
    /// An order book: `stream`.
    BOOKS,
    /// What is published under a name about the symbol of a stream: `stream.name`.
    EXTERNAL
  }

  /// One parameter. Choices are numbers too: places in `choices`.
  ///
  /// @param integer whether only whole numbers are allowed
  /// @param choices the words that are allowed instead of numbers; empty for a number
  public record Parameter(
      String name, double standard, double min, double max, boolean integer, List<String> choices) {
    static Parameter whole(String name, int standard, int min, int max) {
      return new Parameter(name, standard, min, max, true, List.of());
    }

    static Parameter number(String name, double standard, double min, double max) {
      return new Parameter(name, standard, min, max, false, List.of());
    }

    /// @param standard one of the choices, which are told by their names in lower case
    static <E extends Enum<E>> Parameter choice(String name, E standard, List<E> choices) {
      var words = choices.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
      return new Parameter(name, choices.indexOf(standard), 0, words.size() - 1.0, true, words);
    }

    boolean allows(double value) {
      return value >= min && value <= max && (!integer || value == Math.rint(value));
    }

    /// In words, such as `a whole number from 1 to 100`.
    public String allowed() {
      return choices.isEmpty()
          ? (integer ? "a whole number" : "a number") + " from " + text(min) + " to " + text(max)
          : "one of " + String.join(", ", choices);
    }

    static String text(double value) {
      return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /// Checked parameters, one value for each of [#parameters].
  public record Arguments(Map<String, Double> values) {
    int period() {
      return whole("period");
    }

    int whole(String name) {
      return (int) number(name);
    }

    double number(String name) {
      var value = values.get(name);
      if (value == null) {
        throw new IllegalStateException("no value for parameter " + name);
      }
      return value;
    }

    /// @param choices those that the parameter was defined with
    <E> E choice(String name, List<E> choices) {
      return choices.get(whole(name));
    }

    /// @throws IllegalArgumentException when `low` is not below `high`
    void ascending(String indicator, String low, String high) {
      if (number(low) >= number(high)) {
        throw new IllegalArgumentException(
            indicator
                + ": "
                + low
                + " must be below "
                + high
                + ", was "
                + Parameter.text(number(low))
                + " and "
                + Parameter.text(number(high)));
      }
    }
  }

  /// Number of the step with the first values, from 1.
  @FunctionalInterface
  public interface WarmUp extends ToIntFunction<Arguments> {}

  /// Makes an indicator from checked parameters.
  @FunctionalInterface
  public interface Factory {
    Indicator create(Arguments arguments);
  }

  /// The standard value of every parameter.
  public Arguments standard() {
    return new Arguments(IndicatorRegistry.parameters(name, Map.of()));
  }
}
