package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FindAccount;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.ListBacktests;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.ReadCurve;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionMode;

/// The operations on sessions, of all modes or of one. What the process that runs a session knows
/// of it comes before what the database has, which outlives the process.
final class SessionApi {
  private static final int CURVE_POINTS = 2_000;
  private static final int CANDLES = 2_000;
  private static final int MAX_CANDLES = 5_000;

  private final Bus bus;
  private final @Nullable SessionMode mode;

  /// @param mode that sessions must be of; null for any
  SessionApi(Bus bus, @Nullable SessionMode mode) {
    this.bus = bus;
    this.mode = mode;
  }

  Future<Answer> list(ValidatedRequest request) {
    return find(Requests.sessions(request, mode)).map(Answer::ok);
  }

  Future<Answer> get(ValidatedRequest request) {
    return one(Requests.sessionInPath(request)).map(Answer::ok);
  }

  Future<Answer> delete(ValidatedRequest request) {
    return bus.ask(Channels.DELETE_SESSION, new DeleteSession(Requests.sessionInPath(request)))
        .map(deleted -> Answer.ok(Json.object(deleted)));
  }

  Future<Answer> pause(ValidatedRequest request) {
    return pause(Requests.sessionInPath(request), true);
  }

  Future<Answer> resume(ValidatedRequest request) {
    return pause(Requests.sessionInPath(request), false);
  }

  private Future<Answer> pause(String sessionId, boolean paused) {
    return bus.ask(Channels.PAUSE_SESSION, new PauseSession(sessionId, paused))
        .compose(_ -> one(sessionId))
        .map(Answer::ok);
  }

  /// Runs it again the first time that somebody asks.
  Future<Answer> parity(ValidatedRequest request) {
    return bus.ask(Channels.CHECK_PARITY, new CheckParity(Requests.sessionInPath(request)))
        .map(proof -> Answer.ok(Json.object(proof)));
  }

  Future<Answer> account(ValidatedRequest request) {
    var id = Requests.session(request);
    return one(id)
        .compose(session ->
            bus.ask(Channels.FIND_ACCOUNT, new FindAccount(id))
                .map(account ->
                    Answer.ok(Json.object(account).put("budget", session.getString("budget")))));
  }

  Future<Answer> export(ValidatedRequest request) {
    var wanted = Requests.export(request);
    return one(wanted.sessionId()).compose(_ -> Export.answer(bus, wanted));
  }

  /// Without its bars when the data are not there any more.
  Future<Answer> result(ValidatedRequest request) {
    return ended(Requests.sessionInPath(request))
        .compose(ended -> {
          var curve =
              bus.ask(
                  Channels.READ_CURVE,
                  new ReadCurve(ended.session().getString("session_id"), CURVE_POINTS));
          var candles = bus.ask(Channels.READ_CANDLES, whole(ended));
          return Future.join(curve, candles)
              .otherwiseEmpty()
              .compose(_ ->
                  curve.map(read ->
                      Answer.ok(
                          SessionResult.of(
                              ended.session(),
                              ended.report(),
                              read,
                              candles.succeeded() ? candles.result() : null,
                              candles.failed() ? candles.cause().getMessage() : null))));
        });
  }

  Future<Answer> candles(ValidatedRequest request) {
    return one(Requests.sessionInPath(request))
        .compose(session ->
            bus.ask(
                Channels.READ_CANDLES,
                new ReadCandles(
                    texts(session.getJsonArray("symbols")),
                    data(session),
                    Requests.symbol(request, session.getJsonArray("symbols").getString(0)),
                    Requests.range(request),
                    Requests.interval(request),
                    MAX_CANDLES)))
        .map(candles -> Answer.ok(SessionResult.candles(candles)));
  }

  Future<Answer> compare(ValidatedRequest request) {
    var runs = Requests.sessionIds(request).stream().map(this::ended).toList();
    return Future.all(runs)
        .map(_ -> Answer.ok(SessionComparison.of(runs.stream().map(Future::result).toList())));
  }

  /// A session that has ended, with its performance.
  record Ended(JsonObject session, JsonObject report) {}

  private Future<Ended> ended(String sessionId) {
    var session = one(sessionId);
    return session
        .compose(_ -> bus.ask(Channels.FIND_PERFORMANCE, new FindPerformance(sessionId)))
        .map(kept -> new Ended(session.result(), new JsonObject(kept.report())));
  }

  /// Fails with a [Refusal] when there is none.
  Future<JsonObject> one(String sessionId) {
    return find(new FindSessions(sessionId, mode, 1, null))
        .map(page -> {
          if (page.getJsonArray("items").isEmpty()) {
            throw Refusal.unknown(
                "unknown " + (mode == null ? "session" : mode.text()) + " '" + sessionId + "'");
          }
          return page.getJsonArray("items").getJsonObject(0);
        });
  }

  private Future<JsonObject> find(FindSessions wanted) {
    var running = bus.ask(Channels.LIST_SESSIONS, new ListSessions(null));
    var backtests = bus.ask(Channels.LIST_BACKTESTS, new ListBacktests(null));
    var kept = bus.ask(Channels.FIND_SESSIONS, wanted);
    return Future.all(running, backtests, kept)
        .map(_ -> {
          var states = new HashMap<String, SessionState>();
          running.result().sessions().forEach(state -> states.put(state.sessionId(), state));
          var progress = new HashMap<String, BacktestProgress>();
          backtests
              .result()
              .backtests()
              .forEach(run -> progress.put(run.session().sessionId(), run.progress()));
          var items = new JsonArray();
          kept.result().rows().forEach(row -> items.add(view(row, states, progress)));
          return new JsonObject()
              .put("items", items)
              .put("next_cursor", kept.result().nextCursor());
        });
  }

  private static JsonObject view(
      Map<String, Object> row,
      Map<String, SessionState> states,
      Map<String, BacktestProgress> progress) {
    var id = row.get("session_id");
    return SessionViews.session(new JsonObject(row), states.get(id), progress.get(id));
  }

  /// The bars of the whole run, as coarse as it takes to draw them all.
  private static ReadCandles whole(Ended ended) {
    var session = ended.session();
    var symbols = texts(session.getJsonArray("symbols"));
    long length = ended.report().getLong("end_time") - ended.report().getLong("start_time");
    return new ReadCandles(
        symbols,
        data(session),
        symbols.getFirst(),
        new TimeRange(session.getLong("from"), ended.report().getLong("end_time") + 1),
        coarse(length),
        MAX_CANDLES);
  }

  /// Prices that came from outside are there only as the session recorded them.
  private static String data(JsonObject session) {
    var data = session.getString("data");
    return data.startsWith("bridge:") || LiveData.isLive(data)
        ? "recording:" + session.getString("session_id")
        : data;
  }

  private static Interval coarse(long micros) {
    return SessionResult.INTERVALS.stream()
        .map(Interval::parse)
        .filter(interval -> micros / interval.micros() <= CANDLES)
        .findFirst()
        .orElseGet(() -> Interval.parse(SessionResult.INTERVALS.getLast()));
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
