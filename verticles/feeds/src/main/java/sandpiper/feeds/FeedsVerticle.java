package sandpiper.feeds;

import static sandpiper.bus.Channels.CHANGE_FEED_PACE;
import static sandpiper.bus.Channels.CHECK_FILE;
import static sandpiper.bus.Channels.FEED_HEALTH;
import static sandpiper.bus.Channels.FEED_REPORT;
import static sandpiper.bus.Channels.FEED_VALUE;
import static sandpiper.bus.Channels.FIND_INSTRUMENTS;
import static sandpiper.bus.Channels.FLUSH_FEED;
import static sandpiper.bus.Channels.LIST_FILES;
import static sandpiper.bus.Channels.OPEN_FEED;
import static sandpiper.bus.Channels.PAUSE_FEED;
import static sandpiper.bus.Channels.PUBLISH_PRICES;
import static sandpiper.bus.Channels.READ_CANDLES;
import static sandpiper.bus.Channels.READ_TRADES;
import static sandpiper.bus.Channels.SAMPLE_MARKET;
import static sandpiper.bus.Channels.START_FEED;
import static sandpiper.bus.Channels.STOP_FEED;
import static sandpiper.bus.Channels.STORAGE_STATE;
import static sandpiper.bus.Channels.WRITE_PARQUET;
import static sandpiper.bus.Meters.EXCHANGE_AGE;
import static sandpiper.bus.Meters.EXCHANGE_GAPS;
import static sandpiper.bus.Meters.EXCHANGE_RECONNECTS;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import sandpiper.bus.Bus;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedHealth;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.FeedReport;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.FeedValue;
import sandpiper.bus.Messages.FindInstruments;
import sandpiper.bus.Messages.InstrumentList;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.PublishPrices;
import sandpiper.bus.Messages.Published;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Messages.SymbolHealth;
import sandpiper.bus.Messages.WriteParquet;
import sandpiper.bus.Meters;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Instrument;
import sandpiper.mexc.client.FuturesContract;
import sandpiper.mexc.client.FuturesMarket;
import sandpiper.mexc.client.FuturesRest;
import sandpiper.mexc.client.MarketStreams;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.MexcMarket;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.SpotSymbol;

/// Plays market data into sessions, a [ReplayFeed] for each.
///
/// Answers [OPEN_FEED][sandpiper.bus.Channels#OPEN_FEED],
/// [START_FEED][sandpiper.bus.Channels#START_FEED], [STOP_FEED][sandpiper.bus.Channels#STOP_FEED]
/// and what programs publish, [PUBLISH_PRICES][sandpiper.bus.Channels#PUBLISH_PRICES]. Deploy one
/// instance.
public final class FeedsVerticle extends VerticleBase {
  private static final int ANSWERS_KEPT = 1_000;
  private static final long HEALTH_MILLIS = 1_000;
  private static final String LIVE = "lv_";

  private final Path folder;
  private final MexcConfig exchange;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final LongSupplier wallClock;
  private final List<PublishedPrices> published = new ArrayList<>();
  private final List<LiveMarket> live = new ArrayList<>();
  private final Map<String, Future<ReplayFeed>> feeds = new HashMap<>();
  private final LinkedHashMap<String, FeedStopped> answers = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init") // at the start
  private DataSets dataSets;

  /// For as long as it takes: whoever reads a file may be slow.
  @SuppressWarnings("NullAway.Init") // at the start
  private WorkerExecutor exports;

  @SuppressWarnings("NullAway.Init") // at the start
  private MexcRest rest;

  @SuppressWarnings("NullAway.Init") // at the start
  private FuturesRest futures;

  private final Map<String, FuturesContract> contracts = new HashMap<>();

  /// Whether what sessions write waits for room.
  private boolean held;

  private long reconnects;
  private long gaps;
  private double oldest;
  private long endedReconnects;
  private long endedGaps;

  /// @param folder of the data sets that are files
  /// @param exchange where live data come from
  /// @param wallClock UTC microseconds
  /// @param random spreads attempts to connect to the exchange
  public FeedsVerticle(
      Path folder, MexcConfig exchange, LongSupplier wallClock, RandomGenerator random) {
    this(folder, exchange, wallClock, random, System::nanoTime);
  }

  /// @param nanos the clock of paced replays, which never goes back
  FeedsVerticle(
      Path folder,
      MexcConfig exchange,
      LongSupplier wallClock,
      RandomGenerator random,
      LongSupplier nanos) {
    this.folder = folder;
    this.exchange = exchange;
    this.random = random;
    this.wallClock = wallClock;
    this.nanos = nanos;
  }

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    dataSets = new DataSets(folder, bus);
    exports =
        vertx.createSharedWorkerExecutor("exports", WriteParquet.AT_A_TIME, 365, TimeUnit.DAYS);
    rest = new MexcRest(vertx, exchange);
    futures = new FuturesRest(vertx, exchange.futures());
    showLive(bus);
    return Future.all(
        List.of(
            bus.answer(OPEN_FEED, request -> onOpen(bus, request)),
            bus.answer(START_FEED, this::onStart),
            bus.answer(STOP_FEED, this::onStop),
            bus.answer(CHANGE_FEED_PACE, this::onPace),
            bus.answer(PAUSE_FEED, this::onPause),
            bus.read(STORAGE_STATE, this::onStorage),
            bus.answer(PUBLISH_PRICES, this::onPrices),
            bus.answer(FEED_VALUE, this::onValue),
            bus.answer(FEED_REPORT, this::onReport),
            bus.answer(FLUSH_FEED, this::onFlush),
            bus.answer(FIND_INSTRUMENTS, this::onInstruments),
            bus.answer(LIST_FILES, _ -> offLoop(() -> dataSets.list())),
            bus.answer(CHECK_FILE, wanted -> offLoop(() -> FileCheck.of(wanted))),
            bus.answer(WRITE_PARQUET, wanted -> onWriteParquet(bus, wanted)),
            bus.answer(READ_CANDLES, wanted -> offLoop(() -> Drawing.candles(dataSets, wanted))),
            bus.answer(READ_TRADES, wanted -> offLoop(() -> TradeReading.read(dataSets, wanted))),
            bus.answer(
                SAMPLE_MARKET,
                wanted -> vertx.executeBlocking(() -> Samples.read(wanted), false))));
  }

  @Override
  public Future<?> stop() {
    return Future.join(
            List.copyOf(feeds.values()).stream()
                .map(feed -> feed.compose(ReplayFeed::stop).otherwiseEmpty())
                .toList())
        .onComplete(_ -> {
          var _ = exports.close();
          rest.close();
          futures.close();
        });
  }

  /// Meters, and a word a second about every session that hears an exchange.
  private void showLive(Bus bus) {
    var meters = Meters.of(vertx);
    meters.gauge(EXCHANGE_AGE, this, verticle -> verticle.oldest);
    meters.total(EXCHANGE_RECONNECTS, this, verticle -> verticle.reconnects);
    meters.total(EXCHANGE_GAPS, this, verticle -> verticle.gaps);
    vertx.setPeriodic(
        HEALTH_MILLIS,
        _ -> {
          var all = live.stream().map(LiveMarket::health).toList();
          reconnects = endedReconnects + all.stream().mapToLong(FeedHealth::reconnects).sum();
          gaps = endedGaps + all.stream().mapToLong(FeedHealth::gaps).sum();
          oldest =
              all.stream()
                  .flatMap(each -> each.symbols().stream())
                  .mapToDouble(SymbolHealth::ageSeconds)
                  .max()
                  .orElse(0);
          all.forEach(each -> bus.publish(FEED_HEALTH, each));
        });
  }

  private Future<FeedOpened> onOpen(Bus bus, OpenFeed request) {
    var sessionId = request.sessionId();
    if (request.resumedFrom() > 0) {
      answers.remove(sessionId); // an attempt before may have come to nothing
    }
    if (feeds.containsKey(sessionId) || answers.containsKey(sessionId)) {
      throw Refusal.invalid("session " + sessionId + " has a feed already");
    }
    var feed = open(bus, request).recover(failure -> Future.failedFuture(refusal(failure)));
    feeds.put(sessionId, feed);
    return feed.onFailure(_ -> feeds.remove(sessionId))
        .map(opened -> new FeedOpened(opened.startTime(), opened.endTime()));
  }

  private Future<ReplayFeed> open(Bus bus, OpenFeed request) {
    if (request.data().startsWith(DataSets.BRIDGE)) {
      return Future.succeededFuture(request).map(_ -> taker(bus, request));
    }
    return LiveData.isLive(request.data())
        ? Future.succeededFuture(request).compose(_ -> listener(bus, request))
        : openReader(request).map(reader -> feed(bus, request, reader));
  }

  private static void requireAsItComes(OpenFeed request) {
    if (request.acceleration() != null || !request.recorded()) {
      throw Refusal.invalid(
          request.data()
              + " has prices as they come: mode must be paper or live, without acceleration");
    }
  }

  /// A feed of what an exchange says from now on.
  private Future<ReplayFeed> listener(Bus bus, OpenFeed request) {
    requireAsItComes(request);
    return source(request).compose(source -> listener(bus, request, source));
  }

  private Future<LiveMarket.Source> source(OpenFeed request) {
    if (request.data().equals(LiveData.MEXC_FUTURES)) {
      return contracts(request.symbols())
          .map(found ->
              (_, wanted, clock, chance, listener) ->
                  MarketStreams.ofFutures(futures, found, wanted, clock, chance, listener));
    }
    return Future.succeededFuture((symbols, wanted, clock, chance, listener) ->
        new MarketStreams(rest, symbols, wanted, clock, chance, listener));
  }

  /// As they were asked for last, for the exchange wants that to be rare.
  private Future<List<FuturesContract>> contracts(List<String> symbols) {
    return contracts.keySet().containsAll(symbols)
        ? Future.succeededFuture(symbols.stream().map(contracts::get).toList())
        : findContracts(symbols);
  }

  private Future<List<FuturesContract>> findContracts(List<String> symbols) {
    return new FuturesMarket(futures)
        .contracts(symbols)
        .onSuccess(found -> found.forEach(each -> contracts.put(each.instrument().symbol(), each)));
  }

  private Future<ReplayFeed> listener(Bus bus, OpenFeed request, LiveMarket.Source source) {
    var market = new LiveMarket(source, request, wallClock, random);
    return market
        .open()
        .compose(_ -> withRecording(request, market))
        .map(supply -> {
          var feed = feed(bus, request, supply);
          live.add(market);
          feed.ended().onComplete(_ -> forget(market));
          return feed;
        })
        .onFailure(_ -> market.close());
  }

  /// A session that is resumed sees first what it saw before.
  private Future<? extends Supply> withRecording(OpenFeed request, LiveMarket market) {
    return request.resumedFrom() == 0
        ? Future.succeededFuture(market)
        : vertx
            .executeBlocking(
                () -> openUpToFirst(request, "recording:" + request.sessionId()), false)
            .map(reader ->
                new Resumed(new ReadAhead(context, Objects.requireNonNull(reader)), market));
  }

  private void forget(LiveMarket market) {
    if (live.remove(market)) {
      endedReconnects += market.health().reconnects();
      endedGaps += market.health().gaps();
    }
  }

  /// What the exchange says of symbols, at its list price of fees.
  private Future<InstrumentList> onInstruments(FindInstruments wanted) {
    return (wanted.data().equals(LiveData.MEXC_FUTURES)
            ? findContracts(wanted.symbols())
                .map(found ->
                    instruments(wanted, found, FuturesContract::instrument, FuturesContract::open))
            : new MexcMarket(rest)
                .symbols(wanted.symbols())
                .map(found ->
                    instruments(wanted, found, SpotSymbol::instrument, SpotSymbol::tradable)))
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  /// @throws Refusal when one of them is not traded
  private static <T> InstrumentList instruments(
      FindInstruments wanted,
      List<T> found,
      Function<T, Instrument> instrument,
      Predicate<T> isTraded) {
    for (var each : found) {
      if (!isTraded.test(each)) {
        throw Refusal.invalid(
            instrument.apply(each).symbol() + " is not traded on " + wanted.data() + " now");
      }
    }
    return new InstrumentList(found.stream().map(instrument).toList());
  }

  /// A feed of what programs publish from now on.
  private ReplayFeed taker(Bus bus, OpenFeed request) {
    requireAsItComes(request);
    var prices =
        new PublishedPrices(DataSets.published(request.data()), request.symbols(), wallClock);
    var feed = feed(bus, request, prices);
    published.add(prices);
    feed.ended().onComplete(_ -> published.remove(prices));
    return feed;
  }

  /// Either every session that takes these prices has them, or none.
  private Future<Published> onPrices(PublishPrices prices) {
    var takers = published.stream().filter(each -> each.feed().equals(prices.feed())).toList();
    if (takers.isEmpty()) {
      throw Refusal.unknown(
          "no session takes prices of bridge:%s; start one of mode paper with that as its data"
              .formatted(prices.feed()));
    }
    takers.forEach(taker -> taker.check(prices.events()));
    long sessions = takers.stream().filter(taker -> taker.accept(prices.events())).count();
    if (sessions == 0) {
      throw Refusal.invalid(
          "no session that takes prices of bridge:%s has the symbol %s"
              .formatted(prices.feed(), prices.events().getFirst().symbol()));
    }
    return Future.succeededFuture(new Published((int) sessions));
  }

  /// Either every one of the sessions has the value, or none.
  private Future<Published> onValue(FeedValue request) {
    var wanted = request.sessionIds().stream().map(this::find).toList();
    return Future.all(wanted)
        .map(_ -> {
          var takers = wanted.stream().map(Future::result).toList();
          takers.forEach(ReplayFeed::requireRoom);
          takers.forEach(feed -> feed.insert(request.value()));
          return new Published(takers.size());
        })
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  private Future<Done> onReport(FeedReport request) {
    for (var market : live) {
      if (market.sessionId().equals(request.sessionId())) {
        market.tell(request.report());
        return Future.succeededFuture(new Done());
      }
    }
    throw Refusal.unknown("session " + request.sessionId() + " hears no exchange");
  }

  private Future<Done> onFlush(CloseSession request) {
    return find(request.sessionId()).compose(ReplayFeed::recorded).map(_ -> new Done());
  }

  /// On a worker, for it reads the files up to their first events.
  private Future<MarketData> openReader(OpenFeed request) {
    return vertx
        .executeBlocking(() -> openUpToFirst(request, request.data()), false)
        .map(Objects::requireNonNull);
  }

  private MarketData openUpToFirst(OpenFeed request, String data) {
    var reader = dataSets.open(request.symbols(), data, null, request.range());
    try {
      reader.startTime();
      return reader;
    } catch (DataException e) {
      reader.close();
      throw e;
    }
  }

  private ReplayFeed feed(Bus bus, OpenFeed request, MarketData reader) {
    try {
      return feed(bus, request, new ReadAhead(context, reader));
    } catch (IllegalArgumentException e) {
      reader.close();
      throw e;
    }
  }

  private ReplayFeed feed(Bus bus, OpenFeed request, Supply data) {
    request.fills().requireFor(request.symbols(), data.sourceIntervals());
    var feed = new ReplayFeed(context, bus, request, data, nanos);
    feed.ended().onSuccess(answer -> forget(request.sessionId(), answer));
    return feed;
  }

  private void forget(String sessionId, FeedStopped answer) {
    feeds.remove(sessionId);
    answers.put(sessionId, answer);
    if (answers.size() > ANSWERS_KEPT) {
      answers.pollFirstEntry();
    }
  }

  /// Sessions stand still while what they write finds no room, all but live ones: those are told to
  /// stop trading, and their market goes on.
  private void onStorage(StorageState state) {
    held = state.level() == StorageLevel.HELD || state.level() == StorageLevel.FULL;
    feeds.forEach((sessionId, feed) -> feed.onSuccess(opened -> hold(sessionId, opened)));
  }

  private void hold(String sessionId, ReplayFeed feed) {
    if (!sessionId.startsWith(LIVE)) {
      feed.hold(held);
    }
  }

  private Future<Done> onStart(CloseSession request) {
    return find(request.sessionId())
        .map(feed -> {
          hold(request.sessionId(), feed);
          feed.start();
          return new Done();
        });
  }

  private Future<Done> onPause(PauseSession request) {
    return find(request.sessionId())
        .map(feed -> {
          feed.pause(request.paused());
          return new Done();
        });
  }

  private <T> Future<T> offLoop(Callable<T> work) {
    return vertx
        .executeBlocking(work, false)
        .map(Objects::requireNonNull)
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  /// Hands the file on while it is made.
  private Future<Done> onWriteParquet(Bus bus, WriteParquet wanted) {
    return exports
        .executeBlocking(
            () -> {
              RecordingFile.PARQUET.write(
                  bus,
                  wanted.sessionId(),
                  wanted.kind(),
                  wanted.symbol(),
                  new ExportPieces(bus, wanted.exportId()));
              return new Done();
            },
            false)
        .map(Objects::requireNonNull)
        .recover(failure -> Future.failedFuture(broken(failure)));
  }

  /// What is not taken any more is nobody's mistake.
  private static Throwable broken(Throwable failure) {
    return failure instanceof IOException
        ? new Refusal(Refusal.Kind.FAILED, String.valueOf(failure.getMessage()))
        : refusal(failure);
  }

  private Future<Done> onPace(ChangePace request) {
    return find(request.sessionId())
        .map(feed -> {
          feed.changePace(request.acceleration());
          return new Done();
        })
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  private Future<FeedStopped> onStop(CloseSession request) {
    var answer = answers.get(request.sessionId());
    return answer == null
        ? find(request.sessionId()).compose(ReplayFeed::stop)
        : Future.succeededFuture(answer);
  }

  private Future<ReplayFeed> find(String sessionId) {
    var feed = feeds.get(sessionId);
    return feed == null
        ? Future.failedFuture(Refusal.unknown("session " + sessionId + " has no feed running"))
        : feed;
  }

  private static Throwable refusal(Throwable failure) {
    if (failure instanceof MexcException refused) {
      boolean wrong = refused.error() == MexcError.SYMBOL;
      return new Refusal(
          wrong ? Refusal.Kind.INVALID : Refusal.Kind.FAILED, String.valueOf(refused.getMessage()));
    }
    return failure instanceof DataException || failure instanceof IllegalArgumentException
        ? Refusal.invalid(String.valueOf(failure.getMessage()))
        : failure;
  }
}
