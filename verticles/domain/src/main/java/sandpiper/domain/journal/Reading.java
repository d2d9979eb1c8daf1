package sandpiper.domain.journal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;

/// What a strategy had before its eyes: at every bar of its streams, and at every signal that it
/// raised in between.
///
/// @param index number of the note among those of the same input, from 1
/// @param bar that had just closed; null when the signal did not come from a bar
/// @param values of its indicators, by the name that the strategy gave them, `name.output` where
///   one has several; NaN for one that still warms up
public record Reading(
    String sessionId,
    long seq,
    long time,
    int index,
    String strategy,
    @Nullable Bar bar,
    Map<String, Double> values)
    implements Note {
  public Reading {
    Identity.session(sessionId);
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
