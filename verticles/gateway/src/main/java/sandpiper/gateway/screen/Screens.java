package sandpiper.gateway.screen;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.SessionDeleted;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.SessionMode;
import sandpiper.gateway.screen.ScreenMessage.BacktestDone;
import sandpiper.gateway.screen.ScreenMessage.BacktestFailed;
import sandpiper.gateway.screen.ScreenMessage.BacktestMoved;
import sandpiper.gateway.screen.ScreenMessage.RecordingTold;
import sandpiper.gateway.screen.ScreenMessage.SessionGone;
import sandpiper.gateway.screen.ScreenMessage.SessionTold;

/// The screens of all sessions, between the bus and the console. Use on one event loop.
///
/// Keeps [#MAX_SCREENS]; beyond that the oldest sessions that have ended are forgotten.
public final class Screens {
  static final int MAX_SCREENS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Screens.class);
  private static final long FLUSH_MILLIS = 100;

  private final Vertx vertx;
  private final Bus bus;
  private final Map<String, SessionScreen> screens = new LinkedHashMap<>();

  /// Of those that run.
  private final Map<String, Outlet> collections = new HashMap<>();

  /// Number of clients, by address.
  private final Map<String, Integer> listeners = new HashMap<>();

  public Screens(Vertx vertx, Bus bus) {
    this.vertx = vertx;
    this.bus = bus;
  }

  /// Completes when all addresses are registered.
  public Future<?> open() {
    vertx.setPeriodic(FLUSH_MILLIS, _ -> screens.values().forEach(SessionScreen::flush));
    var snapshots = vertx.eventBus().consumer(Channels.CONSOLE_SNAPSHOT, this::onSnapshot);
    return Future.all(
            List.of(
                bus.read(Channels.SESSION_STATES, this::onState),
                bus.read(Channels.COLLECTION_STATES, this::onCollection),
                bus.read(Channels.SESSION_DELETED, this::onDeleted),
                bus.read(Channels.FEED_PROGRESS, this::onProgress),
                bus.read(Channels.BACKTEST_PROGRESS, this::onBacktest),
                bus.read(Channels.ALERT_ACKNOWLEDGED, this::onAcknowledged),
                bus.answer(Channels.SCREEN_STEP, this::onStep),
                bus.answer(Channels.SCREEN_JOURNAL, this::onJournal),
                snapshots.completion()))
        .onSuccess(_ -> catchUp());
  }

  /// Sessions that were there before the gateway; without them it begins empty.
  private void catchUp() {
    bus.ask(Channels.LIST_SESSIONS, new ListSessions(null))
        .onComplete(
            list ->
                list.sessions()
                    .forEach(state -> {
                      if (!screens.containsKey(state.sessionId())) {
                        onState(state);
                      }
                    }),
            failure -> LOG.debug("no sessions before this: {}", failure.getMessage()));
  }

  /// A client listens: inputs are only made readable for those who do.
  public void hears(String address) {
    listeners.merge(address, 1, Integer::sum);
  }

  /// Once for each [#hears].
  public void hearsNoMore(String address) {
    listeners.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  private void onState(SessionState state) {
    var screen = screens.get(state.sessionId());
    if (screen == null) {
      screens.put(
          state.sessionId(), new SessionScreen(state, Screens::now, publisher(state.sessionId())));
      forgetOldest();
    } else {
      screen.onState(state);
    }
  }

  private void onDeleted(SessionDeleted deleted) {
    var screen = screens.remove(deleted.sessionId());
    if (deleted.sessionId().startsWith(SessionMode.COLLECTION.prefix())) {
      outlet(deleted.sessionId()).send(new SessionGone());
    } else if (screen != null) {
      screen.onDeleted();
    }
  }

  /// Data collections have no screen, and stand in no list of sessions.
  private void onCollection(CollectionState state) {
    var id = state.sessionId();
    collections.computeIfAbsent(id, this::outlet).send(new RecordingTold(state));
    if (state.status().isFinal()) {
      collections.remove(id);
    }
  }

  private Outlet outlet(String sessionId) {
    return new Outlet(sessionId, Screens::now, publisher(sessionId));
  }

  private void onProgress(FeedProgress progress) {
    var screen = screens.get(progress.sessionId());
    if (screen != null) {
      screen.onProgress(progress);
    }
  }

  private void onBacktest(BacktestProgress progress) {
    var screen = screens.get(progress.sessionId());
    if (screen != null) {
      screen.onBacktest(progress);
    }
  }

  private void onAcknowledged(AlertAcknowledged seen) {
    var screen = screens.get(seen.sessionId());
    if (screen != null) {
      screen.onAcknowledged(seen);
    }
  }

  private Future<Done> onStep(Step step) {
    var screen = screens.get(step.input().sessionId());
    if (screen != null) {
      screen.onStep(step);
    }
    if (!listeners.isEmpty()) {
      var address = Channels.sessionInputs(step.input().sessionId());
      if (listeners.containsKey(address)) {
        vertx.eventBus().publish(address, Inputs.view(step.input()));
      }
    }
    return Future.succeededFuture(new Done());
  }

  private Future<Done> onJournal(JournalBatch batch) {
    var screen = screens.get(batch.sessionId());
    if (screen != null) {
      screen.onJournal(batch.entries());
    }
    return Future.succeededFuture(new Done());
  }

  private void onSnapshot(Message<Object> question) {
    var id = question.body() instanceof JsonObject body ? body.getValue("session_id") : null;
    if (!(id instanceof String sessionId)) {
      question.fail(Refusal.Kind.INVALID.code(), "The question must be {\"session_id\": \"…\"}.");
      return;
    }
    var screen = screens.get(sessionId);
    if (screen == null) {
      question.fail(
          Refusal.Kind.UNKNOWN.code(),
          "Session '" + sessionId + "' is not among the latest " + MAX_SCREENS + ".");
      return;
    }
    question.reply(Json.object(screen.snapshot()));
  }

  private Consumer<Envelope> publisher(String sessionId) {
    var address = Channels.consoleSession(sessionId);
    var events = vertx.eventBus();
    return message -> {
      var json = Json.object(message);
      events.publish(address, json);
      if (isForAll(message.data())) {
        events.publish(Channels.CONSOLE_SESSIONS, json);
      }
    };
  }

  /// Whether it is heard by whoever lists sessions, too.
  private static boolean isForAll(ScreenMessage message) {
    return switch (message) {
      case SessionTold _,
          SessionGone _,
          RecordingTold _,
          BacktestMoved _,
          BacktestDone _,
          BacktestFailed _ ->
          true;
      default -> false;
    };
  }

  private void forgetOldest() {
    var ended = screens.values().iterator();
    while (screens.size() > MAX_SCREENS && ended.hasNext()) {
      if (ended.next().state().status().isFinal()) {
        ended.remove();
      }
    }
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
