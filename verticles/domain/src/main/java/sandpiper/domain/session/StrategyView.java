package sandpiper.domain.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Position;

/// A running instance as it stands between two inputs.
///
/// @param plan with the parameters as they are now
/// @param snapshot its own data as JSON; null when there are none to be had
/// @param positions that are open
public record StrategyView(
    StrategyPlan plan, @Nullable String snapshot, List<Position> positions) {}
