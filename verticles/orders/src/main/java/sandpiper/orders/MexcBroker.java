package sandpiper.orders;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.AdmitLive;
import sandpiper.bus.Messages.TakeBack;
import sandpiper.bus.Messages.TakenBack;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.VenueRequest;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.MexcTrading;
import sandpiper.mexc.client.NewSpotOrder;
import sandpiper.mexc.client.Placement;
import sandpiper.mexc.client.PrivateStream;
import sandpiper.mexc.client.SpotBalance;
import sandpiper.mexc.client.SpotFill;
import sandpiper.mexc.client.SpotOrder;
import sandpiper.mexc.client.SpotOrderType;

/// The account at MEXC, for all live sessions: carries out what they want of the exchange, and
/// tells them what it says.
///
/// **No order is sent twice.** A leg has one client id and is sent once. When no answer comes, it
/// is looked up by that id until it is found, or until the exchange could not take it any more;
/// then it counts as refused.
///
/// **Whatever is told twice is one thing**: fills are known by the id of their trade, orders by how
/// much of them has filled. The end of an order is told when all its fills have been.
///
/// For one event loop.
final class MexcBroker implements PrivateStream.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(MexcBroker.class);
  private static final long FIRST_PAUSE = 250;
  private static final long LONGEST_PAUSE = 8_000;
  private static final int LONGEST_SHIFT = 6;

  /// How long fills may come by stream before they are asked for.
  private static final long FILL_GRACE = 300;

  /// After which an order that the exchange has taken is looked at once more: its news may have
  /// come before its id was known.
  private static final long SECOND_LOOK = 1_000;

  /// Between looks at orders while the private stream is away.
  private static final long WITHOUT_STREAM = 5_000;

  /// Before the account is asked once more.
  private static final long AGAIN = 2_000;

  private static final int ATTEMPTS_BEFORE_ALERT = 6;
  private static final int REMEMBERED_IDS = 20_000;
  private static final Duration WIND_DOWN = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final BrokerConfig config;
  private final RandomGenerator random;
  private final Map<String, LiveSession> sessions = new LinkedHashMap<>();
  private final LinkedHashMap<String, Leg> byVenueId = new LinkedHashMap<>();
  private final Reconciliation reconciliation;
  private final Map<String, Promise<Void>> waiting = new LinkedHashMap<>();
  private @Nullable Account account;
  private boolean closed;

  /// The connections to it.
  private record Account(
      MexcRest rest, MexcTrading trading, PrivateStream stream, Future<Void> opened) {}

  /// @param random spreads attempts to connect
  MexcBroker(Vertx vertx, BrokerConfig config, RandomGenerator random) {
    this.vertx = vertx;
    this.config = config;
    this.random = random;
    reconciliation = new Reconciliation(this, sessions);
  }

  /// Whether a session may begin; fails with a [Refusal] that says why not.
  Future<Void> admit(AdmitLive wanted) {
    return connect()
        .compose(account ->
            Future.all(account.trading.tradable(), account.trading.balances())
                .<Void>map(both -> {
                  List<String> tradable = both.resultAt(0);
                  List<SpotBalance> balances = both.resultAt(1);
                  requireTradable(wanted.instruments(), tradable);
                  requireBudget(wanted, balances);
                  return null;
                }))
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  private static void requireTradable(List<Instrument> instruments, List<String> tradable) {
    for (var instrument : instruments) {
      if (!tradable.contains(instrument.symbol())) {
        throw Refusal.invalid("the account's key may not trade " + instrument.symbol());
      }
    }
  }

  private static void requireBudget(AdmitLive wanted, List<SpotBalance> balances) {
    var free =
        balances.stream()
            .filter(each -> each.asset().equals(wanted.currency()))
            .map(SpotBalance::free)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (wanted.budget().compareTo(free) > 0) {
      throw Refusal.invalid(
          "budget must be at most what is free in the account, %s %s, was %s"
              .formatted(Decimals.plain(free), wanted.currency(), Decimals.plain(wanted.budget())));
    }
  }

  private Future<Account> connect() {
    var credentials = config.credentials();
    if (credentials == null) {
      return Future.failedFuture(
          Refusal.invalid(
              "mode live needs the key of an account: set SANDPIPER_MEXC_KEY and"
                  + " SANDPIPER_MEXC_SECRET, or mexc.key-file in the configuration"));
    }
    var known = account;
    if (known == null) {
      var rest = new MexcRest(vertx, config.exchange());
      var trading = new MexcTrading(rest, credentials);
      var stream = new PrivateStream(trading, random, this);
      var opened = config.dryRun() ? trading.balances().<Void>mapEmpty() : stream.open();
      known = new Account(rest, trading, stream, opened);
      account = known;
      var mine = known;
      opened.onComplete(
          _ -> vertx.setPeriodic(config.reconcileEvery().toMillis(), _ -> reconciliation.run()),
          _ -> {
            account = null;
            mine.stream.close().onComplete(_ -> mine.rest.close());
          });
    }
    return known.opened.map(known);
  }

  MexcTrading trading() {
    return Objects.requireNonNull(account).trading;
  }

  /// A session begins.
  ///
  /// @param resumed whether it goes on: what it has at the exchange is found out by [#recover]
  /// @param reports takes what the exchange says, in order
  Future<Void> open(SessionSpec spec, boolean resumed, Consumer<VenueReport> reports) {
    return connect()
        .compose(account -> account.trading.balances())
        .<Void>map(balances -> {
          var session = new LiveSession(spec, reports);
          sessions.put(spec.sessionId(), session);
          if (!resumed) {
            reconciliation.watch(session, balances);
          }
          return null;
        })
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  /// What a session wanted before the platform ended under it.
  void remember(String sessionId, VenueRequest request) {
    var session = sessions.get(sessionId);
    if (session == null) {
      return;
    }
    switch (request) {
      case VenueRequest.Place place -> session.add(new Leg(session, place));
      case VenueRequest.Cancel cancel -> {
        var leg = session.find(cancel.clientId());
        if (leg != null) {
          leg.cancelWanted = true;
        }
      }
    }
  }

  /// What the exchange said before the platform ended.
  void replayed(String sessionId, VenueReport report) {
    var session = sessions.get(sessionId);
    var leg = session == null || report.orderId() == null ? null : session.outOf(report.orderId());
    if (leg == null) {
      return;
    }
    switch (report.kind()) {
      case TAKEN -> {
        leg.venueId = Objects.requireNonNull(report.venueId());
        byVenueId.put(leg.venueId, leg);
      }
      case FILL ->
          leg.remember(
              Objects.requireNonNull(report.venueId()), Objects.requireNonNull(report.quantity()));
      case REFUSED, ENDED -> leg.over = true;
      case DIFFERENCE, HALT, CLOSING -> {
        // Of no order.
      }
    }
  }

  /// The session is where it was: whatever of it may be at the exchange is asked for there. Nothing
  /// is sent again.
  void recover(String sessionId) {
    var session = sessions.get(sessionId);
    if (session == null) {
      return;
    }
    var out = session.out();
    LOG.atInfo()
        .addKeyValue(LogKeys.SESSION, sessionId)
        .log("session {} goes on; {} of its orders may be at the exchange", sessionId, out.size());
    for (var leg : out) {
      if (leg.venueId == null) {
        lookUp(leg, System.nanoTime(), 0);
      } else {
        refresh(leg);
        if (leg.cancelWanted) {
          cancel(leg);
        }
      }
    }
    later(SECOND_LOOK, () -> watchOnceSettled(session));
  }

  /// What filled meanwhile is in the balances already.
  private void watchOnceSettled(LiveSession session) {
    if (!session.out().stream().allMatch(Leg::isSettled)) {
      later(SECOND_LOOK, () -> watchOnceSettled(session));
      return;
    }
    trading()
        .balances()
        .onComplete(
            balances -> reconciliation.watch(session, balances),
            _ -> later(AGAIN, () -> watchOnceSettled(session)));
  }

  /// Cancels whatever a session that is over has left at the exchange.
  Future<TakenBack> takeBack(TakeBack wanted) {
    return connect()
        .compose(account -> {
          var taken = new ArrayList<String>();
          Future<?> done = Future.succeededFuture();
          for (var symbol : wanted.symbols()) {
            done =
                done.compose(_ -> account.trading.openOrders(symbol))
                    .compose(
                        orders -> takeBack(account.trading, wanted.sessionId(), orders, taken));
          }
          return done.map(_ -> new TakenBack(taken));
        })
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  private static Future<?> takeBack(
      MexcTrading trading, String sessionId, List<SpotOrder> orders, List<String> taken) {
    Future<?> done = Future.succeededFuture();
    for (var order : orders) {
      if (order.clientId() != null && LiveSession.made(sessionId, order.clientId())) {
        taken.add(order.orderId());
        done = done.compose(_ -> trading.cancel(order.symbol(), order.orderId()));
      }
    }
    return done;
  }

  /// A session is gone; nothing is told to it any more.
  void close(String sessionId) {
    sessions.remove(sessionId);
    wake();
  }

  Future<Void> shutdown() {
    closed = true;
    var open = account;
    return open == null
        ? Future.succeededFuture()
        : open.stream.close().onComplete(_ -> open.rest.close());
  }

  /// Does what a session wants. What it sends is on record by now.
  void carryOut(String sessionId, VenueRequest request) {
    var session = sessions.get(sessionId);
    if (session == null) {
      return;
    }
    switch (request) {
      case VenueRequest.Place place -> {
        var leg = new Leg(session, place);
        session.add(leg);
        if (config.dryRun()) {
          test(leg);
        } else {
          send(leg);
        }
      }
      case VenueRequest.Cancel cancel ->
          session.out().stream()
              .filter(leg -> leg.clientId().equals(cancel.clientId()))
              .findFirst()
              .ifPresent(this::cancel);
    }
  }

  /// Completes when nothing of the session is at the exchange any more, or nobody can wait longer.
  Future<Void> quiet(String sessionId) {
    var session = sessions.get(sessionId);
    if (session == null || session.isQuiet()) {
      return Future.succeededFuture();
    }
    session.out().forEach(this::cancel);
    var promise = waiting.computeIfAbsent(sessionId, _ -> Promise.promise());
    return promise
        .future()
        .timeout(WIND_DOWN.toMillis(), TimeUnit.MILLISECONDS)
        .recover(_ -> {
          waiting.remove(sessionId);
          session
              .out()
              .forEach(leg ->
                  difference(
                      session,
                      leg.symbol(),
                      "the session ends, and order "
                          + leg.order().orderId()
                          + " may still be at the exchange: look there"));
          return Future.succeededFuture();
        });
  }

  private void wake() {
    for (var id : List.copyOf(waiting.keySet())) {
      var session = sessions.get(id);
      if (session == null || session.isQuiet()) {
        Objects.requireNonNull(waiting.remove(id)).complete();
      }
    }
  }

  private static NewSpotOrder order(Leg leg) {
    var order = leg.order();
    var limit = order.limitPrice();
    var quantity = leg.request.quantity();
    return limit == null || order.type() == OrderType.MARKET
        ? NewSpotOrder.market(leg.symbol(), order.side(), quantity, leg.clientId())
        : NewSpotOrder.priced(
            leg.symbol(), order.side(), type(order), quantity, limit, leg.clientId());
  }

  private static SpotOrderType type(Order order) {
    if (order.terms().postOnly()) {
      return SpotOrderType.LIMIT_MAKER;
    }
    return switch (order.terms().timeInForce()) {
      case IOC -> SpotOrderType.IMMEDIATE_OR_CANCEL;
      case FOK -> SpotOrderType.FILL_OR_KILL;
      default -> SpotOrderType.LIMIT;
    };
  }

  private void test(Leg leg) {
    trading()
        .test(order(leg))
        .onComplete(
            _ -> finish(leg, ended(leg, "a dry run: the exchange would have taken it")),
            failure -> finish(leg, refused(leg, String.valueOf(failure.getMessage()))));
  }

  private void send(Leg leg) {
    Future<Placement> sent;
    try {
      sent = trading().place(order(leg));
    } catch (IllegalArgumentException e) {
      sent = Future.failedFuture(e);
    }
    sent.onComplete(
        placement -> {
          switch (placement) {
            case Placement.Accepted(var id) -> {
              know(leg, id);
              later(SECOND_LOOK, () -> refresh(leg));
            }
            case Placement.Refused(var reason) ->
                finish(leg, refused(leg, String.valueOf(reason.getMessage())));
            case Placement.Unknown(var reason) -> {
              LOG.atWarn()
                  .addKeyValue(LogKeys.SESSION, leg.session.sessionId())
                  .addKeyValue(LogKeys.SIGNAL, leg.order().signalId())
                  .log(
                      "whether the exchange has order {} is not known, it is looked for: {}",
                      leg.order().orderId(),
                      reason.getMessage());
              lookUp(leg, System.nanoTime(), 0);
            }
          }
        },
        failure -> {
          LOG.atError()
              .addKeyValue(LogKeys.SESSION, leg.session.sessionId())
              .setCause(failure)
              .log("order {} was not sent", leg.order().orderId());
          finish(leg, refused(leg, "it was not sent: " + failure.getMessage()));
        });
  }

  /// Before anything else is done with an order that nobody answered for.
  private void lookUp(Leg leg, long since, int attempt) {
    if (leg.venueId != null || leg.over) {
      return; // told of meanwhile
    }
    trading()
        .orderByClientId(leg.symbol(), leg.clientId())
        .onComplete(
            found -> {
              if (found.isPresent()) {
                onOrder(leg, found.get());
              } else if (leg.venueId == null && !leg.over && isOver(since, 1)) {
                leg.givenUp = true;
                finish(
                    leg,
                    refused(
                        leg,
                        "no answer came, and %d s later the exchange did not have it"
                            .formatted(config.unknownPatience().toSeconds())));
              } else {
                later(pause(attempt), () -> lookUp(leg, since, attempt + 1));
              }
            },
            failure -> {
              if (attempt == ATTEMPTS_BEFORE_ALERT) {
                difference(
                    leg.session,
                    leg.symbol(),
                    "whether the exchange has order "
                        + leg.order().orderId()
                        + " is not known: "
                        + failure.getMessage());
              }
              later(pause(attempt), () -> lookUp(leg, since, attempt + 1));
            });
  }

  private boolean isOver(long since, int times) {
    return System.nanoTime() - since >= times * config.unknownPatience().toNanos();
  }

  private void cancel(Leg leg) {
    if (leg.over || leg.cancelling) {
      return;
    }
    if (leg.venueId == null) {
      leg.cancelWanted = true;
    } else {
      leg.cancelling = true;
      askToCancel(leg, 0);
    }
  }

  /// That the exchange agrees is not the end: it is asked until the order is over.
  private void askToCancel(Leg leg, int attempt) {
    if (leg.over) {
      return;
    }
    if (attempt == ATTEMPTS_BEFORE_ALERT) {
      difference(
          leg.session,
          leg.symbol(),
          "order " + leg.order().orderId() + " cannot be taken back from the exchange so far");
    }
    trading()
        .cancel(leg.symbol(), Objects.requireNonNull(leg.venueId))
        .onComplete(_ ->
            later(
                pause(attempt),
                () ->
                    refresh(leg)
                        .onComplete(_ -> {
                          if (!leg.isFinal()) {
                            askToCancel(leg, attempt + 1);
                          }
                        })));
  }

  /// Asks how the order stands.
  Future<?> refresh(Leg leg) {
    var id = leg.venueId;
    if (leg.over || id == null || closed) {
      return Future.succeededFuture();
    }
    return trading()
        .order(leg.symbol(), id)
        .onSuccess(found -> found.ifPresent(order -> onOrder(leg, order)))
        .onFailure(
            failure -> LOG.warn("order {} cannot be asked for: {}", id, failure.getMessage()));
  }

  private void know(Leg leg, String venueId) {
    if (leg.venueId == null) {
      leg.venueId = venueId;
      byVenueId.put(venueId, leg);
      if (byVenueId.size() > REMEMBERED_IDS) {
        byVenueId.pollFirstEntry();
      }
      leg.session.reports.accept(VenueReport.taken(leg.symbol(), leg.order().orderId(), venueId));
      if (leg.cancelWanted) {
        cancel(leg);
      }
    }
  }

  void onOrder(Leg leg, SpotOrder order) {
    if (leg.over) {
      if (leg.givenUp && leg.venueId == null) {
        leg.venueId = order.orderId();
        byVenueId.put(order.orderId(), leg);
        stray(leg.session, order);
      }
      return;
    }
    know(leg, order.orderId());
    leg.see(order);
    settle(leg);
  }

  private void settle(Leg leg) {
    if (leg.owesFills()) {
      askForFills(leg, 0);
    } else if (leg.isFinal()) {
      finish(leg, ended(leg, leg.end()));
    }
  }

  private void askForFills(Leg leg, int attempt) {
    if (leg.asking) {
      return;
    }
    leg.asking = true;
    later(
        attempt == 0 ? FILL_GRACE : pause(attempt),
        () -> {
          leg.asking = false;
          if (leg.over || !leg.owesFills()) {
            return;
          }
          if (attempt == ATTEMPTS_BEFORE_ALERT) {
            difference(
                leg.session,
                leg.symbol(),
                "the exchange has filled more of order "
                    + leg.order().orderId()
                    + " than it tells the fills of");
          }
          trading()
              .fills(leg.symbol(), leg.venueId, null, null)
              .onComplete(asked -> {
                if (asked.succeeded()) {
                  asked.result().forEach(fill -> onFill(leg, fill));
                }
                if (!leg.over && leg.owesFills()) {
                  askForFills(leg, attempt + 1);
                }
              });
        });
  }

  private void onFill(Leg leg, SpotFill fill) {
    if (!leg.over) {
      know(leg, fill.orderId());
    }
    if (!leg.add(fill)) {
      return;
    }
    var instrument = leg.session.instrument(leg.symbol());
    reconciliation.onFill(fill, instrument);
    leg.session.reports.accept(
        VenueReport.fill(
            leg.symbol(),
            leg.order().orderId(),
            fill.id(),
            fill.price(),
            fill.quantity(),
            fee(leg, fill, instrument),
            fill.maker()));
    if (!leg.over) {
      settle(leg);
    }
  }

  /// In quote currency. What is paid in a third one is not of the session's account.
  private BigDecimal fee(Leg leg, SpotFill fill, Instrument instrument) {
    if (fill.fee().signum() == 0 || fill.feeCurrency().equals(instrument.quote())) {
      return fill.fee();
    }
    if (fill.feeCurrency().equals(instrument.base())) {
      return fill.fee().multiply(fill.price());
    }
    leg.session.reports.accept(
        VenueReport.difference(
            leg.symbol(),
            false,
            "the fee of fill %s was paid in %s %s, which the session does not account for"
                .formatted(fill.id(), Decimals.plain(fill.fee()), fill.feeCurrency())));
    return BigDecimal.ZERO;
  }

  private void finish(Leg leg, VenueReport report) {
    if (!leg.over) {
      leg.over = true;
      leg.session.reports.accept(report);
      wake();
    }
  }

  private static VenueReport refused(Leg leg, String why) {
    return VenueReport.refused(leg.symbol(), leg.order().orderId(), why);
  }

  private static VenueReport ended(Leg leg, String how) {
    return VenueReport.ended(leg.symbol(), leg.order().orderId(), how);
  }

  /// Of an order that nobody here knows to be there: it is taken back, and somebody has to look.
  void stray(LiveSession session, SpotOrder order) {
    difference(
        session,
        order.symbol(),
        "the exchange has order %s (%s %s, filled %s), which the session does not: it is taken back"
            .formatted(
                order.clientId(),
                order.side(),
                Decimals.plain(order.quantity()),
                Decimals.plain(order.filledQuantity())));
    if (!order.status().isFinal()) {
      trading()
          .cancel(order.symbol(), order.orderId())
          .onFailure(failure ->
              LOG.warn("order {} was not taken back: {}", order.orderId(), failure.getMessage()));
    }
  }

  void difference(LiveSession session, String symbol, String text) {
    LOG.atWarn()
        .addKeyValue(LogKeys.SESSION, session.sessionId())
        .log("session {}: {}", session.sessionId(), text);
    session.reports.accept(VenueReport.difference(symbol, config.haltsOnDifference(), text));
  }

  @Override
  public void onOrder(SpotOrder order) {
    var leg = find(order.orderId(), order.clientId());
    if (leg != null) {
      onOrder(leg, order);
    }
  }

  @Override
  public void onFill(SpotFill fill) {
    var leg = find(fill.orderId(), fill.clientId());
    if (leg != null) {
      onFill(leg, fill);
    }
  }

  @Override
  public void onBalance(SpotBalance balance) {
    // Balances are looked at together, and not while orders are filling.
  }

  /// Orders are asked for one by one until they are heard of again.
  @Override
  public void onLost(String why) {
    later(WITHOUT_STREAM, this::lookWithoutStream);
  }

  private void lookWithoutStream() {
    var open = account;
    if (open != null && !open.stream.isUp() && !closed) {
      refreshAll();
      later(WITHOUT_STREAM, this::lookWithoutStream);
    }
  }

  @Override
  public void onBack(long millis) {
    refreshAll();
    reconciliation.run();
  }

  private void refreshAll() {
    sessions.values().forEach(session -> session.out().forEach(this::refresh));
  }

  @Nullable Leg find(String venueId, @Nullable String clientId) {
    var known = byVenueId.get(venueId);
    if (known != null || clientId == null) {
      return known;
    }
    for (var session : sessions.values()) {
      var leg = session.find(clientId);
      if (leg != null) {
        return leg;
      }
    }
    return null;
  }

  /// Whether it has orders at the exchange at all.
  boolean isTrading() {
    return !config.dryRun() && !closed;
  }

  void later(long millis, Runnable work) {
    if (!closed) {
      vertx.setTimer(Math.max(1, millis), _ -> work.run());
    }
  }

  private static long pause(int attempt) {
    return Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempt, LONGEST_SHIFT));
  }

  private static Throwable refusal(Throwable failure) {
    return failure instanceof MexcException refused
        ? new Refusal(Refusal.Kind.FAILED, String.valueOf(refused.getMessage()))
        : failure;
  }
}
