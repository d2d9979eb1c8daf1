package sandpiper.mexc.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;

/// A simulated exchange: REST and WebSocket as MEXC has them, on loopback. Never part of the
/// platform.
///
/// `POST /simulator/faults` lets something go wrong, `GET` lists what is still to come, `DELETE`
/// sets everything right again. Deploy one instance: its event loop is the one writer of its state.
public final class SimulatedExchange extends VerticleBase {
  private static final String HOST = "127.0.0.1";
  private static final String FAULTS = "/simulator/faults";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final long MOST_BYTES = 1_000_000;
  private static final int SECOND = 1_000;
  private static final int HISTORY_STEP = 6;

  private final SimulatorConfig config;
  private final Faults faults = new Faults();
  private final ListenKeys listenKeys;
  private final List<SyntheticFlow> flows = new ArrayList<>();
  private final List<RecordedFlow> recorded = new ArrayList<>();
  private @Nullable HttpServer server;
  private final List<PriceWalk> walks = new ArrayList<>();
  private Exchange exchange;
  private FuturesExchange futures;
  private Streams streams;
  private FuturesStreams futuresStreams;
  private RestApi rest;

  public SimulatedExchange(SimulatorConfig config) {
    this.config = config;
    listenKeys = new ListenKeys(config.seed());
  }

  @Override
  public Future<?> start() {
    streams = new Streams(vertx, listenKeys, faults, config.seed());
    exchange = new Exchange(List.copyOf(config.symbols().keySet()), config.accounts(), streams);
    streams.begin(exchange);
    exchange.limitFills(this::shareToFill);
    futuresStreams = new FuturesStreams(vertx, faults, config.seed());
    futures = new FuturesExchange(exchange, config.contracts(), futuresStreams);
    var authenticator = new FuturesAuthenticator(exchange);
    futuresStreams.begin(futures, authenticator);
    rest = new RestApi(exchange, futures, authenticator, listenKeys, config.limits(), faults);
    beginFlows();
    vertx.setPeriodic(config.stepMillis(), _ -> step());
    vertx.setPeriodic(
        SECOND,
        _ -> {
          moveClock();
          streams.tick();
          futuresStreams.tick();
        });
    return listen();
  }

  private Future<?> listen() {
    var options = new HttpServerOptions().setHost(HOST).setPort(config.port());
    return vertx
        .createHttpServer(options)
        .requestHandler(this::handle)
        .listen()
        .onSuccess(started -> server = started);
  }

  /// Sockets are cut: a client that does not answer its goodbye would be waited for.
  @Override
  public Future<?> stop() {
    sockets().forEach(each -> each.drop("all"));
    return Future.succeededFuture();
  }

  /// The port it listens on, once it is deployed.
  public int port() {
    if (server == null) {
      throw new IllegalStateException("the simulated exchange does not listen yet");
    }
    return server.actualPort();
  }

  private List<Sockets> sockets() {
    return List.of(streams.sockets(), futuresStreams.sockets());
  }

  /// Somebody bids, nobody knows who; for tests.
  ///
  /// @param price in ticks
  /// @param lots of a contract its number
  Future<Void> bid(String symbol, long price, long lots) {
    return placeBackground(symbol, Side.BUY, price, lots);
  }

  /// As [#bid].
  Future<Void> ask(String symbol, long price, long lots) {
    return placeBackground(symbol, Side.SELL, price, lots);
  }

  private Future<Void> placeBackground(String symbol, Side side, long price, long lots) {
    var placed = Promise.<Void>promise();
    context.runOnContext(_ -> {
      moveClock();
      market(symbol).placeBackground(side, price, lots, Execution.GTC);
      placed.complete();
    });
    return placed.future();
  }

  /// Whatever a recording says until now has happened before anybody is answered.
  private void moveClock() {
    playUntil(config.clock().millis());
  }

  private void moveClock(long time) {
    exchange.advance(time);
    futures.advance();
  }

  private void beginFlows() {
    long now = config.clock().millis();
    long start = now - config.historyHours() * 3_600L * SECOND;
    moveClock(start);
    config
        .symbols()
        .forEach((rules, price) -> {
          if (price.signum() > 0) {
            var walk =
                new PriceWalk(price.doubleValue(), config.seed() ^ rules.symbol().hashCode());
            walks.add(walk);
            flows.add(new SyntheticFlow(exchange.market(rules.symbol()), walk, config.seed()));
            futures.contracts().stream()
                .filter(contract -> contract.rules().index().equals(rules.symbol()))
                .forEach(contract ->
                    flows.add(new SyntheticFlow(contract.market(), walk, config.seed())));
          }
        });
    config
        .recordings()
        .forEach((symbol, recording) ->
            recorded.add(
                new RecordedFlow(
                    exchange, market(symbol), lot(symbol), recording, start, config.seed())));
    for (long time = start; time < now; time += HISTORY_STEP * SECOND) {
      playUntil(time);
      trade(HISTORY_STEP);
    }
    playUntil(now);
    exchange.markets().forEach(Market::begin);
    futures.contracts().forEach(contract -> contract.market().begin());
  }

  /// In base currency.
  private BigDecimal lot(String symbol) {
    return futures.has(symbol)
        ? futures.contract(symbol).rules().size()
        : exchange.market(symbol).rules().quantity(1);
  }

  /// Recordings take turns: what was first happens first.
  private void playUntil(long time) {
    if (!recorded.isEmpty()) {
      var byTime = Comparator.comparingLong(RecordedFlow::nextTime);
      for (var flow = Collections.min(recorded, byTime);
          flow.nextTime() <= time;
          flow = Collections.min(recorded, byTime)) {
        flow.playNext();
      }
    }
    moveClock(time);
  }

  private void step() {
    playUntil(config.clock().millis());
    trade(config.stepMillis() / (double) SECOND);
  }

  private void trade(double seconds) {
    walks.forEach(walk -> walk.step(seconds));
    flows.forEach(SyntheticFlow::step);
  }

  private double shareToFill(SimulatedOrder order) {
    var fault = faults.take(FaultKind.PARTIAL_CANCEL, order.rules().symbol(), null);
    return fault == null ? 1 : fault.share();
  }

  private void handle(HttpServerRequest request) {
    moveClock();
    var path = path(request);
    if (path.equals("/ws")) {
      var listenKey = request.getParam("listenKey");
      upgrade(request, socket -> streams.accept(socket, listenKey));
    } else if (path.equals("/edge")) {
      upgrade(request, futuresStreams::accept);
    } else if (request.getHeader("Content-Length") != null
        && Long.parseLong(request.getHeader("Content-Length")) > MOST_BYTES) {
      answer(request.response(), TOO_LARGE, new JsonObject().put("code", TOO_LARGE));
    } else {
      request
          .body()
          .onSuccess(body -> {
            if (path.equals(FAULTS)) {
              handleFaults(request, body.toString());
            } else {
              handleRest(request, body.toString());
            }
          });
    }
  }

  private static void upgrade(HttpServerRequest request, Consumer<ServerWebSocket> accept) {
    request
        .toWebSocket()
        .onSuccess(accept::accept)
        .onFailure(failure -> answer(request.response(), BAD_REQUEST, error(failure)));
  }

  private static String path(HttpServerRequest request) {
    var path = request.path();
    return path == null ? "" : path;
  }

  private void handleRest(HttpServerRequest request, String body) {
    moveClock();
    var query = request.query();
    var answer =
        rest.answer(
            new RestApi.Request(
                request.method().name(),
                path(request),
                query == null ? "" : query,
                body,
                request.headers()));
    if (answer.delay() > 0) {
      vertx.setTimer(answer.delay(), _ -> answer(request.response(), answer));
    } else {
      answer(request.response(), answer);
    }
  }

  private static void answer(HttpServerResponse response, RestApi.Answer answer) {
    if (response.closed()) {
      return;
    }
    if (answer.retryAfter() > 0) {
      response.putHeader("Retry-After", Integer.toString(answer.retryAfter()));
    }
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", "application/json")
        .end(answer.body());
  }

  private static void answer(HttpServerResponse response, int status, JsonObject body) {
    answer(response, new RestApi.Answer(status, body.toString(), 0, 0));
  }

  private void handleFaults(HttpServerRequest request, String body) {
    var response = request.response();
    try {
      switch (request.method().name()) {
        case "GET" -> answer(response, OK, listOfFaults());
        case "POST" -> {
          begin(Fault.of(new JsonObject(body)));
          answer(response, OK, listOfFaults());
        }
        case "DELETE" -> {
          faults.clear();
          exchange.markets().forEach(market -> market.setStatus(SymbolStatus.ONLINE));
          futures.contracts().forEach(each -> each.market().setStatus(SymbolStatus.ONLINE));
          answer(response, OK, listOfFaults());
        }
        default ->
            answer(
                response,
                NOT_ALLOWED,
                new JsonObject().put("msg", "allowed are GET, POST and DELETE"));
      }
    } catch (DecodeException e) {
      answer(response, BAD_REQUEST, new JsonObject().put("msg", "a fault is a JSON object"));
    } catch (IllegalArgumentException e) {
      answer(response, BAD_REQUEST, error(e));
    } catch (Refused e) {
      answer(response, BAD_REQUEST, new JsonObject().put("msg", e.text()));
    }
  }

  private JsonObject listOfFaults() {
    return new JsonObject().put("faults", faults.toJson());
  }

  /// Some happen now, others wait for what they concern.
  private void begin(Fault fault) {
    switch (fault.kind()) {
      case DROP_SOCKETS -> sockets().forEach(each -> each.drop(fault.sockets()));
      case HALF_OPEN_SOCKETS -> sockets().forEach(each -> each.freeze(fault.sockets()));
      case GARBAGE -> {
        for (int i = 0; i < fault.count(); i++) {
          sockets().forEach(each -> each.sendGarbage(fault.sockets()));
        }
      }
      case EXPIRE_LISTEN_KEYS -> {
        listenKeys.expireAll();
        streams.sockets().closePrivate();
      }
      case SYMBOL_OFFLINE ->
          market(Objects.requireNonNull(fault.symbol())).setStatus(fault.symbolStatus());
      case LATENCY,
          SERVER_ERROR,
          RATE_LIMIT,
          DEPTH_GAP,
          DUPLICATE_FILL,
          LATE_FILL,
          PARTIAL_CANCEL ->
          faults.add(fault);
    }
  }

  private Market market(String symbol) {
    return futures.has(symbol) ? futures.contract(symbol).market() : exchange.market(symbol);
  }

  private static JsonObject error(Throwable failure) {
    return new JsonObject().put("msg", failure.getMessage());
  }
}
