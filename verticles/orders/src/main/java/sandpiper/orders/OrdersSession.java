package sandpiper.orders;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.AmendManually;
import sandpiper.bus.Messages.CancelAllManually;
import sandpiper.bus.Messages.CancelManually;
import sandpiper.bus.Messages.CloseAllPositions;
import sandpiper.bus.Messages.ClosePosition;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.OrderEvents;
import sandpiper.bus.Messages.OrderStands;
import sandpiper.bus.Messages.OrdersStand;
import sandpiper.bus.Messages.PlaceManualOrder;
import sandpiper.bus.Messages.ReleaseTrading;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Offer;
import sandpiper.bus.Outbox;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.trading.ManualRefusal;
import sandpiper.domain.trading.OrderManager;

/// One session's order manager with the way its journal takes.
final class OrdersSession {
  private static final Logger LOG = LoggerFactory.getLogger(OrdersSession.class);
  private static final int MAX_UNCOMMITTED = 10_000;

  private final String sessionId;
  private final OrderManager manager;
  private final Outbox<JournalEntry> outbox;
  private final Offer<JournalBatch> screen;
  private final List<JournalEntry> entries = new ArrayList<>();
  private final @Nullable LiveDesk live;
  private long seq;
  private long time;

  /// @param depth where entries that wait for their commit are counted
  /// @param broker of a session of mode live; null for any other
  OrdersSession(
      OpenSession open,
      Bus bus,
      Offer<JournalBatch> screen,
      AtomicInteger depth,
      @Nullable MexcBroker broker) {
    var spec = open.spec();
    this.screen = screen;
    sessionId = spec.sessionId();
    live =
        broker == null
            ? null
            : new LiveDesk(spec, open.resumedFrom(), bus, broker, this::isOnRecord, this::hear);
    manager = new OrderManager(spec, entries::add, live == null ? _ -> {} : live::want);
    outbox =
        new Outbox<>(
            MAX_UNCOMMITTED,
            depth,
            batch ->
                inputsAreSafe(bus)
                    .compose(
                        _ -> bus.ask(Channels.WRITE_JOURNAL, new JournalBatch(sessionId, batch))));
  }

  /// Of a session of mode live: completes when its account is ready.
  Future<Void> open() {
    return live == null ? Future.succeededFuture() : live.open();
  }

  /// Of a session of mode live: completes when nothing of it is at the exchange any more.
  Future<Done> windDown() {
    return live == null ? Future.succeededFuture(new Done()) : live.windDown().map(_ -> new Done());
  }

  /// What a live session decides is on record behind what it decided on, so that it can be decided
  /// again. Without a feed there is nothing left to wait for.
  private Future<?> inputsAreSafe(Bus bus) {
    return live == null
        ? Future.succeededFuture()
        : bus.ask(Channels.FLUSH_FEED, new CloseSession(sessionId)).otherwise(new Done());
  }

  private Future<Void> isOnRecord() {
    return outbox.flush();
  }

  /// What the exchange says when there is no feed any more to number it.
  private void hear(VenueReport report) {
    manager.onMarket(seq, report.at(time).time(), report.at(time));
    handOn();
  }

  Future<OrderEvents> onInput(Input input) {
    seq = input.seq();
    time = input.time();
    if (live != null) {
      live.begin(seq);
    }
    var events = manager.onMarket(seq, time, input.event());
    if (live != null && input.event() instanceof VenueReport report) {
      live.heard(report);
    }
    return answer(events);
  }

  Future<OrderEvents> submit(Actions actions) {
    return answer(manager.submit(actions.seq(), actions.time(), actions.actions()));
  }

  /// Answers when the alert is on its way to the database.
  Future<Done> kill(KillSwitch kill) {
    manager.kill(kill.action(), kill.reason(), kill.by());
    handOn();
    return outbox.room().map(_ -> new Done());
  }

  /// Answers when the alert is on its way to the database.
  Future<Done> release(ReleaseTrading release) {
    manager.release(release.reason(), release.by());
    handOn();
    return outbox.room().map(_ -> new Done());
  }

  Future<OrderStands> manual(PlaceManualOrder place) {
    return manual(() -> manager.place(place.order(), place.by()));
  }

  Future<OrderStands> manual(CancelManually cancel) {
    return manual(() -> manager.cancel(cancel.orderId(), cancel.reason(), cancel.by()));
  }

  Future<OrderStands> manual(AmendManually amend) {
    return manual(() ->
        manager.amend(
            amend.orderId(),
            amend.quantity(),
            amend.limitPrice(),
            amend.triggerPrice(),
            amend.by()));
  }

  Future<OrderStands> manual(ClosePosition close) {
    return manual(() ->
        manager.close(
            close.positionId(), close.quantity(), close.limitPrice(), close.reason(), close.by()));
  }

  Future<OrdersStand> manual(CloseAllPositions close) {
    return manually(() -> new OrdersStand(sessionId, manager.closeAll(close.reason(), close.by())));
  }

  Future<OrdersStand> manual(CancelAllManually cancel) {
    return manually(
        () -> new OrdersStand(sessionId, manager.cancelAll(cancel.reason(), cancel.by())));
  }

  private Future<OrderStands> manual(Supplier<Order> action) {
    return manually(() -> new OrderStands(action.get()));
  }

  /// Answers when the orders are on their way to the database; so is the refusal of one.
  private <T> Future<T> manually(Supplier<T> action) {
    try {
      var answer = action.get();
      return outbox.room().map(_ -> answer);
    } catch (ManualRefusal e) {
      throw new Refusal(
          switch (e.kind()) {
            case UNKNOWN -> Refusal.Kind.UNKNOWN;
            case CONFLICT -> Refusal.Kind.CONFLICT;
            case INVALID -> Refusal.Kind.INVALID;
          },
          String.valueOf(e.getMessage()));
    } finally {
      handOn();
    }
  }

  /// Answers when the last entry is committed.
  Future<SessionEnded> finish(StopStrategies stop) {
    manager.finish(stop.seq(), stop.time());
    handOn();
    return outbox
        .flush()
        .map(_ ->
            new SessionEnded(
                manager.summary(), manager.performance(PerformanceReport.CALENDAR_DAYS)));
  }

  private Future<OrderEvents> answer(List<OrderEvent> events) {
    handOn();
    var account = manager.account();
    return outbox.room().map(_ -> new OrderEvents(events, account));
  }

  /// Stops of trading, for those who run the platform; what else risk says, and what becomes of
  /// signals and their orders, is in the journal and, for whoever looks for a mistake, at the level
  /// DEBUG.
  private void log(JournalEntry entry) {
    switch (entry) {
      case RiskAlert alert ->
          line(alert.level().equals("error") ? Level.WARN : Level.DEBUG, alert.signalId())
              .log("session {}: {}", sessionId, alert.text());
      case Signal signal ->
          line(Level.DEBUG, signal.signalId())
              .log("session {}: {} signals {}", sessionId, signal.strategy(), signal.name());
      case OrderFilled filled ->
          line(Level.DEBUG, filled.signalId())
              .log(
                  "session {}: {} fills {} of order {} at {}",
                  sessionId,
                  filled.fill().fillId(),
                  filled.fill().quantity(),
                  filled.order().orderId(),
                  filled.fill().price());
      case OrderEvent event ->
          line(Level.DEBUG, event.signalId())
              .log(
                  "session {}: order {} is {}",
                  sessionId,
                  event.order().orderId(),
                  event.order().status());
      default -> {
        // Nothing about a signal.
      }
    }
  }

  private LoggingEventBuilder line(Level level, @Nullable String signalId) {
    return LOG.atLevel(level)
        .addKeyValue(LogKeys.SESSION, sessionId)
        .addKeyValue(LogKeys.SIGNAL, signalId);
  }

  private void handOn() {
    if (!entries.isEmpty()) {
      entries.forEach(this::log);
      screen.send(new JournalBatch(sessionId, entries));
      entries.forEach(outbox::add);
      entries.clear();
    }
    if (live != null) {
      live.handOn();
    }
  }
}
