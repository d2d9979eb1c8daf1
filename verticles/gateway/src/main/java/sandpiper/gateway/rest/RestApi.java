package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import io.vertx.openapi.validation.ValidatorException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.OrderStands;
import sandpiper.domain.session.SessionMode;
import sandpiper.gateway.auth.AuditTrail;
import sandpiper.gateway.auth.Authentication;
import sandpiper.gateway.auth.Logins;
import sandpiper.gateway.auth.Passwords;
import sandpiper.gateway.http.Problem;
import sandpiper.gateway.system.SystemHealth;
import sandpiper.gateway.system.SystemSources;

/// The operations of the contract, each one question to the platform and its answer.
public final class RestApi {
  private static final long BODY_LIMIT = 1 << 20;

  private final Vertx vertx;
  private final Bus bus;
  private final Contract contract;
  private final SystemApi system;
  private final AccessApi access;
  private final Idempotency idempotency;
  private final Authentication authentication;
  private final AuditTrail audit;
  private final BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);
  private final RequestExtractor extractor = RequestExtractor.withBodyHandler();
  private final RequestValidator validator;

  /// @param system what is shown of the platform itself
  /// @param authentication lets nobody pass who is not known
  /// @param wallClock UTC microseconds
  public RestApi(
      Vertx vertx,
      Bus bus,
      Contract contract,
      SystemHealth health,
      SystemSources system,
      Authentication authentication,
      Logins logins,
      Passwords passwords,
      AuditTrail audit,
      LongSupplier wallClock) {
    this.vertx = vertx;
    this.bus = bus;
    this.contract = contract;
    this.authentication = authentication;
    this.audit = audit;
    this.system = new SystemApi(vertx, health, system);
    access = new AccessApi(bus, logins, passwords);
    idempotency = new Idempotency(bus, wallClock);
    validator = RequestValidator.create(vertx, contract.openApi());
  }

  public Router router() {
    var routes =
        RouterBuilder.create(vertx, contract.openApi(), RequestExtractor.withBodyHandler());
    on(routes, "login", access::login);
    on(routes, "logout", access::logout);
    on(routes, "whoAmI", access::whoAmI);
    on(routes, "changePassword", access::changePassword);
    on(routes, "listUsers", access::listUsers);
    on(routes, "createUser", access::createUser);
    on(routes, "changeUser", access::changeUser);
    on(routes, "deleteUser", access::deleteUser);
    on(routes, "resetPassword", access::resetPassword);
    on(routes, "listTokens", access::listTokens);
    on(routes, "createToken", access::createToken);
    on(routes, "deleteToken", access::deleteToken);
    on(routes, "listAudit", access::listAudit);
    on(routes, "startSession", this::startSession);
    on(routes, "stopSession", asks(Channels.STOP_SESSION, Requests::stop));
    on(routes, "executionStatus", this::executionStatus);
    on(routes, "sessionPerformance", this::sessionPerformance);
    on(routes, "listStrategies", this::listStrategies);
    on(routes, "getStrategy", this::getStrategy);
    on(routes, "saveStrategy", this::saveStrategy);
    on(routes, "listVersions", this::listVersions);
    on(routes, "diffVersions", asks(Channels.DIFF_VERSIONS, Requests::diff));
    on(routes, "restoreVersion", commands(Channels.RESTORE_STRATEGY, Requests::restore));
    on(routes, "listIndicators", _ -> Future.succeededFuture(Answer.ok(IndicatorViews.list())));
    on(routes, "listOrders", history(HistoryKind.ORDERS));
    on(routes, "listSignals", history(HistoryKind.SIGNALS));
    on(routes, "listPositions", history(HistoryKind.POSITIONS));
    on(routes, "listFills", history(HistoryKind.FILLS));
    on(routes, "listEquity", history(HistoryKind.EQUITY));
    on(routes, "listLog", history(HistoryKind.LOG));
    on(routes, "listAlerts", history(HistoryKind.ALERTS));
    on(routes, "listMetrics", history(HistoryKind.METRICS));
    on(routes, "listPlots", history(HistoryKind.PLOT_POINTS));
    on(routes, "listStrategyEvents", history(HistoryKind.STRATEGY_EVENTS));
    on(routes, "listRiskAlerts", history(HistoryKind.RISK_ALERTS));
    on(routes, "listFunding", history(HistoryKind.FUNDING));
    on(routes, "listReadings", history(HistoryKind.READINGS));
    on(routes, "askLedger", asks(Channels.ASK_LEDGER, Requests::ledger));
    on(routes, "placeOrder", stands(201, Channels.PLACE_MANUAL_ORDER, Requests::placeOrder));
    on(routes, "cancelOrder", stands(200, Channels.CANCEL_MANUALLY, Requests::cancelOrder));
    on(routes, "amendOrder", stands(200, Channels.AMEND_MANUALLY, Requests::amendOrder));
    on(routes, "closePosition", stands(201, Channels.CLOSE_POSITION, Requests::closePosition));
    on(routes, "acknowledgeAlert", commands(Channels.ACKNOWLEDGE_ALERT, Requests::acknowledge));
    on(routes, "closeAll", commands(Channels.CLOSE_ALL_POSITIONS, Requests::closeAll));
    on(routes, "cancelAll", commands(Channels.CANCEL_ALL_MANUALLY, Requests::cancelAll));
    on(routes, "killAll", commands(Channels.KILL_ALL, Requests::killAll));
    on(routes, "killSwitch", this::killSwitch);
    on(routes, "releaseTrading", this::releaseTrading);
    on(routes, "changeParameters", this::changeParameters);
    on(routes, "commandStrategy", this::commandStrategy);
    on(routes, "checkStrategy", asks(Channels.CHECK_STRATEGY, Requests::check));
    on(routes, "deleteStrategy", commands(Channels.DELETE_STRATEGY, Requests::deleteStrategy));
    on(routes, "getOrder", asks(Channels.FIND_ORDER, Requests::order));
    onMarketData(routes);
    onSettings(routes);
    onSessions(routes);
    onBacktests(routes);
    onCollections(routes);
    on(routes, "contract", _ -> contract());
    on(routes, "health", _ -> system.ready("up"));
    on(routes, "live", _ -> system.live());
    on(routes, "ready", _ -> system.ready("ready"));
    on(routes, "metrics", _ -> system.metrics());
    on(routes, "systemHealth", _ -> system.figures());
    on(routes, "systemInfo", _ -> system.info());
    on(routes, "systemLog", system::log);
    return routes.createRouter();
  }

  private void onSessions(RouterBuilder routes) {
    var sessions = new SessionApi(bus, null);
    on(routes, "listSessions", of(sessions::list));
    on(routes, "compareSessions", of(sessions::compare));
    on(routes, "getSession", of(sessions::get));
    on(routes, "deleteSession", of(sessions::delete));
    on(routes, "pauseSession", of(sessions::pause));
    on(routes, "resumeSession", of(sessions::resume));
    on(routes, "sessionResult", of(sessions::result));
    on(routes, "sessionCandles", of(sessions::candles));
    on(routes, "exportSession", of(sessions::export));
    on(routes, "getAccount", of(sessions::account));
    on(routes, "sessionParity", of(sessions::parity));
  }

  private void onMarketData(RouterBuilder routes) {
    var market = new MarketApi(bus);
    on(routes, "listInstruments", of(market::instruments));
    on(routes, "listBars", of(market::bars));
    on(routes, "listTrades", of(market::trades));
  }

  private void onSettings(RouterBuilder routes) {
    var settings = new SettingsApi(bus);
    on(routes, "getSettings", settings::settings);
    on(routes, "saveSettings", settings::saveSettings);
    on(routes, "getLimits", settings::limits);
    on(routes, "saveLimits", settings::saveLimits);
    on(routes, "forgetLimits", settings::forgetLimits);
  }

  private void onCollections(RouterBuilder routes) {
    var collections = new CollectionApi(vertx, bus);
    on(routes, "listCollections", of(collections::list));
    on(routes, "startCollection", of(collections::start));
    on(routes, "getCollection", of(collections::get));
    on(routes, "stopCollection", of(collections::stop));
    on(routes, "deleteCollection", of(collections::delete));
    on(routes, "importCollection", collections::importFile);
    on(routes, "exportCollection", of(collections::export));
    on(routes, "collectionQuality", of(collections::quality));
  }

  private void onBacktests(RouterBuilder routes) {
    var runs = new SessionApi(bus, SessionMode.BACKTEST);
    var backtests = new BacktestApi(bus, runs);
    on(routes, "startBacktest", of(backtests::start));
    on(routes, "listBacktests", of(runs::list));
    on(routes, "compareBacktests", of(runs::compare));
    on(routes, "getBacktest", of(runs::get));
    on(routes, "changePace", of(backtests::changePace));
    on(routes, "cancelBacktest", of(backtests::cancel));
    on(routes, "backtestResult", of(runs::result));
    on(routes, "backtestCandles", of(runs::candles));
    on(routes, "listDataSets", _ -> backtests.dataSets());
  }

  /// Who it is, whether they may, what they say, and only then the work. Vert.x would have bodies
  /// read before anybody is known, if it knew these handlers for what they are.
  private void on(RouterBuilder routes, String id, Function<Call, Future<Answer>> handler) {
    var route = routes.getRoute(id);
    if (route == null) {
      throw new IllegalStateException(
          "gateway.contract must have the operation '" + id + "', has not");
    }
    var operation = route.getOperation();
    var demand = Demand.of(operation);
    var work = Idempotency.takes(operation) ? idempotency.once(operation, handler) : handler;
    route.setDoSecurity(false).setDoValidation(false);
    route.addHandler(context -> auditEnd(context, operation));
    if (!demand.isOpen()) {
      var known = authentication.handler(operation.getOperationId());
      route.addHandler(context -> known.handle(context)).addHandler(demand::handle);
    }
    route
        .addHandler(Upload.takes(operation) ? Upload::handle : context -> body.handle(context))
        .addHandler(context -> validate(context, operation))
        .addHandler(context ->
            begin(context, operation, demand)
                .compose(_ -> work.apply(new Call(context, validated(context))))
                .onComplete(answer -> answer.send(context), context::fail))
        .addFailureHandler(new Complaints(operation));
  }

  private void validate(RoutingContext context, Operation operation) {
    extractor
        .extractValidatableRequest(context, operation)
        .compose(request -> validator.validate(request, operation.getOperationId()))
        .onComplete(
            valid -> {
              context.put(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST, valid);
              context.next();
            },
            failure ->
                context.fail(
                    failure instanceof ValidatorException
                        ? new HttpException(400, failure.getMessage(), failure)
                        : failure));
  }

  /// Commands are written down before they are carried out.
  private Future<Void> begin(RoutingContext context, Operation operation, Demand demand) {
    if (!isCommand(operation) || demand.isOpen()) {
      return Future.succeededFuture();
    }
    var body = context.body().buffer();
    return audit.begin(
        context,
        operation.getOperationId(),
        null,
        body == null || body.length() == 0 ? null : context.body().asJsonObject(),
        contract.secrets(operation));
  }

  private void auditEnd(RoutingContext context, Operation operation) {
    if (isCommand(operation)) {
      context.addEndHandler(
          _ -> audit.end(context, operation.getOperationId(), context.get(Problem.SENT)));
    }
    context.next();
  }

  private static boolean isCommand(Operation operation) {
    return !operation.getHttpMethod().equals(HttpMethod.GET);
  }

  /// Passes a question on and answers with all that is said.
  private <Q extends Record, R extends Record> Function<Call, Future<Answer>> asks(
      Request<Q, R> channel, Function<ValidatedRequest, Q> question) {
    return call ->
        bus.ask(channel, question.apply(call.request()))
            .map(answer -> Answer.ok(Json.object(answer)));
  }

  /// The same of what is done in the name of the user.
  private <Q extends Record, R extends Record> Function<Call, Future<Answer>> commands(
      Request<Q, R> channel, BiFunction<ValidatedRequest, String, Q> command) {
    return call ->
        bus.ask(channel, command.apply(call.request(), call.user()))
            .map(answer -> Answer.ok(Json.object(answer)));
  }

  /// Passes a command on and answers with the order as it stands then.
  private <Q extends Record> Function<Call, Future<Answer>> stands(
      int status,
      Request<Q, OrderStands> channel,
      BiFunction<ValidatedRequest, String, Q> command) {
    return call ->
        bus.ask(channel, command.apply(call.request(), call.user()))
            .map(stands -> Answer.json(status, Json.object(stands.order())));
  }

  /// What does not depend on who asks.
  private static Function<Call, Future<Answer>> of(
      Function<ValidatedRequest, Future<Answer>> handler) {
    return call -> handler.apply(call.request());
  }

  private static ValidatedRequest validated(RoutingContext context) {
    return requireNonNull(context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST));
  }

  private Future<Answer> startSession(Call call) {
    return bus.ask(Channels.START_SESSION, Requests.start(call.request()))
        .map(started -> Answer.json(started.alreadyRunning() ? 200 : 201, Json.object(started)));
  }

  private Future<Answer> killSwitch(Call call) {
    var kill = Requests.kill(call.request(), call.user());
    return bus.ask(Channels.KILL_SWITCH, kill)
        .map(_ ->
            Answer.ok(
                new JsonObject()
                    .put("session_id", kill.sessionId())
                    .put("action", kill.action().text())));
  }

  private Future<Answer> releaseTrading(Call call) {
    var release = Requests.release(call.request(), call.user());
    return bus.ask(Channels.RELEASE_TRADING, release)
        .map(_ -> Answer.ok(new JsonObject().put("session_id", release.sessionId())));
  }

  private Future<Answer> executionStatus(Call call) {
    var engine = bus.ask(Channels.ENGINE_STATUS, new ListStrategies());
    var sessions = bus.ask(Channels.LIST_SESSIONS, Requests.sessions(call.request()));
    return Future.all(engine, sessions)
        .map(_ -> Answer.ok(Views.executionStatus(engine.result(), sessions.result())));
  }

  private Future<Answer> sessionPerformance(Call call) {
    return bus.ask(Channels.FIND_PERFORMANCE, Requests.performance(call.request()))
        .map(kept -> Answer.text("application/json", Buffer.buffer(kept.report())));
  }

  private Future<Answer> listStrategies(Call call) {
    return bus.ask(Channels.LIST_STRATEGIES, new ListStrategies())
        .map(list -> Answer.ok(Json.object(list)));
  }

  private Future<Answer> getStrategy(Call call) {
    return bus.ask(Channels.GET_STRATEGY, Requests.strategy(call.request()))
        .map(detail -> Answer.ok(Views.strategy(detail)));
  }

  private Future<Answer> saveStrategy(Call call) {
    return bus.ask(Channels.SAVE_STRATEGY, Requests.save(call.request(), call.user()))
        .map(saved ->
            Answer.json(saved.changed() && saved.version() == 1 ? 201 : 200, Json.object(saved)));
  }

  private Future<Answer> listVersions(Call call) {
    return bus.ask(Channels.LIST_VERSIONS, Requests.versions(call.request()))
        .map(list -> Answer.ok(Views.versions(list)));
  }

  private Future<Answer> changeParameters(Call call) {
    return bus.ask(Channels.CHANGE_PARAMETERS, Requests.changeParameters(call.request()))
        .map(changed -> Answer.ok(Views.parameters(changed.plan())));
  }

  private Future<Answer> commandStrategy(Call call) {
    var command = Requests.command(call.request());
    return bus.ask(Channels.COMMAND_STRATEGY, command)
        .map(_ -> Answer.ok(new JsonObject().put("instance", command.instance())));
  }

  private Function<Call, Future<Answer>> history(HistoryKind kind) {
    return call ->
        bus.ask(Channels.HISTORY, Requests.history(kind, call.request()))
            .map(page -> Answer.ok(Views.page(page)));
  }

  private Future<Answer> contract() {
    return Future.succeededFuture(Answer.text("application/yaml", contract.text()));
  }
}
