package sandpiper.domain.journal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A strategy's reason to act, raised before the orders that follow from it.
///
/// @param strategy instance that raised it
/// @param name such as `long`, `exit`; the side of the order when the strategy gave none
/// @param reason for people; empty when the strategy gave none
/// @param values numbers the strategy attached, such as the indicators it looked at, by name
public record Signal(
    String sessionId,
    String signalId,
    long seq,
    long time,
    String strategy,
    String symbol,
    String name,
    String reason,
    Map<String, Double> values)
    implements JournalEntry, StrategyAction {
  public Signal {
    Identity.session(sessionId);
    Identity.signal(signalId);
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
