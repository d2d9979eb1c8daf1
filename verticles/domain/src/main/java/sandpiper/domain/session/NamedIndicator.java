package sandpiper.domain.session;

import java.util.List;
import sandpiper.domain.indicators.IndicatorRegistry;
import sandpiper.domain.indicators.IndicatorSpec;

/// An indicator under the name that a strategy gave it.
///
/// @param plot where to draw it: `price` over the candles, another word for a pane of that name,
///   empty for nowhere
public record NamedIndicator(String name, IndicatorSpec spec, String plot) {
  /// Names of its outputs; the first is what `value` means.
  public List<String> outputs() {
    return IndicatorRegistry.definition(spec.use()).outputs();
  }
}
