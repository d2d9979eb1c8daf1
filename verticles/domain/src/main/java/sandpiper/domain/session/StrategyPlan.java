package sandpiper.domain.session;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// What one strategy instance of a session is made of, read from its script.
///
/// @param instance name within the session
/// @param strategy name of the script, without `.js`
/// @param version SHA-256 of its source, in hexadecimal
/// @param parameters complete and checked: numbers, booleans, strings
/// @param mainInterval of the bars of stream `main` where the session chose it; null where the
///   script did
public record StrategyPlan(
    String instance,
    String strategy,
    String version,
    Map<String, Object> parameters,
    List<StreamSpec> streams,
    List<NamedIndicator> indicators,
    @Nullable Interval mainInterval) {
  public StrategyPlan(
      String instance,
      String strategy,
      String version,
      Map<String, Object> parameters,
      List<StreamSpec> streams,
      List<NamedIndicator> indicators) {
    this(instance, strategy, version, parameters, streams, indicators, null);
  }

  public StrategyPlan {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    streams = List.copyOf(streams);
    indicators = List.copyOf(indicators);
  }

  /// The same with other parameters.
  public StrategyPlan withParameters(Map<String, Object> other) {
    return new StrategyPlan(instance, strategy, version, other, streams, indicators, mainInterval);
  }
}
