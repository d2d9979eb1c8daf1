package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.OrderStands;

/// The operations of the contract, each one question to the platform and its answer.
public final class RestApi {
  private static final long BODY_LIMIT = 1 << 20;

  private final Vertx vertx;
  private final Bus bus;
  private final Contract contract;
  private final Operations operations;

  /// @param metrics in the text format of Prometheus; null when nothing is measured
  public RestApi(Vertx vertx, Bus bus, Contract contract, @Nullable Supplier<String> metrics) {
    this.vertx = vertx;
    this.bus = bus;
    this.contract = contract;
    operations = new Operations(vertx, bus, metrics);
  }

  public Router router() {
    var routes =
        RouterBuilder.create(vertx, contract.openApi(), RequestExtractor.withBodyHandler())
            .rootHandler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
    on(routes, "startSession", this::startSession);
    on(routes, "stopSession", asks(Channels.STOP_SESSION, Requests::stop));
    on(routes, "executionStatus", this::executionStatus);
    on(routes, "sessionPerformance", this::sessionPerformance);
    on(routes, "listStrategies", this::listStrategies);
    on(routes, "getStrategy", this::getStrategy);
    on(routes, "saveStrategy", this::saveStrategy);
    on(routes, "listVersions", this::listVersions);
    on(routes, "diffVersions", asks(Channels.DIFF_VERSIONS, Requests::diff));
    on(routes, "restoreVersion", asks(Channels.RESTORE_STRATEGY, Requests::restore));
    on(routes, "listIndicators", _ -> Future.succeededFuture(Answer.ok(IndicatorViews.list())));
    on(routes, "listOrders", request -> history(HistoryKind.ORDERS, request));
    on(routes, "listSignals", request -> history(HistoryKind.SIGNALS, request));
    on(routes, "listPositions", request -> history(HistoryKind.POSITIONS, request));
    on(routes, "listFills", request -> history(HistoryKind.FILLS, request));
    on(routes, "listEquity", request -> history(HistoryKind.EQUITY, request));
    on(routes, "listLog", request -> history(HistoryKind.LOG, request));
    on(routes, "listAlerts", request -> history(HistoryKind.ALERTS, request));
    on(routes, "listMetrics", request -> history(HistoryKind.METRICS, request));
    on(routes, "listPlots", request -> history(HistoryKind.PLOT_POINTS, request));
    on(routes, "listStrategyEvents", request -> history(HistoryKind.STRATEGY_EVENTS, request));
    on(routes, "listRiskAlerts", request -> history(HistoryKind.RISK_ALERTS, request));
    on(routes, "listFunding", request -> history(HistoryKind.FUNDING, request));
    on(routes, "listReadings", request -> history(HistoryKind.READINGS, request));
    on(routes, "askLedger", asks(Channels.ASK_LEDGER, Requests::ledger));
    on(routes, "placeOrder", stands(201, Channels.PLACE_MANUAL_ORDER, Requests::placeOrder));
    on(routes, "cancelOrder", stands(200, Channels.CANCEL_MANUALLY, Requests::cancelOrder));
    on(routes, "amendOrder", stands(200, Channels.AMEND_MANUALLY, Requests::amendOrder));
    on(routes, "closePosition", stands(201, Channels.CLOSE_POSITION, Requests::closePosition));
    on(routes, "acknowledgeAlert", asks(Channels.ACKNOWLEDGE_ALERT, Requests::acknowledge));
    on(routes, "closeAll", asks(Channels.CLOSE_ALL_POSITIONS, Requests::closeAll));
    on(routes, "cancelAll", asks(Channels.CANCEL_ALL_MANUALLY, Requests::cancelAll));
    on(routes, "killAll", asks(Channels.KILL_ALL, Requests::killAll));
    on(routes, "killSwitch", this::killSwitch);
    on(routes, "releaseTrading", this::releaseTrading);
    on(routes, "changeParameters", this::changeParameters);
    on(routes, "commandStrategy", this::commandStrategy);
    onBacktests(routes);
    on(routes, "contract", _ -> contract());
    on(routes, "health", _ -> operations.health());
    on(routes, "metrics", _ -> operations.metrics());
    return routes.createRouter();
  }

  private void onBacktests(RouterBuilder routes) {
    var backtests = new BacktestApi(bus);
    on(routes, "startBacktest", backtests::start);
    on(routes, "listBacktests", backtests::list);
    on(routes, "compareBacktests", backtests::compare);
    on(routes, "getBacktest", backtests::get);
    on(routes, "changePace", backtests::changePace);
    on(routes, "cancelBacktest", backtests::cancel);
    on(routes, "backtestResult", backtests::result);
    on(routes, "backtestCandles", backtests::candles);
    on(routes, "listDataSets", _ -> backtests.dataSets());
  }

  private void on(
      RouterBuilder routes, String operation, Function<ValidatedRequest, Future<Answer>> handler) {
    var route = routes.getRoute(operation);
    if (route == null) {
      throw new IllegalStateException(
          "gateway.contract must have the operation '" + operation + "', has not");
    }
    route
        .addHandler(context ->
            handler
                .apply(validated(context))
                .onComplete(answer -> answer.send(context), context::fail))
        .addFailureHandler(new Complaints(route.getOperation()));
  }

  /// Passes a question on and answers with all that is said.
  private <Q extends Record, R extends Record> Function<ValidatedRequest, Future<Answer>> asks(
      Request<Q, R> channel, Function<ValidatedRequest, Q> question) {
    return request ->
        bus.ask(channel, question.apply(request)).map(answer -> Answer.ok(Json.object(answer)));
  }

  /// Passes a command on and answers with the order as it stands then.
  private <Q extends Record> Function<ValidatedRequest, Future<Answer>> stands(
      int status, Request<Q, OrderStands> channel, Function<ValidatedRequest, Q> command) {
    return request ->
        bus.ask(channel, command.apply(request))
            .map(stands -> Answer.json(status, Json.object(stands.order())));
  }

  private static ValidatedRequest validated(RoutingContext context) {
    return requireNonNull(context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST));
  }

  private Future<Answer> startSession(ValidatedRequest request) {
    return bus.ask(Channels.START_SESSION, Requests.start(request))
        .map(started -> Answer.json(started.alreadyRunning() ? 200 : 201, Json.object(started)));
  }

  private Future<Answer> killSwitch(ValidatedRequest request) {
    var kill = Requests.kill(request);
    return bus.ask(Channels.KILL_SWITCH, kill)
        .map(_ ->
            Answer.ok(
                new JsonObject()
                    .put("session_id", kill.sessionId())
                    .put("action", kill.action().text())));
  }

  private Future<Answer> releaseTrading(ValidatedRequest request) {
    var release = Requests.release(request);
    return bus.ask(Channels.RELEASE_TRADING, release)
        .map(_ -> Answer.ok(new JsonObject().put("session_id", release.sessionId())));
  }

  private Future<Answer> executionStatus(ValidatedRequest request) {
    var engine = bus.ask(Channels.ENGINE_STATUS, new ListStrategies());
    var sessions = bus.ask(Channels.LIST_SESSIONS, Requests.sessions(request));
    return Future.all(engine, sessions)
        .map(_ -> Answer.ok(Views.executionStatus(engine.result(), sessions.result())));
  }

  private Future<Answer> sessionPerformance(ValidatedRequest request) {
    return bus.ask(Channels.FIND_PERFORMANCE, Requests.performance(request))
        .map(kept -> Answer.text("application/json", Buffer.buffer(kept.report())));
  }

  private Future<Answer> listStrategies(ValidatedRequest request) {
    return bus.ask(Channels.LIST_STRATEGIES, new ListStrategies())
        .map(list -> Answer.ok(Json.object(list)));
  }

  private Future<Answer> getStrategy(ValidatedRequest request) {
    return bus.ask(Channels.GET_STRATEGY, Requests.strategy(request))
        .map(detail -> Answer.ok(Views.strategy(detail)));
  }

  private Future<Answer> saveStrategy(ValidatedRequest request) {
    return bus.ask(Channels.SAVE_STRATEGY, Requests.save(request))
        .map(saved ->
            Answer.json(saved.changed() && saved.version() == 1 ? 201 : 200, Json.object(saved)));
  }

  private Future<Answer> listVersions(ValidatedRequest request) {
    return bus.ask(Channels.LIST_VERSIONS, Requests.versions(request))
        .map(list -> Answer.ok(Views.versions(list)));
  }

  private Future<Answer> changeParameters(ValidatedRequest request) {
    return bus.ask(Channels.CHANGE_PARAMETERS, Requests.changeParameters(request))
        .map(changed -> Answer.ok(Views.parameters(changed.plan())));
  }

  private Future<Answer> commandStrategy(ValidatedRequest request) {
    var command = Requests.command(request);
    return bus.ask(Channels.COMMAND_STRATEGY, command)
        .map(_ -> Answer.ok(new JsonObject().put("instance", command.instance())));
  }

  private Future<Answer> history(HistoryKind kind, ValidatedRequest request) {
    return bus.ask(Channels.HISTORY, Requests.history(kind, request))
        .map(page -> Answer.ok(Views.page(page)));
  }

  private Future<Answer> contract() {
    return Future.succeededFuture(Answer.text("application/yaml", contract.text()));
  }
}
