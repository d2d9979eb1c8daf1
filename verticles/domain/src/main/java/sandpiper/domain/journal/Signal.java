package sandpiper.domain.journal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The reason to act of a strategy, or of a person on its behalf, raised before the orders that
/// follow from it.
///
/// @param strategy instance that raised it
/// @param name such as `long`, `exit`; the side of the order when the strategy gave none
/// @param reason for people; empty when the strategy gave none
/// @param values numbers the strategy attached, such as the indicators it looked at, by name
/// @param by the person who acted by hand on behalf of the strategy; null when nobody did
public record Signal(
    String sessionId,
    String signalId,
    long seq,
    long time,
    String strategy,
    String symbol,
    String name,
    String reason,
    Map<String, Double> values,
    @Nullable String by)
    implements JournalEntry, StrategyAction {
  public Signal {
    Identity.session(sessionId);
    Identity.signal(signalId);
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
