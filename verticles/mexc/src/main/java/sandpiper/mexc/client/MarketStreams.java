package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.mexc.client.StreamGap.Kind;

/// Trades, best prices and order books of several symbols as they come, as one sequence of events.
///
/// The time of an event is that of its arrival, in UTC microseconds, and never goes back. Nothing
/// is told twice. A connection that is lost is made anew, and what was not heard meanwhile is told
/// as a gap; an order book with a gap is asked for anew, and its snapshot is an event like any
/// other. Futures tell their funding rate as well, as an [ExternalValue], and all their amounts are
/// in base currency. For one event loop, on which the listener is called too.
public final class MarketStreams {
  /// Name of the external value about a symbol of the futures that is its funding rate: the share
  /// of their notional that longs pay to shorts at the next settlement, told when it changes.
  public static final String FUNDING_RATE = "funding-rate";

  private static final Logger LOG = LoggerFactory.getLogger(MarketStreams.class);

  /// Of one connection.
  private static final int MOST_CHANNELS = 30;

  private static final int MOST_BYTES = 4 << 20;
  private static final int CLOSING_SECONDS = 2;
  private static final int MOST_PATIENCE = 5;
  private static final long NO_TIMER = -1;

  /// Hears what happens.
  public interface Listener {
    void onEvent(MarketEvent event);

    /// When it is over.
    void onGap(StreamGap gap);
  }

  private final Vertx vertx;
  private final StreamTiming timing;
  private final LongSupplier wallClock;
  private final LongSupplier nanos;
  private final Listener listener;
  private final WebSocketClient client;
  private final Map<String, SymbolStream> symbols = new LinkedHashMap<>();
  private final List<Group<?>> groups = new ArrayList<>();
  private long latest = Long.MIN_VALUE;
  private long gaps;
  private long watchDog = NO_TIMER;

  /// The symbols that share a connection, and hear of it.
  private final class Group<F> implements Line.Listener<F> {
    private final List<SymbolStream> members;
    private final MarketProtocol<F> protocol;
    private final Line<F> line;
    private String why = "";

    private Group(
        List<SymbolStream> members,
        MarketProtocol<F> protocol,
        URI address,
        List<String> channels,
        RandomGenerator random) {
      this.members = members;
      this.protocol = protocol;
      line =
          new Line<>(
              vertx,
              client,
              address,
              timing,
              nanos,
              random,
              () -> Future.succeededFuture(""),
              protocol,
              channels,
              this);
    }

    @Override
    public void onFrame(F news) {
      var stream = symbols.get(protocol.symbol(news));
      if (stream == null) {
        return; // of nobody here
      }
      stream.heardAt = nanos.getAsLong();
      stream.fruitless = 0;
      try {
        protocol.tell(news, stream, now(), line.isDouble());
      } catch (IllegalArgumentException | MexcException e) {
        line.restart(
            Protocol.unreadable(
                "a frame of %s has what cannot be: %s".formatted(stream.symbol, e.getMessage())));
      }
    }

    @Override
    public void onLost(MexcException because) {
      why = String.valueOf(because.getMessage());
      LOG.warn("connection to MEXC for {} lost: {}", names(), why);
    }

    @Override
    public void onBack(long millis) {
      LOG.info("connection to MEXC for {} is back after {} ms", names(), millis);
      for (var member : members) {
        tell(new StreamGap(member.symbol, Kind.FEED, millis, why));
        member.begin();
      }
    }

    /// Patience grows with every attempt that changed nothing: some symbols are quiet.
    private void watch(long now) {
      for (var member : members) {
        long patience = timing.silent().toNanos() << Math.min(member.fruitless, MOST_PATIENCE);
        long since = Math.max(member.heardAt, line.upSince());
        if (line.isUp() && now - since > patience) {
          member.fruitless++;
          line.restart(
              new MexcException(
                  MexcError.UNCERTAIN,
                  "no news of %s for %d ms"
                      .formatted(member.symbol, TimeUnit.NANOSECONDS.toMillis(now - since))));
        }
      }
    }

    private List<String> names() {
      return members.stream().map(member -> member.symbol).toList();
    }
  }

  /// Of the spot market, on the event loop that uses it.
  ///
  /// @param symbols such as `BTCUSDT`, each once; that they exist is found out when it is opened
  /// @param streams of trades, quotes and books, at least one
  /// @param wallClock UTC microseconds
  /// @param random spreads attempts to connect
  public MarketStreams(
      MexcRest rest,
      List<String> symbols,
      Set<MarketStream> streams,
      LongSupplier wallClock,
      RandomGenerator random,
      Listener listener) {
    this(
        rest.vertx(),
        rest.config().streams(),
        rest.config().timing(),
        new SpotMarketProtocol(),
        new MexcMarket(rest)::depth,
        symbols,
        streams,
        wallClock,
        random,
        listener);
  }

  /// Of the futures, on the event loop that uses it. Quotes are the best level of the book, for the
  /// futures' ticker has no sizes.
  ///
  /// @param contracts as [FuturesMarket#contracts] has them, each once
  /// @param streams of trades, quotes and books, at least one; the funding rate comes with any
  /// @param wallClock UTC microseconds
  /// @param random spreads attempts to connect
  public static MarketStreams ofFutures(
      FuturesRest rest,
      List<FuturesContract> contracts,
      Set<MarketStream> streams,
      LongSupplier wallClock,
      RandomGenerator random,
      Listener listener) {
    var bySymbol = new LinkedHashMap<String, FuturesContract>();
    contracts.forEach(contract -> bySymbol.put(contract.instrument().symbol(), contract));
    var market = new FuturesMarket(rest);
    return new MarketStreams(
        rest.vertx(),
        rest.config().streams(),
        rest.config().timing(),
        new FuturesMarketProtocol(bySymbol),
        (symbol, levels, time) ->
            market.depth(Objects.requireNonNull(bySymbol.get(symbol)), levels, time),
        List.copyOf(bySymbol.keySet()),
        streams,
        wallClock,
        random,
        listener);
  }

  private <F> MarketStreams(
      Vertx vertx,
      URI address,
      StreamTiming timing,
      MarketProtocol<F> protocol,
      BookStream.Snapshots snapshots,
      List<String> symbols,
      Set<MarketStream> streams,
      LongSupplier wallClock,
      RandomGenerator random,
      Listener listener) {
    if (symbols.isEmpty() || streams.isEmpty() || streams.contains(MarketStream.BARS)) {
      throw new IllegalArgumentException(
          "streams of MEXC are trades, quotes and books, of at least one symbol, was " + streams);
    }
    var wanted = Set.copyOf(streams);
    this.vertx = vertx;
    this.timing = timing;
    nanos = System::nanoTime;
    this.wallClock = wallClock;
    this.listener = listener;
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MOST_BYTES)
                .setMaxMessageSize(MOST_BYTES)
                .setClosingTimeout(CLOSING_SECONDS));
    symbols.forEach(symbol -> this.symbols.put(symbol, stream(symbol, wanted, snapshots)));
    int share = MOST_CHANNELS / protocol.channels(symbols.getFirst(), wanted).size();
    var all = List.copyOf(this.symbols.values());
    for (int i = 0; i < all.size(); i += share) {
      var members = all.subList(i, Math.min(all.size(), i + share));
      var channels =
          members.stream()
              .flatMap(member -> protocol.channels(member.symbol, wanted).stream())
              .toList();
      groups.add(new Group<>(members, protocol, address, channels, random));
    }
  }

  private SymbolStream stream(
      String symbol, Set<MarketStream> wanted, BookStream.Snapshots snapshots) {
    var book =
        wanted.contains(MarketStream.BOOKS)
            ? new BookStream(
                symbol,
                vertx,
                snapshots,
                this::now,
                listener::onEvent,
                missing ->
                    tell(
                        new StreamGap(
                            symbol,
                            Kind.BOOK,
                            missing,
                            missing == 0
                                ? "bids meet asks"
                                : missing + " changes of the order book are missing")))
            : null;
    return new SymbolStream(symbol, book, listener::onEvent);
  }

  /// Completes when everything is subscribed to, and fails when it cannot be; afterwards
  /// connections are made anew for as long as it takes.
  public Future<Void> open() {
    return Future.all(groups.stream().map(group -> group.line.open()).toList())
        .onSuccess(_ -> {
          symbols
              .values()
              .forEach(stream -> {
                stream.heardAt = nanos.getAsLong();
                stream.begin();
              });
          long period = Math.max(1, timing.silent().toMillis() / 4);
          watchDog = vertx.setPeriodic(period, _ -> watch());
        })
        .onFailure(_ -> close())
        .mapEmpty();
  }

  /// Nothing is told any more.
  public void close() {
    vertx.cancelTimer(watchDog);
    groups.forEach(group -> group.line.close());
    symbols
        .values()
        .forEach(stream -> {
          var book = stream.book();
          if (book != null) {
            book.close();
          }
        });
    client.close();
  }

  /// Order books are asked for anew, because somebody has missed parts of them.
  public void resync() {
    symbols.values().forEach(SymbolStream::begin);
  }

  public StreamHealth health() {
    long now = nanos.getAsLong();
    var all = new ArrayList<StreamHealth.SymbolHealth>();
    for (var group : groups) {
      for (var member : group.members) {
        all.add(
            new StreamHealth.SymbolHealth(
                member.symbol,
                TimeUnit.NANOSECONDS.toMillis(now - member.heardAt),
                group.line.isUp(),
                now - member.heardAt > timing.silent().toNanos()));
      }
    }
    return new StreamHealth(
        all,
        groups.size(),
        (int) groups.stream().filter(group -> group.line.isUp()).count(),
        groups.stream().mapToLong(group -> group.line.reconnects()).sum(),
        groups.stream().mapToLong(group -> group.line.renewals()).sum(),
        gaps);
  }

  /// The session's time of this moment, UTC microseconds.
  private long now() {
    latest = Math.max(latest, wallClock.getAsLong());
    return latest;
  }

  private void tell(StreamGap gap) {
    gaps++;
    LOG.warn("gap in what MEXC says of {} ({}): {}", gap.symbol(), gap.kind(), gap.why());
    listener.onGap(gap);
  }

  private void watch() {
    long now = nanos.getAsLong();
    groups.forEach(group -> group.watch(now));
  }
}
