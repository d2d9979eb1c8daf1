package sandpiper.sessions;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// How one session is put together. Called on the event loop of the sessions verticle, in this
/// order: `open`, `start`, `finish`, `close`; `close` may come at any time.
public interface Wiring {
  /// Hears that a session's data are at their end, or why it cannot go on.
  @FunctionalInterface
  interface Ended {
    /// @param error null at the end of the data
    void because(@Nullable String error);
  }

  /// Opens the data.
  ///
  /// @param plans of the session's strategies
  /// @return time of the first event, UTC microseconds
  Future<Long> open(OpenFeed feed, List<StrategyPlan> plans);

  /// Makes the strategies, runs their `onStart`, lets the data flow.
  Future<?> start(SessionSpec spec, Ended ended);

  /// The feed of this session has nothing more to give; heard only where there is one.
  ///
  /// @param error null at the end of the data
  default void onFeedEnded(@Nullable String error) {}

  /// Stops the data, runs `onStop`, cancels what works, commits the journal.
  ///
  /// @param strategies whether they still get their `onStop`
  Future<SessionEnded> finish(boolean strategies);

  /// Lets go of everything that was opened; harmless when there is nothing.
  Future<?> close();
}
