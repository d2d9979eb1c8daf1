package sandpiper.domain.indicators;

import java.util.List;
import java.util.Map;

/// What the registry knows of one indicator.
///
/// @param name as a strategy writes it in `use`
/// @param title for people
/// @param input what it is computed from
/// @param parameters in the order of their importance
/// @param outputs names of its values; the first is the one that `value` means
/// @param source where the definition comes from
public record IndicatorDefinition(
    String name,
    String title,
    Input input,
    List<Parameter> parameters,
    List<String> outputs,
    String source,
    Factory factory) {

  /// What an indicator is computed from.
  public enum Input {
    /// One number a step: `stream.close`, or another field of a bar, or `stream.price` of trades.
    SERIES,
    /// Whole bars: `stream`.
    BARS
  }

  /// @param integer whether only whole numbers are allowed
  public record Parameter(String name, double standard, double min, double max, boolean integer) {}

  /// Makes an indicator from checked parameters, one value for each of [#parameters].
  @FunctionalInterface
  public interface Factory {
    Indicator create(Map<String, Double> parameters);
  }
}
