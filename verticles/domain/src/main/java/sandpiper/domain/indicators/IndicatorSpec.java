package sandpiper.domain.indicators;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;

/// One indicator over one stream of a session; two that are equal are computed once.
///
/// @param use name in the [IndicatorRegistry]
/// @param symbol of the stream
/// @param interval of the stream's bars; null for its trades or its order book
/// @param field of a bar (`open`, `high`, `low`, `close`, `volume`, `hl2`, `hlc3`, `ohlc4`),
///   `price` or `amount` of a trade, the name of an external value; empty for whole bars and for
///   order books
/// @param parameters complete and checked
public record IndicatorSpec(
    String use,
    String symbol,
    @Nullable Interval interval,
    String field,
    Map<String, Double> parameters) {
  public IndicatorSpec {
    parameters = Collections.unmodifiableMap(IndicatorRegistry.parameters(use, parameters));
    var input = IndicatorRegistry.definition(use).input();
    if (input == IndicatorDefinition.Input.BARS && (!field.isEmpty() || interval == null)) {
      throw new IllegalArgumentException(
          "indicator "
              + use
              + " takes whole bars: 'on' must be the name of a stream of bars, was "
              + "field '"
              + (interval == null ? "price" : field)
              + "'");
    }
    if (input == IndicatorDefinition.Input.BOOKS && (!field.isEmpty() || interval != null)) {
      throw new IllegalArgumentException(
          "indicator "
              + use
              + " takes an order book: 'on' must be the name of a stream of one, was "
              + (interval == null ? "field '" + field + "'" : "a stream of bars"));
    }
    if (input == IndicatorDefinition.Input.SERIES) {
      Field.of(field, interval != null);
    }
    if (input == IndicatorDefinition.Input.EXTERNAL && !field.matches(ExternalValue.NAME)) {
      throw new IllegalArgumentException(
          "indicator "
              + use
              + ": 'on' must be a stream and the name under which the value is published, such as"
              + " 'main.mood', was field '"
              + field
              + "'");
    }
    IndicatorRegistry.definition(use)
        .factory()
        .create(new IndicatorDefinition.Arguments(parameters));
  }

  /// Whether it is computed from an order book.
  public boolean isOfBook() {
    return IndicatorRegistry.definition(use).input() == IndicatorDefinition.Input.BOOKS;
  }

  /// Whether it comes from outside, under the name in [#field].
  public boolean isExternal() {
    return IndicatorRegistry.definition(use).input() == IndicatorDefinition.Input.EXTERNAL;
  }

  int outputs() {
    return IndicatorRegistry.definition(use).outputs().size();
  }
}
