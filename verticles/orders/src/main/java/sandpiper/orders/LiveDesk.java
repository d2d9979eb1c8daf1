package sandpiper.orders;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.FeedReport;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.VenueRequest;

/// Between the order manager of one live session and the broker.
///
/// What the manager wants goes out once the entries that say so, and all inputs up to them, are on
/// record: whatever the exchange has can be found again. What the exchange says goes to the feed,
/// which numbers it among the inputs. For one event loop.
final class LiveDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDesk.class);

  /// An order that could not be put on record for so long is old, and is not sent.
  private static final long PATIENCE_SECONDS = 5;

  private static final long TOLD_SECONDS = 20;

  private final SessionSpec spec;
  private final Bus bus;
  private final MexcBroker broker;
  private final Supplier<Future<Void>> onRecord;
  private final Consumer<VenueReport> withoutFeed;
  private final List<VenueRequest> wanted = new ArrayList<>();
  private final Promise<Void> closing = Promise.promise();
  private Future<Void> sent = Future.succeededFuture();
  private int told;
  private @Nullable Promise<Void> allTold;

  /// Whether the session sees again what it saw before the platform ended under it.
  private boolean again;

  private final long resumedFrom;

  /// @param resumedFrom number of the last input on record; 0 for a session that begins
  /// @param onRecord completes when the journal so far is committed, and all inputs before
  /// @param withoutFeed hears what the exchange says once there is no feed any more
  LiveDesk(
      SessionSpec spec,
      long resumedFrom,
      Bus bus,
      MexcBroker broker,
      Supplier<Future<Void>> onRecord,
      Consumer<VenueReport> withoutFeed) {
    this.spec = spec;
    this.resumedFrom = resumedFrom;
    again = resumedFrom > 0;
    this.bus = bus;
    this.broker = broker;
    this.onRecord = onRecord;
    this.withoutFeed = withoutFeed;
  }

  Future<Void> open() {
    return broker.open(spec, resumedFrom > 0, this::tell);
  }

  /// Before each input.
  void begin(long seq) {
    if (again && seq > resumedFrom) {
      again = false;
      broker.recover(spec.sessionId());
    }
  }

  /// Goes out with the next [#handOn]. What was wanted before the platform ended is not sent again.
  void want(VenueRequest request) {
    if (again) {
      broker.remember(spec.sessionId(), request);
    } else {
      wanted.add(request);
    }
  }

  /// In order: what is wanted first goes out first.
  void handOn() {
    if (wanted.isEmpty()) {
      return;
    }
    var requests = List.copyOf(wanted);
    wanted.clear();
    var safe = onRecord.get().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    sent =
        sent.transform(_ -> safe)
            .transform(result -> {
              requests.forEach(request -> carryOut(request, result.cause()));
              return Future.succeededFuture();
            });
  }

  /// @param obstacle why it is not on record; null when it is
  private void carryOut(VenueRequest request, @Nullable Throwable obstacle) {
    if (obstacle != null && request instanceof VenueRequest.Place place) {
      LOG.atWarn()
          .addKeyValue(LogKeys.SESSION, spec.sessionId())
          .log("order {} is not sent: {}", place.order().orderId(), obstacle.getMessage());
      tell(
          VenueReport.refused(
              place.order().symbol(),
              place.order().orderId(),
              "it was not sent, for it could not be put on record: " + obstacle.getMessage()));
    } else {
      broker.carryOut(spec.sessionId(), request);
    }
  }

  private void tell(VenueReport report) {
    told++;
    bus.ask(Channels.FEED_REPORT, new FeedReport(spec.sessionId(), report))
        .onFailure(_ -> {
          withoutFeed.accept(report);
          heard(report);
        });
  }

  /// The session has heard it.
  void heard(VenueReport report) {
    if (again) {
      broker.replayed(spec.sessionId(), report);
      return;
    }
    told--;
    if (report.kind() == VenueReport.Kind.CLOSING) {
      closing.tryComplete();
    }
    if (told == 0 && allTold != null) {
      allTold.tryComplete();
    }
  }

  /// Takes everything back, and completes when the session has heard the end of it.
  Future<Void> windDown() {
    tell(VenueReport.closing(spec.instruments().getFirst().symbol()));
    return closing
        .future()
        .timeout(TOLD_SECONDS, TimeUnit.SECONDS)
        .transform(_ -> sent)
        .compose(_ -> broker.quiet(spec.sessionId()))
        .compose(_ -> all())
        .onComplete(_ -> broker.close(spec.sessionId()));
  }

  private Future<Void> all() {
    if (told <= 0) {
      return Future.succeededFuture();
    }
    allTold = Promise.promise();
    return allTold.future().timeout(TOLD_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
  }
}
