package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSide;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.mexc.client.MarketStreams;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.MexcLimits;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.StreamGap;
import sandpiper.mexc.client.StreamHealth;
import sandpiper.mexc.client.StreamTiming;

/// What the streams tell, held against what REST of the same exchange says, with everything that
/// goes wrong on the way.
@ExtendWith(VertxExtension.class)
class MarketStreamsIT {
  private static final String BTC = "BTCUSDT";
  private static final String SIM = "SIMUSDT";

  private static final Set<MarketStream> ALL =
      Set.of(MarketStream.TRADES, MarketStream.QUOTES, MarketStream.BOOKS);

  /// As in life, but for a second what would be ten.
  private static final StreamTiming QUICK =
      new StreamTiming(
          Duration.ofMillis(300),
          Duration.ofMillis(1_500),
          Duration.ofSeconds(60),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(20));

  private Vertx vertx;
  private SimulatedExchange exchange;
  private TestClient bob;
  private final Heard heard = new Heard();
  private @Nullable MarketStreams streams;

  /// Everything that was told, in order; read by the test while the event loop writes.
  private static final class Heard implements MarketStreams.Listener {
    private final List<MarketEvent> events = new ArrayList<>();
    private final List<StreamGap> gaps = new ArrayList<>();
    private final BookBuilder book = new BookBuilder(BTC);

    @Override
    public synchronized void onEvent(MarketEvent event) {
      events.add(event);
      if (event instanceof BookEvent part && part.symbol().equals(BTC)) {
        book.apply(part);
      }
    }

    @Override
    public synchronized void onGap(StreamGap gap) {
      gaps.add(gap);
    }

    synchronized List<StreamGap> gaps() {
      return List.copyOf(gaps);
    }

    synchronized <T> List<T> all(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    synchronized boolean bookIsAt(long id) {
      return book.isValid() && book.lastId() == id;
    }

    synchronized boolean bookIsValid() {
      return book.isValid();
    }

    synchronized Map<Double, Double> side(boolean bids) {
      return levels(bids ? book.bids() : book.asks());
    }

    private static Map<Double, Double> levels(BookSide side) {
      var levels = new TreeMap<Double, Double>();
      for (int i = 0; i < side.count(); i++) {
        levels.put(side.price(i), side.size(i));
      }
      return levels;
    }
  }

  @BeforeEach
  void deploy(Vertx given) throws TimeoutException {
    vertx = given;
    begin(Samples.config(20));
  }

  private void begin(SimulatorConfig simulated) throws TimeoutException {
    exchange = new SimulatedExchange(simulated);
    vertx.deployVerticle(exchange).await(20, SECONDS);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
  }

  @AfterEach
  void undeploy() {
    var opened = streams;
    if (opened != null) {
      onLoop(() -> {
        opened.close();
        return Future.succeededFuture();
      });
    }
    Samples.undeploy(vertx);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  private @Nullable Context loop;

  private <T> T onLoop(Supplier<Future<T>> work) {
    if (loop == null) {
      loop = vertx.getOrCreateContext();
    }
    var promise = Promise.<T>promise();
    loop.runOnContext(_ -> {
      try {
        work.get().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return await(promise.future());
  }

  private void open(StreamTiming timing, List<String> symbols, Set<MarketStream> wanted) {
    var host = "127.0.0.1:" + exchange.port();
    var config =
        MexcConfig.of("http://" + host, "ws://" + host + "/ws")
            .with(timing)
            .with(new MexcLimits(1_000, 1_000, 1_000, 1_000));
    onLoop(() -> {
      var opened =
          new MarketStreams(
              new MexcRest(vertx, config),
              symbols,
              wanted,
              () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
              new Random(1),
              heard);
      streams = opened;
      return opened.open();
    });
  }

  private StreamHealth health() {
    return onLoop(() -> Future.succeededFuture(Objects.requireNonNull(streams).health()));
  }

  private static void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private JsonObject depth() {
    return bob.get("depth", Map.of("symbol", BTC, "limit", 5_000)).object();
  }

  private static Map<Double, Double> side(JsonArray levels) {
    var side = new TreeMap<Double, Double>();
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.getJsonArray(i);
      side.put(Double.valueOf(level.getString(0)), Double.valueOf(level.getString(1)));
    }
    return side;
  }

  /// The book as it was told is the book of a snapshot that was asked for, `times` over.
  private void requireBook(int times) {
    int compared = 0;
    for (int i = 0; i < 400 && compared < times; i++) {
      var now = depth();
      long id = now.getLong("lastUpdateId");
      long end = System.nanoTime() + 150_000_000;
      while (System.nanoTime() < end && !heard.bookIsAt(id)) {
        Thread.onSpinWait();
      }
      synchronized (heard) {
        if (heard.bookIsAt(id)) {
          assertThat(heard.side(true)).isEqualTo(side(now.getJsonArray("bids")));
          assertThat(heard.side(false)).isEqualTo(side(now.getJsonArray("asks")));
          compared++;
        }
      }
    }
    assertThat(compared).as("snapshots that end where an update ends").isEqualTo(times);
  }

  /// Price and size of the trades that REST has of the symbol, from the first of those on that were
  /// heard.
  private void requireTradesOnceEach() {
    until(() -> heard.all(Trade.class).size() > 20, "trades");
    var rows = new ArrayList<String>();
    var told = heard.all(Trade.class).stream().filter(each -> each.symbol().equals(BTC)).toList();
    for (var row : bob.get("aggTrades", Map.of("symbol", BTC, "limit", 1_000)).array()) {
      var trade = (JsonObject) row;
      rows.add(
          Double.parseDouble(trade.getString("p"))
              + " "
              + Double.parseDouble(trade.getString("q")));
    }
    var mine = told.stream().map(each -> each.price() + " " + each.amount()).toList();
    int from = -1;
    for (int i = 0; i + mine.size() <= rows.size() && from < 0; i++) {
      if (rows.subList(i, i + mine.size()).equals(mine)) {
        from = i;
      }
    }
    assertThat(from).as("a run of %d trades within those of REST", mine.size()).isNotNegative();
  }

  private void requireNoTradeTwice(List<Trade> trades) {
    var rows = new LinkedHashMap<String, Integer>();
    for (var row : bob.get("aggTrades", Map.of("symbol", BTC, "limit", 1_000)).array()) {
      var trade = (JsonObject) row;
      rows.merge(
          Double.parseDouble(trade.getString("p")) + " " + Double.parseDouble(trade.getString("q")),
          1,
          Integer::sum);
    }
    var mine = new LinkedHashMap<String, Integer>();
    trades.forEach(each -> mine.merge(each.price() + " " + each.amount(), 1, Integer::sum));
    mine.forEach((trade, count) ->
        assertThat(count).as(trade).isLessThanOrEqualTo(rows.getOrDefault(trade, 0)));
  }

  @Test
  void tradesQuotesAndTheBookAreThoseOfTheExchange() {
    open(QUICK, List.of(BTC), ALL);
    requireBook(5);
    requireTradesOnceEach();
    until(() -> heard.all(Quote.class).size() > 5, "quotes");
    assertThat(heard.all(Quote.class)).allMatch(quote -> quote.bid() < quote.ask());
    var events = heard.all(MarketEvent.class);
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).time()).isGreaterThanOrEqualTo(events.get(i - 1).time());
    }
    assertThat(heard.gaps()).isEmpty();
    var health = health();
    assertThat(health.connected()).isEqualTo(1);
    assertThat(health.symbols().getFirst().ageMillis()).isLessThan(5_000);
    assertThat(health.symbols().getFirst().silent()).isFalse();
  }

  @Test
  void onlyWhatIsWantedComes() {
    open(QUICK, List.of(BTC), Set.of(MarketStream.QUOTES));
    until(() -> heard.all(Quote.class).size() > 5, "quotes");
    assertThat(heard.all(MarketEvent.class)).hasOnlyElementsOfType(Quote.class);
    assertThatThrownBy(() -> open(QUICK, List.of(BTC), Set.of(MarketStream.BARS)))
        .hasMessageStartingWith("streams of MEXC are trades, quotes and books");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-sockets", "half-open-sockets", "garbage"})
  void afterWhateverHappensToTheConnectionEverythingIsThereAgain(String fault) {
    open(QUICK, List.of(BTC, SIM), ALL);
    requireBook(1);
    until(() -> heard.all(Trade.class).size() > 5, "trades");
    int before = heard.all(Trade.class).size();
    bob.fault("name", fault);
    until(() -> heard.gaps().size() >= 2, "the gap");
    assertThat(heard.gaps())
        .extracting(StreamGap::symbol, StreamGap::kind)
        .containsExactlyInAnyOrder(
            tuple(BTC, StreamGap.Kind.FEED), tuple(SIM, StreamGap.Kind.FEED));
    if (fault.equals("half-open-sockets")) {
      assertThat(heard.gaps().getFirst().missing()).isGreaterThanOrEqualTo(1_500);
      assertThat(heard.gaps().getFirst().why()).isEqualTo("nothing was heard for 1500 ms");
    }
    requireBook(3);
    until(() -> heard.all(Trade.class).size() > before + 10, "more trades");
    requireNoTradeTwice(heard.all(Trade.class));
    assertThat(health().reconnects()).isEqualTo(1);
    assertThat(health().connected()).isEqualTo(1);
  }

  @Test
  void aBookWithAGapIsAskedForAnew() {
    open(QUICK, List.of(BTC), ALL);
    requireBook(1);
    bob.fault("name", "depth-gap", "symbol", BTC);
    until(() -> !heard.gaps().isEmpty(), "the gap");
    var gap = heard.gaps().getFirst();
    assertThat(gap.kind()).isEqualTo(StreamGap.Kind.BOOK);
    assertThat(gap.missing()).isPositive();
    assertThat(gap.why()).isEqualTo(gap.missing() + " changes of the order book are missing");
    requireBook(3);
    assertThat(health().reconnects()).isZero();
  }

  @Test
  void aSnapshotThatFailsIsAskedForAgain() {
    bob.fault(
        "name", "server-error", "endpoint", "GET /api/v3/depth", "accepted", false, "count", 4);
    open(QUICK, List.of(BTC), ALL);
    until(heard::bookIsValid, "the book");
    requireBook(2);
  }

  @Test
  void oneConnectionAfterTheOtherWithoutAHole() {
    var shortLived =
        new StreamTiming(
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofMillis(1_500),
            Duration.ofMinutes(20));
    open(shortLived, List.of(BTC), ALL);
    requireBook(1);
    until(() -> health().renewals() >= 3, "renewals");
    assertThat(heard.gaps()).isEmpty();
    assertThat(health().reconnects()).isZero();
    requireTradesOnceEach();
    requireBook(2);
  }

  @Test
  void aSymbolWithoutNewsMakesItsConnectionAnew() {
    open(QUICK.withSilent(Duration.ofMillis(700)), List.of(SIM), ALL);
    until(() -> health().symbols().getFirst().silent(), "silence");
    until(() -> health().reconnects() >= 1, "another connection");
    assertThat(heard.gaps().getFirst().why()).startsWith("no news of SIMUSDT for ");
    bob.place(SIM, "BUY", "1", "2");
    until(() -> !heard.all(BookUpdate.class).isEmpty(), "news");
    assertThat(health().symbols().getFirst().ageMillis()).isLessThan(30_000);
  }

  @Test
  void manySymbolsAreSpreadOverConnections() throws TimeoutException {
    Samples.undeploy(vertx);
    var many = new LinkedHashMap<SymbolRules, BigDecimal>();
    for (int i = 0; i < 24; i++) {
      many.put(SymbolRules.of("C" + i, "USDT", 2, 4), BigDecimal.valueOf(100));
    }
    begin(
        new SimulatorConfig(
            0,
            1,
            many,
            Map.of(),
            List.of(Samples.BOB),
            Limits.NONE,
            50,
            0,
            InstantSource.system()));
    var names = many.keySet().stream().map(SymbolRules::symbol).toList();
    open(QUICK, names, ALL);
    assertThat(health().connections()).isEqualTo(3);
    for (var name : names) {
      until(
          () -> heard.all(BookEvent.class).stream().anyMatch(each -> each.symbol().equals(name)),
          name);
    }
  }

  @Test
  void anUnknownSymbolIsRefused() {
    assertThatThrownBy(() -> open(QUICK, List.of(BTC, "NOPEUSDT"), ALL))
        .isInstanceOfSatisfying(
            MexcException.class, refused -> assertThat(refused.error()).isEqualTo(MexcError.SYMBOL))
        .hasMessageContaining("NOPEUSDT");
  }

  @Test
  void anExchangeThatIsAwayForAWhileIsFoundAgain() throws TimeoutException {
    open(QUICK, List.of(BTC), ALL);
    requireBook(1);
    int port = exchange.port();
    Samples.undeploy(vertx);
    until(() -> health().connected() == 0, "the end");
    var again = Samples.config(20);
    begin(
        new SimulatorConfig(
            port,
            again.seed(),
            again.symbols(),
            again.recordings(),
            again.accounts(),
            again.limits(),
            again.stepMillis(),
            again.historyHours(),
            again.clock()));
    until(() -> health().connected() == 1, "the beginning");
    assertThat(heard.gaps()).hasSize(1);
    int before = heard.all(Trade.class).size();
    until(() -> heard.all(Trade.class).size() > before, "trades");
  }
}
