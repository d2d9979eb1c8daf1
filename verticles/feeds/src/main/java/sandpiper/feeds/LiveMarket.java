package sandpiper.feeds;

import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.LiveData;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.FeedHealth;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.SymbolHealth;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.VenueReport;
import sandpiper.mexc.client.MarketStreams;
import sandpiper.mexc.client.StreamGap;

/// What an exchange says of the market at this moment, for one session.
///
/// The session begins when the streams are open; its clock is the time at which things arrive here.
/// What has arrived waits, so much and no more, until the session has done with what came before. A
/// session that falls farther behind misses what comes until it has caught up halfway. Whatever was
/// missed, here or on the way here, is marked by an [ExternalValue] in the place where it would
/// have been, named as [LiveData] says; order books begin anew behind it.
final class LiveMarket extends Arrivals implements MarketStreams.Listener {
  /// Events that one session may have waiting.
  static final int BOUND = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(LiveMarket.class);
  private static final double MILLIS_A_SECOND = 1_000;
  private static final double MICROS_A_SECOND = 1_000_000;

  private final String sessionId;
  private final String data;
  private final List<String> symbols;
  private final LongSupplier wallClock;
  private final MarketStreams streams;
  private long latest;
  private long behindSince;
  private long missed;
  private boolean behind;

  /// Which market it is.
  interface Source {
    /// @param clock UTC microseconds
    MarketStreams streams(
        List<String> symbols,
        Set<MarketStream> wanted,
        LongSupplier clock,
        RandomGenerator random,
        MarketStreams.Listener listener);
  }

  /// @param request of a session or of a collection
  /// @param wallClock UTC microseconds
  LiveMarket(Source source, OpenFeed request, LongSupplier wallClock, RandomGenerator random) {
    super(wallClock.getAsLong());
    sessionId = request.sessionId();
    data = request.data();
    symbols = request.symbols();
    this.wallClock = wallClock;
    latest = startTime();
    streams = source.streams(symbols, wanted(request), this::now, random, this);
  }

  /// Bars are not among them: sessions make their own, of trades.
  private static Set<MarketStream> wanted(OpenFeed request) {
    var wanted = EnumSet.of(MarketStream.TRADES, MarketStream.QUOTES, MarketStream.BOOKS);
    var collected = request.collected();
    if (collected != null) {
      wanted.retainAll(collected);
    } else if (!request.books()) {
      wanted.remove(MarketStream.BOOKS);
    }
    if (wanted.isEmpty()) {
      throw Refusal.invalid(
          request.data() + " has trades, quotes and books: streams must be of these, was bars");
    }
    return wanted;
  }

  /// Completes when the exchange has agreed to everything.
  Future<Void> open() {
    return streams.open();
  }

  FeedHealth health() {
    var health = streams.health();
    return new FeedHealth(
        sessionId,
        data,
        health.connections(),
        health.connected(),
        health.reconnects(),
        health.renewals(),
        health.gaps(),
        missed,
        health.symbols().stream()
            .map(each ->
                new SymbolHealth(
                    each.symbol(),
                    each.ageMillis() / MILLIS_A_SECOND,
                    each.connected(),
                    each.silent()))
            .toList());
  }

  /// Never goes back, whatever becomes of the machine's clock.
  private long now() {
    latest = Math.max(latest, wallClock.getAsLong());
    return latest;
  }

  @Override
  public void onEvent(MarketEvent event) {
    if (isClosed()) {
      return;
    }
    if (behind) {
      missed++;
    } else if (waiting() >= BOUND) {
      behind = true;
      behindSince = now();
      missed++;
      LOG.atWarn()
          .addKeyValue(LogKeys.SESSION, sessionId)
          .log(
              "session {} is behind: {} events wait; what comes is left out until it has caught up",
              sessionId,
              BOUND);
    } else {
      add(event);
    }
  }

  /// Into what waits, even when that is full: there are few of them.
  @Override
  public void onGap(StreamGap gap) {
    if (!isClosed()) {
      switch (gap.kind()) {
        case FEED -> mark(gap.symbol(), LiveData.FEED_GAP, gap.missing() / MILLIS_A_SECOND);
        case BOOK -> mark(gap.symbol(), LiveData.BOOK_GAP, (double) gap.missing());
      }
    }
  }

  /// What the exchange says of orders, behind what it said of the market before.
  ///
  /// @throws Refusal when nobody hears it any more
  void tell(VenueReport report) {
    if (isClosed()) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, "the feed of session " + sessionId + " does not run");
    }
    add(report.at(now()));
  }

  String sessionId() {
    return sessionId;
  }

  /// The session saw what was up to `time` (UTC microseconds), and nothing between then and the
  /// opening of these streams.
  void beginAfter(long time) {
    double seconds = Math.max(0, startTime() - time) / MICROS_A_SECOND;
    symbols.reversed().stream()
        .forEach(symbol ->
            addFirst(
                new ExternalValue(
                    symbol, Math.max(time, startTime()), LiveData.FEED_GAP, seconds)));
  }

  private void mark(String symbol, String name, double value) {
    add(new ExternalValue(symbol, now(), name, value));
  }

  @Override
  public String description() {
    return data + ": the market as it is";
  }

  @Override
  public MarketEvent next() {
    var next = super.next();
    if (behind && waiting() <= BOUND / 2) {
      behind = false;
      double seconds = (now() - behindSince) / MICROS_A_SECOND;
      symbols.forEach(symbol -> mark(symbol, LiveData.FEED_GAP, seconds));
      streams.resync();
    }
    return next;
  }

  @Override
  public Future<?> close() {
    var closed = super.close(); // first, so that what the streams say of their end is for nobody
    streams.close();
    return closed;
  }
}
