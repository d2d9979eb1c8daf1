package sandpiper.sessions;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.session.SessionMode;

/// Sees to it that nothing is traded that could not be written down. Use on one event loop.
///
/// When nothing more can be kept, every live session gets an alert and places no more orders until
/// somebody releases it. Like all its journal the alert waits in memory until it can be kept; it is
/// in the log at once.
final class StorageWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StorageWatch.class);

  private final Bus bus;
  private final Supplier<List<SessionState>> sessions;
  private StorageState state = new StorageState(StorageLevel.WRITTEN, null);

  /// @param sessions there are
  StorageWatch(Bus bus, Supplier<List<SessionState>> sessions) {
    this.bus = bus;
    this.sessions = sessions;
  }

  void on(StorageState now) {
    boolean wasFull = isFull();
    state = now;
    if (isFull() && !wasFull) {
      sessions.get().stream()
          .filter(session -> session.mode() == SessionMode.LIVE)
          .filter(session ->
              session.status() == SessionStatus.RUNNING || session.status() == SessionStatus.PAUSED)
          .forEach(session -> halt(session.sessionId()));
    }
  }

  /// @throws Refusal when what a session writes could not be kept
  void requireRoom() {
    if (isFull()) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, reason() + ": no session starts until the database is back");
    }
  }

  private boolean isFull() {
    return state.level() == StorageLevel.FULL;
  }

  private String reason() {
    var problem = state.problem();
    return "the database is away and the journal on disk "
        + (problem == null ? "is full" : "cannot be written (" + problem + ")");
  }

  private void halt(String sessionId) {
    LOG.atError()
        .addKeyValue(LogKeys.SESSION, sessionId)
        .log("session {} places no more orders: {}", sessionId, reason());
    bus.ask(Channels.KILL_SWITCH, new KillSwitch(sessionId, RiskAction.BLOCK, reason(), null))
        .onFailure(failure ->
            LOG.atError()
                .addKeyValue(LogKeys.SESSION, sessionId)
                .setCause(failure)
                .log("session {} could not be halted", sessionId));
  }
}
