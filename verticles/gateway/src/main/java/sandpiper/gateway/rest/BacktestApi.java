package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.BacktestList;
import sandpiper.bus.Messages.BacktestNow;
import sandpiper.bus.Messages.FindBacktests;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.ListBacktests;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.ReadCurve;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.SessionStopped;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;

/// The operations on backtests. A run is a session; what the process that runs it knows of it comes
/// before what the database has, which outlives the process.
final class BacktestApi {
  private static final int CURVE_POINTS = 2_000;
  private static final int CANDLES = 2_000;
  private static final int MAX_CANDLES = 5_000;

  private final Bus bus;

  BacktestApi(Bus bus) {
    this.bus = bus;
  }

  Future<Answer> start(ValidatedRequest request) {
    return bus.ask(Channels.START_BACKTEST, Requests.startBacktest(request))
        .compose(started -> backtest(started.sessionId()))
        .map(backtest -> Answer.json(201, backtest));
  }

  Future<Answer> list(ValidatedRequest request) {
    var running = bus.ask(Channels.LIST_BACKTESTS, new ListBacktests(null));
    var kept = bus.ask(Channels.FIND_BACKTESTS, Requests.backtests(request));
    return Future.all(running, kept)
        .map(_ -> {
          var now = new HashMap<String, BacktestNow>();
          running.result().backtests().forEach(run -> now.put(run.session().sessionId(), run));
          var items = new JsonArray();
          kept.result()
              .rows()
              .forEach(row ->
                  items.add(
                      BacktestViews.backtest(
                          new JsonObject(row), now.get(String.valueOf(row.get("session_id"))))));
          return Answer.ok(
              new JsonObject().put("items", items).put("next_cursor", kept.result().nextCursor()));
        });
  }

  Future<Answer> get(ValidatedRequest request) {
    return backtest(Requests.sessionInPath(request)).map(Answer::ok);
  }

  Future<Answer> changePace(ValidatedRequest request) {
    var change = Requests.changePace(request);
    return bus.ask(Channels.CHANGE_PACE, change)
        .compose(_ -> backtest(change.sessionId()))
        .map(Answer::ok);
  }

  /// One that this process does not know has ended, if there was one.
  Future<Answer> cancel(ValidatedRequest request) {
    var id = Requests.sessionInPath(request);
    return bus.ask(Channels.LIST_BACKTESTS, new ListBacktests(id))
        .compose(list ->
            list.backtests().isEmpty()
                ? backtest(id)
                    .map(kept ->
                        new SessionStopped(
                            id,
                            kept.getString("status").equals("failed")
                                ? SessionStatus.FAILED
                                : SessionStatus.STOPPED,
                            true))
                : bus.ask(Channels.STOP_SESSION, new StopSession(id)))
        .map(stopped -> Answer.ok(Json.object(stopped)));
  }

  /// Without its bars when the data are not there any more.
  Future<Answer> result(ValidatedRequest request) {
    return ended(Requests.sessionInPath(request))
        .compose(ended -> {
          var curve =
              bus.ask(
                  Channels.READ_CURVE,
                  new ReadCurve(ended.backtest().getString("session_id"), CURVE_POINTS));
          var candles = bus.ask(Channels.READ_CANDLES, whole(ended));
          return Future.join(curve, candles)
              .otherwiseEmpty()
              .compose(_ ->
                  curve.map(read ->
                      Answer.ok(
                          BacktestResult.of(
                              ended.backtest(),
                              ended.report(),
                              read,
                              candles.succeeded() ? candles.result() : null,
                              candles.failed() ? candles.cause().getMessage() : null))));
        });
  }

  Future<Answer> candles(ValidatedRequest request) {
    return backtest(Requests.sessionInPath(request))
        .compose(backtest ->
            bus.ask(
                Channels.READ_CANDLES,
                new ReadCandles(
                    texts(backtest.getJsonArray("symbols")),
                    backtest.getString("data"),
                    Requests.symbol(request, backtest.getJsonArray("symbols").getString(0)),
                    Requests.range(request),
                    Requests.interval(request),
                    MAX_CANDLES)))
        .map(candles -> Answer.ok(BacktestResult.candles(candles)));
  }

  Future<Answer> compare(ValidatedRequest request) {
    var runs = Requests.sessionIds(request).stream().map(this::ended).toList();
    return Future.all(runs)
        .map(_ -> Answer.ok(BacktestComparison.of(runs.stream().map(Future::result).toList())));
  }

  Future<Answer> dataSets() {
    var files = bus.ask(Channels.LIST_FILES, new ListDataSets());
    var recordings = bus.ask(Channels.LIST_RECORDINGS, new ListDataSets());
    return Future.all(files, recordings)
        .map(_ -> {
          var sets = new ArrayList<>(files.result().dataSets());
          sets.addAll(recordings.result().dataSets());
          return Answer.ok(
              new JsonObject()
                  .put(
                      "data_sets",
                      new JsonArray(sets.stream().map(Json::object).collect(Collectors.toList()))));
        });
  }

  /// A backtest that has ended, with its performance.
  record Ended(JsonObject backtest, JsonObject report) {}

  private Future<Ended> ended(String sessionId) {
    var backtest = backtest(sessionId);
    return backtest
        .compose(_ -> bus.ask(Channels.FIND_PERFORMANCE, new FindPerformance(sessionId)))
        .map(kept -> new Ended(backtest.result(), new JsonObject(kept.report())));
  }

  private Future<JsonObject> backtest(String sessionId) {
    var running = bus.ask(Channels.LIST_BACKTESTS, new ListBacktests(sessionId));
    var kept = bus.ask(Channels.FIND_BACKTESTS, new FindBacktests(sessionId, 1, null));
    return Future.all(running, kept)
        .map(_ -> {
          if (kept.result().rows().isEmpty()) {
            throw Refusal.unknown("unknown backtest '" + sessionId + "'");
          }
          return BacktestViews.backtest(
              new JsonObject(kept.result().rows().getFirst()), first(running.result()));
        });
  }

  private static @Nullable BacktestNow first(BacktestList list) {
    return list.backtests().isEmpty() ? null : list.backtests().getFirst();
  }

  /// The bars of the whole run, as coarse as it takes to draw them all.
  private static ReadCandles whole(Ended ended) {
    var backtest = ended.backtest();
    var symbols = texts(backtest.getJsonArray("symbols"));
    long length = ended.report().getLong("end_time") - ended.report().getLong("start_time");
    return new ReadCandles(
        symbols,
        backtest.getString("data"),
        symbols.getFirst(),
        new TimeRange(backtest.getLong("from"), ended.report().getLong("end_time") + 1),
        coarse(length),
        MAX_CANDLES);
  }

  private static Interval coarse(long micros) {
    return BacktestResult.INTERVALS.stream()
        .map(Interval::parse)
        .filter(interval -> micros / interval.micros() <= CANDLES)
        .findFirst()
        .orElseGet(() -> Interval.parse(BacktestResult.INTERVALS.getLast()));
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
