package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import sandpiper.mexc.client.StreamGap;
import sandpiper.mexc.client.StreamHealth;
import sandpiper.mexc.client.StreamTiming;

/// What the streams of a market tell, held against what REST of the same exchange says, with
/// everything that goes wrong on the way.
@ExtendWith(VertxExtension.class)
abstract class MarketStreamsCases {
  static final Set<MarketStream> ALL =
      Set.of(MarketStream.TRADES, MarketStream.QUOTES, MarketStream.BOOKS);

  /// As in life, but for a second what would be ten.
  static final StreamTiming QUICK =
      new StreamTiming(
          Duration.ofMillis(300),
          Duration.ofMillis(1_500),
          Duration.ofSeconds(60),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(20));

  Vertx vertx;
  SimulatedExchange exchange;
  TestClient bob;
  final Heard heard = new Heard(btc());
  private @Nullable MarketStreams streams;

  /// Of the symbol that trades itself.
  abstract String btc();

  /// Of the symbol that lies still.
  abstract String sim();

  /// Between two moments of what trades itself.
  abstract int stepMillis();

  abstract MarketStreams streams(
      String host, StreamTiming timing, List<String> symbols, Set<MarketStream> wanted);

  /// Method and path by which snapshots of books are asked for.
  abstract String depthEndpoint();

  abstract Book depth();

  /// Price and size of the latest trades of the symbol that trades itself, the oldest first.
  abstract List<String> trades();

  /// That [#trades] has at most.
  abstract int mostTrades();

  /// Somebody bids for the symbol that lies still.
  abstract void bid();

  /// A book as it was asked for.
  record Book(long id, Map<Double, Double> bids, Map<Double, Double> asks) {}

  /// Everything that was told, in order; read by the test while the event loop writes.
  static final class Heard implements MarketStreams.Listener {
    private final List<MarketEvent> events = new ArrayList<>();
    private final List<StreamGap> gaps = new ArrayList<>();
    private final BookBuilder book;

    private Heard(String btc) {
      book = new BookBuilder(btc);
    }

    @Override
    public synchronized void onEvent(MarketEvent event) {
      events.add(event);
      if (event instanceof BookEvent part && part.symbol().equals(book.symbol())) {
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
    begin(Samples.config(stepMillis()));
  }

  final void begin(SimulatorConfig simulated) throws TimeoutException {
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

  static <T> T await(Future<T> future) {
    try {
      return future.await(30, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  private @Nullable Context loop;

  <T> T onLoop(Supplier<Future<T>> work) {
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

  void open(StreamTiming timing, List<String> symbols, Set<MarketStream> wanted) {
    var host = "127.0.0.1:" + exchange.port();
    onLoop(() -> {
      var opened = streams(host, timing, symbols, wanted);
      streams = opened;
      return opened.open();
    });
  }

  StreamHealth health() {
    return onLoop(() -> Future.succeededFuture(Objects.requireNonNull(streams).health()));
  }

  static void until(BooleanSupplier condition, String what) {
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

  /// The book as it was told is the book of a snapshot that was asked for, `times` over.
  void requireBook(int times) {
    int compared = 0;
    for (int i = 0; i < 400 && compared < times; i++) {
      var now = depth();
      long end = System.nanoTime() + 150_000_000;
      while (System.nanoTime() < end && !heard.bookIsAt(now.id())) {
        Thread.onSpinWait();
      }
      synchronized (heard) {
        if (heard.bookIsAt(now.id())) {
          assertThat(heard.side(true)).isEqualTo(now.bids());
          assertThat(heard.side(false)).isEqualTo(now.asks());
          compared++;
        }
      }
    }
    assertThat(compared).as("snapshots that end where an update ends").isEqualTo(times);
  }

  /// The latest trades as they were told are a run within those that REST has.
  private void requireTradesOnceEach() {
    until(() -> heard.all(Trade.class).size() > 20, "trades");
    var mine = mine();
    var rows = trades();
    assertThat(Collections.indexOfSubList(rows, mine))
        .as("a run of %d trades within those of REST", mine.size())
        .isNotNegative();
  }

  private List<String> mine() {
    var told =
        heard.all(Trade.class).stream()
            .filter(each -> each.symbol().equals(btc()))
            .map(each -> each.price() + " " + each.amount())
            .toList();
    return told.subList(Math.max(0, told.size() - mostTrades() / 2), told.size());
  }

  private void requireNoTradeTwice() {
    var mine = mine();
    var rows = trades();
    for (var trade : Set.copyOf(mine)) {
      assertThat(Collections.frequency(mine, trade))
          .as(trade)
          .isLessThanOrEqualTo(Collections.frequency(rows, trade));
    }
  }

  @Test
  void tradesQuotesAndTheBookAreThoseOfTheExchange() {
    open(QUICK, List.of(btc()), ALL);
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
    open(QUICK, List.of(btc()), Set.of(MarketStream.QUOTES));
    until(() -> heard.all(Quote.class).size() > 5, "quotes");
    assertThat(heard.all(MarketEvent.class))
        // A value about the market is no stream.
        .filteredOn(event -> MarketStream.of(event) != null)
        .hasOnlyElementsOfType(Quote.class);
    assertThatThrownBy(() -> open(QUICK, List.of(btc()), Set.of(MarketStream.BARS)))
        .hasMessageStartingWith("streams of MEXC are trades, quotes and books");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-sockets", "half-open-sockets", "garbage"})
  void afterWhateverHappensToTheConnectionEverythingIsThereAgain(String fault) {
    open(QUICK, List.of(btc(), sim()), ALL);
    requireBook(1);
    until(() -> heard.all(Trade.class).size() > 5, "trades");
    int before = heard.all(Trade.class).size();
    bob.fault("name", fault);
    until(() -> heard.gaps().size() >= 2, "the gap");
    assertThat(heard.gaps())
        .extracting(StreamGap::symbol, StreamGap::kind)
        .containsExactlyInAnyOrder(
            tuple(btc(), StreamGap.Kind.FEED), tuple(sim(), StreamGap.Kind.FEED));
    if (fault.equals("half-open-sockets")) {
      assertThat(heard.gaps().getFirst().missing()).isGreaterThanOrEqualTo(1_500);
      assertThat(heard.gaps().getFirst().why()).isEqualTo("nothing was heard for 1500 ms");
    }
    requireBook(3);
    until(() -> heard.all(Trade.class).size() > before + 10, "more trades");
    requireNoTradeTwice();
    assertThat(health().reconnects()).isEqualTo(1);
    assertThat(health().connected()).isEqualTo(1);
  }

  @Test
  void aBookWithAGapIsAskedForAnew() {
    open(QUICK, List.of(btc()), ALL);
    requireBook(1);
    bob.fault("name", "depth-gap", "symbol", btc());
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
    bob.fault("name", "server-error", "endpoint", depthEndpoint(), "accepted", false, "count", 4);
    open(QUICK, List.of(btc()), ALL);
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
    open(shortLived, List.of(btc()), ALL);
    requireBook(1);
    until(() -> health().renewals() >= 3, "renewals");
    assertThat(heard.gaps()).isEmpty();
    assertThat(health().reconnects()).isZero();
    requireTradesOnceEach();
    requireBook(2);
  }

  @Test
  void aSymbolWithoutNewsMakesItsConnectionAnew() {
    open(QUICK.withSilent(Duration.ofMillis(700)), List.of(sim()), ALL);
    until(() -> health().symbols().getFirst().silent(), "silence");
    until(() -> health().reconnects() >= 1, "another connection");
    assertThat(heard.gaps().getFirst().why()).startsWith("no news of " + sim() + " for ");
    bid();
    until(() -> !heard.all(BookUpdate.class).isEmpty(), "news");
    assertThat(health().symbols().getFirst().ageMillis()).isLessThan(30_000);
  }

  @Test
  void anExchangeThatIsAwayForAWhileIsFoundAgain() throws TimeoutException {
    open(QUICK, List.of(btc()), ALL);
    requireBook(1);
    int port = exchange.port();
    Samples.undeploy(vertx);
    until(() -> health().connected() == 0, "the end");
    var again = Samples.config(stepMillis());
    begin(
        new SimulatorConfig(
            port,
            again.seed(),
            again.symbols(),
            again.contracts(),
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
