package sandpiper.domain.session;

import java.io.Serial;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.Position;

/// What belongs to a strategy instance and not to a version of its code: it survives a reload.
final class StrategyState {
  private static final int REMEMBERED_IDS = 10_000;
  private static final int ACTIONS_A_SECOND = 500;
  private static final int NOTES_A_SECOND = 200;

  final Map<String, Position> positions = new HashMap<>();
  final Map<String, Order> working = new LinkedHashMap<>();
  final Set<String> placed = recent();
  final Set<String> raised = recent();
  final Timers timers = new Timers();
  final RateLimit actions = new RateLimit(ACTIONS_A_SECOND);
  final RateLimit notes = new RateLimit(NOTES_A_SECOND);

  /// The input of its latest reading in the journal; -1 before the first.
  long lastReading = -1;

  /// Forgets the oldest, so that a long session does not grow.
  private static Set<String> recent() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          @Serial private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_IDS;
          }
        });
  }
}
