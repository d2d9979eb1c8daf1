package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LiveData;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.AdmitLive;
import sandpiper.bus.Messages.FindBasis;
import sandpiper.bus.Messages.FindInterrupted;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.FoundBasis;
import sandpiper.bus.Messages.InterruptedSession;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.PlanBasis;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.SessionBasis;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TakeBack;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.FillRules;

/// What becomes of live sessions that were under way when the platform ended, at its next start.
///
/// A session decides the same again from the same inputs, so it is run up to its last one: orders,
/// positions and strategies are what they were, and nothing is sent. What happened at the exchange
/// since then is asked for; then it goes on, or is ended in order, as the configuration says. One
/// in which somebody stepped in cannot be decided again: what it has at the exchange is taken back.
final class LiveRestart {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRestart.class);

  /// Between two attempts while the exchange cannot be reached.
  private static final long AGAIN_SECONDS = 10;

  /// An hour of them.
  private static final int ATTEMPTS = 360;

  private final Vertx vertx;
  private final Bus bus;
  private final boolean goesOn;
  private final BiFunction<StartSession, Resumption, SessionRun> begin;
  private @Nullable Timer pause;

  /// @param goesOn whether sessions go on, or are ended as soon as they are where they were
  /// @param begin makes the run of a session that is resumed
  LiveRestart(
      Vertx vertx,
      Bus bus,
      boolean goesOn,
      BiFunction<StartSession, Resumption, SessionRun> begin) {
    this.vertx = vertx;
    this.bus = bus;
    this.goesOn = goesOn;
    this.begin = begin;
  }

  /// One after the other. Completes when all are under way again, or over.
  Future<?> run() {
    return bus.ask(Channels.FIND_INTERRUPTED, new FindInterrupted())
        .compose(found -> {
          Future<?> done = Future.succeededFuture();
          for (var session : found.sessions()) {
            done = done.compose(_ -> resume(session));
          }
          return done;
        })
        .onFailure(failure -> LOG.error("live sessions were not looked after", failure));
  }

  private Future<?> resume(InterruptedSession session) {
    var id = session.sessionId();
    var basis = bus.ask(Channels.FIND_BASIS, new FindBasis(id));
    return basis
        .<@Nullable Object>compose(found -> resume(session, found).mapEmpty())
        .recover(failure -> {
          LOG.atError()
              .addKeyValue(LogKeys.SESSION, id)
              .log("live session {} is not resumed: {}", id, failure.getMessage());
          return basis.compose(found -> takeBack(id, found).mapEmpty());
        })
        .recover(failure -> {
          LOG.atError()
              .addKeyValue(LogKeys.SESSION, id)
              .log(
                  "what live session {} has at the exchange is not taken back, look there: {}",
                  id,
                  failure.getMessage());
          return Future.succeededFuture();
        });
  }

  /// Completes when the account can be asked.
  ///
  /// @param attempt from 1
  private Future<?> reach(String id, SessionBasis basis, int attempt) {
    var anything =
        new AdmitLive(basis.instruments(), BigDecimal.ZERO, basis.instruments().getFirst().quote());
    return bus.ask(Channels.ADMIT_LIVE, anything)
        .<@Nullable Object>mapEmpty()
        .recover(failure -> {
          if (!isPassing(failure) || attempt == ATTEMPTS) {
            return Future.failedFuture(failure);
          }
          LOG.atWarn()
              .addKeyValue(LogKeys.SESSION, id)
              .log("live session {} waits for the exchange: {}", id, failure.getMessage());
          pause = vertx.timer(AGAIN_SECONDS, TimeUnit.SECONDS);
          return pause.transform(passed ->
              passed.failed()
                  ? Future.failedFuture(failure)
                  : reach(id, basis, attempt + 1).mapEmpty());
        });
  }

  /// Whether nothing is wrong with the session: whoever was asked could not do it.
  private static boolean isPassing(Throwable failure) {
    return failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.FAILED;
  }

  /// Who waits for the exchange waits no longer.
  void close() {
    if (pause != null) {
      pause.cancel();
    }
  }

  private Future<?> resume(InterruptedSession session, FoundBasis found) {
    var basis = found.basis();
    if (basis == null) {
      throw Refusal.invalid("what it began with is not on record");
    }
    if (found.intervention() != null) {
      throw Refusal.invalid("somebody stepped in: " + found.intervention());
    }
    return reach(session.sessionId(), basis, 1)
        .compose(_ ->
            bus.ask(Channels.FIND_RECORDING, new FindRecording(session.sessionId(), TimeRange.ALL)))
        .compose(recorded ->
            strategies(basis.plans())
                .compose(strategies -> goOn(session, basis, strategies, recorded)));
  }

  private Future<?> goOn(
      InterruptedSession session,
      SessionBasis basis,
      List<StrategyRequest> strategies,
      Recording recorded) {
    if (recorded.firstSeq() > 1) {
      throw Refusal.invalid("its first inputs are not kept any more");
    }
    var request =
        new StartSession(
            SessionMode.LIVE,
            basis.symbols(),
            strategies,
            basis.cash(),
            LiveData.MEXC,
            basis.plans().getFirst().mainInterval(),
            null,
            FillRules.parse(
                basis.fillModel(), basis.slippage(), basis.latency(), basis.limitFill()),
            basis.risk(),
            basis.account(),
            null);
    var run = begin.apply(request, new Resumption(basis, session.startedAt(), recorded.lastSeq()));
    return run.start()
        .compose(_ -> {
          LOG.atInfo()
              .addKeyValue(LogKeys.SESSION, session.sessionId())
              .log(
                  "live session {} is where it was, at input {}",
                  session.sessionId(),
                  recorded.lastSeq());
          return goesOn ? Future.succeededFuture() : run.end(ENDED);
        });
  }

  private static final String ENDED =
      "the platform ended before the session did; what it had at the exchange was taken back";

  /// By the numbers of the versions that it began with.
  private Future<List<StrategyRequest>> strategies(List<PlanBasis> plans) {
    var requests = new LinkedHashMap<PlanBasis, StrategyRequest>();
    Future<?> done = Future.succeededFuture();
    for (var plan : plans) {
      done =
          done.compose(_ -> number(plan))
              .onSuccess(number ->
                  requests.put(
                      plan,
                      new StrategyRequest(plan.strategy(), Map.copyOf(plan.parameters()), number)));
    }
    return done.map(_ -> List.copyOf(requests.values()));
  }

  private Future<Integer> number(PlanBasis plan) {
    return bus.ask(Channels.KEPT_VERSIONS, new ListVersions(plan.strategy()))
        .map(list ->
            list.versions().stream()
                .filter(version -> version.hash().equals(plan.version()))
                .findFirst()
                .orElseThrow(() ->
                    Refusal.invalid(
                        "the version of " + plan.strategy() + " that it ran is not on record"))
                .number());
  }

  private Future<?> takeBack(String id, FoundBasis found) {
    var symbols = found.basis() == null ? List.<String>of() : found.basis().symbols();
    return bus.ask(Channels.TAKE_BACK, new TakeBack(id, symbols))
        .onSuccess(taken ->
            LOG.atWarn()
                .addKeyValue(LogKeys.SESSION, id)
                .log(
                    "what live session {} had at the exchange is taken back: {}",
                    id,
                    taken.orders()));
  }
}
