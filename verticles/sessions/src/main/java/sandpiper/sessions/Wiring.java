package sandpiper.sessions;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.FeedOpened;
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
  /// @return when they begin and, where that is known, end
  Future<FeedOpened> open(OpenFeed feed, List<StrategyPlan> plans);

  /// Makes the strategies, runs their `onStart`, lets the data flow.
  Future<?> start(SessionSpec spec, Ended ended);

  /// Goes on at another pace.
  ///
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  Future<?> changePace(@Nullable Double acceleration);

  /// Holds the data back, or lets them flow again.
  Future<?> pause(boolean paused);

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
