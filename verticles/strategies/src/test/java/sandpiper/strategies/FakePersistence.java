package sandpiper.strategies;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.FoundVersion;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.StrategySource;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Messages.StrategyWritten;
import sandpiper.bus.Messages.VersionList;
import sandpiper.bus.Messages.WriteStrategy;
import sandpiper.bus.Refusal;

/// Keeps versions in memory, as the database would.
final class FakePersistence extends VerticleBase {
  final Map<String, List<StrategySource>> rows = new ConcurrentHashMap<>();

  /// What every write is turned down with; null writes.
  volatile @Nullable Refusal failure;

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    return Future.all(
        bus.answer(Channels.WRITE_STRATEGY, this::write),
        bus.answer(Channels.FIND_VERSION, this::find),
        bus.answer(Channels.KEPT_VERSIONS, this::list));
  }

  List<StrategySource> of(String name) {
    return rows.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>());
  }

  /// A version that was there before.
  void keep(String name, String source) {
    append(new WriteStrategy(name, Script.hash(source), source, "earlier", null, null));
  }

  private StrategyVersion append(WriteStrategy write) {
    var versions = of(write.name());
    int number = versions.size() + 1;
    var version =
        new StrategyVersion(
            write.name(), number, write.hash(), write.author(), number, write.restoredFrom());
    versions.add(new StrategySource(version, write.source()));
    return version;
  }

  private Future<StrategyWritten> write(WriteStrategy write) {
    if (failure != null) {
      return Future.failedFuture(failure);
    }
    var versions = of(write.name());
    if (!versions.isEmpty() && versions.getLast().version().hash().equals(write.hash())) {
      return Future.succeededFuture(new StrategyWritten(versions.getLast().version(), false));
    }
    if (write.base() != null && write.base() != versions.size()) {
      throw Refusal.conflict(write.name(), write.base(), versions.size());
    }
    return Future.succeededFuture(new StrategyWritten(append(write), true));
  }

  private Future<FoundVersion> find(FindVersion find) {
    var versions = of(find.name());
    int number = find.number() == null ? versions.size() : find.number();
    return Future.succeededFuture(
        new FoundVersion(number < 1 || number > versions.size() ? null : versions.get(number - 1)));
  }

  private Future<VersionList> list(ListVersions list) {
    var versions = new ArrayList<StrategyVersion>();
    of(list.name()).forEach(row -> versions.addFirst(row.version()));
    return Future.succeededFuture(new VersionList(list.name(), versions));
  }
}
