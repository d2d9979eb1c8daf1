package sandpiper.sessions;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.AwaitCollection;
import sandpiper.bus.Messages.CheckFile;
import sandpiper.bus.Messages.CollectionList;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FileChecked;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.ListCollections;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionIds;
import sandpiper.domain.session.SessionMode;

/// Starts, lists and stops data collections. Keeps the latest that ended, for those who ask; the
/// database keeps all. For one event loop.
final class DataCollections {
  private static final int MAX_ENDED = 100;
  private static final int MAX_RUNNING = 16;

  private final Bus bus;
  private final Set<String> symbols;
  private final LongSupplier wallClock;
  private final RandomGenerator random;
  private final Map<String, CollectionRun> runs = new LinkedHashMap<>();

  /// @param symbols that there are instruments for
  /// @param wallClock UTC microseconds
  DataCollections(Bus bus, Set<String> symbols, LongSupplier wallClock, RandomGenerator random) {
    this.bus = bus;
    this.symbols = symbols;
    this.wallClock = wallClock;
    this.random = random;
  }

  /// Completes when all addresses are registered.
  Future<?> open() {
    return Future.all(
        List.of(
            bus.answer(Channels.START_COLLECTION, this::start),
            bus.answer(Channels.IMPORT_FILE, this::importFile),
            bus.answer(Channels.STOP_COLLECTION, this::stop),
            bus.answer(Channels.LIST_COLLECTIONS, this::list),
            bus.answer(Channels.AWAIT_COLLECTION, this::await),
            bus.read(Channels.FEED_PROGRESS, this::onProgress)));
  }

  /// Every running collection is stopped.
  Future<?> close() {
    return Future.join(runs.values().stream().map(run -> run.end(null)).toList());
  }

  private Future<SessionStarted> start(StartCollection request) {
    return start(request, request.data());
  }

  private Future<SessionStarted> start(StartCollection request, String shownData) {
    if (!LiveData.isLive(request.data())) {
      request.symbols().forEach(this::requireKnown);
    }
    if (request.symbols().isEmpty() || request.streams().isEmpty()) {
      throw Refusal.invalid("a data collection needs at least one symbol and one stream");
    }
    long running = runs.values().stream().filter(DataCollections::isRunning).count();
    if (running >= MAX_RUNNING) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          running + " data collections are running, which is as many as may: stop one or wait");
    }
    var millis = wallClock.getAsLong() / 1_000;
    var id = SessionIds.timeOrdered(SessionMode.COLLECTION, millis, random.nextInt());
    var run = new CollectionRun(id, request, shownData, bus, wallClock);
    runs.put(id, run);
    forgetOldest();
    return run.start()
        .map(_ -> new SessionStarted(id, false))
        .onFailure(_ -> {
          if (isRunning(run)) {
            runs.remove(id);
          }
        });
  }

  private Future<SessionStarted> importFile(ImportFile wanted) {
    requireKnown(wanted.symbol());
    return bus.ask(Channels.CHECK_FILE, new CheckFile(wanted.file(), wanted.symbol()))
        .compose(checked -> {
          requireKind(wanted.kind(), checked);
          var all =
              new StartCollection(List.of(wanted.symbol()), checked.streams(), wanted.file(), null);
          return start(all, "import:" + wanted.name());
        });
  }

  private static void requireKind(@Nullable MarketStream kind, FileChecked checked) {
    if (kind != null && !checked.streams().equals(Set.of(kind))) {
      throw Refusal.invalid(
          "kind must be "
              + String.join(
                  " and ", checked.streams().stream().sorted().map(MarketStream::text).toList())
              + ", as the file has them, was "
              + kind.text());
    }
  }

  private void requireKnown(String symbol) {
    if (!symbols.contains(symbol)) {
      throw Refusal.invalid(
          "unknown symbol '" + symbol + "'; there are " + String.join(", ", symbols));
    }
  }

  private static boolean isRunning(CollectionRun run) {
    return !run.state().status().isFinal();
  }

  private Future<CollectionList> stop(StopCollection request) {
    var run = require(request.sessionId());
    return run.end(null).map(_ -> new CollectionList(List.of(run.state())));
  }

  private Future<CollectionState> await(AwaitCollection request) {
    return require(request.sessionId()).over();
  }

  private CollectionRun require(String sessionId) {
    var run = runs.get(sessionId);
    if (run == null) {
      throw Refusal.unknown("unknown data collection '" + sessionId + "'");
    }
    return run;
  }

  private Future<CollectionList> list(ListCollections request) {
    var wanted = request.sessionId();
    return Future.succeededFuture(
        new CollectionList(
            runs.values().stream()
                .map(CollectionRun::state)
                .filter(state -> wanted == null || state.sessionId().equals(wanted))
                .sorted(
                    Comparator.comparingLong(CollectionState::startedAt)
                        .thenComparing(CollectionState::sessionId)
                        .reversed())
                .toList()));
  }

  /// Harmless when it is another's feed.
  void onFeedEnded(FeedEnded ended) {
    var run = runs.get(ended.sessionId());
    if (run != null) {
      run.onFeedEnded(ended.error());
    }
  }

  private void onProgress(FeedProgress progress) {
    var run = runs.get(progress.sessionId());
    if (run != null) {
      run.onProgress(progress);
    }
  }

  void forget(String sessionId) {
    runs.remove(sessionId);
  }

  private void forgetOldest() {
    var ended =
        runs.entrySet().stream()
            .filter(entry -> !isRunning(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    ended.stream().limit(Math.max(0, ended.size() - MAX_ENDED)).toList().forEach(runs::remove);
  }
}
