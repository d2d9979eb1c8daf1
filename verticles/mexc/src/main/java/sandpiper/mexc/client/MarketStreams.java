package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.mexc.client.StreamGap.Kind;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// Trades, best prices and order books of several symbols as they come, as one sequence of events.
///
/// The time of an event is that of its arrival, in UTC microseconds, and never goes back. Nothing
/// is told twice. A connection that is lost is made anew, and what was not heard meanwhile is told
/// as a gap; an order book with a gap is asked for anew, and its snapshot is an event like any
/// other. For one event loop, on which the listener is called too.
public final class MarketStreams {
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
  private final Map<Group, Line> lines = new LinkedHashMap<>();
  private long latest = Long.MIN_VALUE;
  private long gaps;
  private long watchDog = NO_TIMER;

  /// The symbols that share a connection, and hear of it.
  private final class Group implements Line.Listener {
    private final List<SymbolStream> members;
    private String why = "";

    private Group(List<SymbolStream> members) {
      this.members = members;
    }

    @Override
    public void onFrame(PushDataV3ApiWrapper frame) {
      hear(this, frame);
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

    private List<String> names() {
      return members.stream().map(member -> member.symbol).toList();
    }
  }

  /// On the event loop that uses it.
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
    if (symbols.isEmpty() || streams.isEmpty() || streams.contains(MarketStream.BARS)) {
      throw new IllegalArgumentException(
          "streams of MEXC are trades, quotes and books, of at least one symbol, was " + streams);
    }
    var wanted = Set.copyOf(streams);
    vertx = rest.vertx();
    timing = rest.config().timing();
    nanos = System::nanoTime;
    this.wallClock = wallClock;
    this.listener = listener;
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MOST_BYTES)
                .setMaxMessageSize(MOST_BYTES)
                .setClosingTimeout(CLOSING_SECONDS));
    var market = new MexcMarket(rest);
    symbols.forEach(symbol -> this.symbols.put(symbol, stream(symbol, wanted, market)));
    int share = MOST_CHANNELS / wanted.size();
    var all = List.copyOf(this.symbols.values());
    for (int i = 0; i < all.size(); i += share) {
      var group = new Group(all.subList(i, Math.min(all.size(), i + share)));
      lines.put(
          group,
          new Line(
              vertx,
              client,
              rest.config().streams(),
              timing,
              nanos,
              random,
              () -> Future.succeededFuture(""),
              group.members.stream().flatMap(member -> member.channels().stream()).toList(),
              group));
    }
  }

  private SymbolStream stream(String symbol, Set<MarketStream> wanted, MexcMarket market) {
    var book =
        wanted.contains(MarketStream.BOOKS)
            ? new BookStream(
                symbol,
                vertx,
                market,
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
    return new SymbolStream(symbol, wanted, book, listener::onEvent);
  }

  /// Completes when everything is subscribed to, and fails when it cannot be; afterwards
  /// connections are made anew for as long as it takes.
  public Future<Void> open() {
    return Future.all(lines.values().stream().map(Line::open).toList())
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
    lines.values().forEach(Line::close);
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
    lines.forEach((group, line) ->
        group.members.forEach(member ->
            all.add(
                new StreamHealth.SymbolHealth(
                    member.symbol,
                    TimeUnit.NANOSECONDS.toMillis(now - member.heardAt),
                    line.isUp(),
                    now - member.heardAt > timing.silent().toNanos()))));
    return new StreamHealth(
        all,
        lines.size(),
        (int) lines.values().stream().filter(Line::isUp).count(),
        lines.values().stream().mapToLong(Line::reconnects).sum(),
        lines.values().stream().mapToLong(Line::renewals).sum(),
        gaps);
  }

  private Line line(Group group) {
    var line = lines.get(group);
    if (line == null) {
      throw new IllegalStateException("a group without a line");
    }
    return line;
  }

  /// The session's time of this moment, UTC microseconds.
  private long now() {
    latest = Math.max(latest, wallClock.getAsLong());
    return latest;
  }

  private void hear(Group group, PushDataV3ApiWrapper frame) {
    var stream = symbols.get(symbol(frame));
    if (stream == null) {
      return; // of nobody here
    }
    stream.heardAt = nanos.getAsLong();
    stream.fruitless = 0;
    try {
      stream.onFrame(frame, now(), line(group).isDouble());
    } catch (IllegalArgumentException e) {
      line(group)
          .restart(
              new MexcException(
                  MexcError.UNCERTAIN,
                  "a frame of %s has what cannot be: %s".formatted(stream.symbol, e.getMessage())));
    }
  }

  private static String symbol(PushDataV3ApiWrapper frame) {
    var channel = frame.getChannel();
    return frame.hasSymbol() ? frame.getSymbol() : channel.substring(channel.lastIndexOf('@') + 1);
  }

  private void tell(StreamGap gap) {
    gaps++;
    LOG.warn("gap in what MEXC says of {} ({}): {}", gap.symbol(), gap.kind(), gap.why());
    listener.onGap(gap);
  }

  /// Patience grows with every attempt that changed nothing: some symbols are quiet.
  private void watch() {
    long now = nanos.getAsLong();
    lines.forEach((group, line) ->
        group.members.forEach(member -> {
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
        }));
  }
}
