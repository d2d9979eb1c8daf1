package sandpiper.domain.session;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one strategy instance of a session is made of, read from its script.
///
/// @param instance name within the session
/// @param strategy name of the script, without `.js`
/// @param version SHA-256 of its source, in hexadecimal
/// @param parameters complete and checked: numbers, booleans, strings
public record StrategyPlan(
    String instance,
    String strategy,
    String version,
    Map<String, Object> parameters,
    List<StreamSpec> streams,
    List<NamedIndicator> indicators) {
  public StrategyPlan {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    streams = List.copyOf(streams);
    indicators = List.copyOf(indicators);
  }
}
