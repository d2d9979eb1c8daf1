package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.ArrayList;
import java.util.stream.Collectors;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.ListBacktests;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.SessionStopped;
import sandpiper.bus.Messages.StopSession;

/// What backtests have beyond other sessions.
final class BacktestApi {
  private final Bus bus;
  private final SessionApi sessions;

  /// @param sessions of mode backtest
  BacktestApi(Bus bus, SessionApi sessions) {
    this.bus = bus;
    this.sessions = sessions;
  }

  Future<Answer> start(ValidatedRequest request) {
    return bus.ask(Channels.START_BACKTEST, Requests.startBacktest(request))
        .compose(started -> sessions.one(started.sessionId()))
        .map(backtest -> Answer.json(201, backtest));
  }

  Future<Answer> changePace(ValidatedRequest request) {
    var change = Requests.changePace(request);
    return bus.ask(Channels.CHANGE_PACE, change)
        .compose(_ -> sessions.one(change.sessionId()))
        .map(Answer::ok);
  }

  /// One that this process does not know has ended, if there was one.
  Future<Answer> cancel(ValidatedRequest request) {
    var id = Requests.sessionInPath(request);
    return bus.ask(Channels.LIST_BACKTESTS, new ListBacktests(id))
        .compose(list ->
            list.backtests().isEmpty()
                ? sessions
                    .one(id)
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
}
