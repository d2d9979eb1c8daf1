package sandpiper.feeds;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import sandpiper.domain.market.MarketEvent;

/// Reads events on a worker thread, one batch ahead of the event loop that takes them.
///
/// All methods are for that event loop. At most two batches are in memory.
final class ReadAhead {
  private static final int BATCH = 1_000;

  private final Context context;
  private final MarketData reader;
  private Iterator<MarketEvent> batch = List.<MarketEvent>of().iterator();
  private Future<List<MarketEvent>> next;

  ReadAhead(Context context, MarketData reader) {
    this.context = context;
    this.reader = reader;
    next = read();
  }

  private Future<List<MarketEvent>> read() {
    return context.executeBlocking(this::readBatch, false).map(Objects::requireNonNull);
  }

  /// What comes before bad data is handed on; the next batch then fails.
  private List<MarketEvent> readBatch() {
    var events = new ArrayList<MarketEvent>(BATCH);
    try {
      while (events.size() < BATCH && reader.hasNext()) {
        events.add(reader.next());
      }
    } catch (DataException e) {
      if (events.isEmpty()) {
        throw e;
      }
    }
    return events;
  }

  /// Completes when [#hasNext] can tell; fails when the data cannot be read.
  Future<?> ready() {
    return batch.hasNext() ? Future.succeededFuture() : next;
  }

  /// Whether there is an event; ask only when [#ready] has completed.
  boolean hasNext() {
    if (!batch.hasNext() && !next.result().isEmpty()) {
      batch = next.result().iterator();
      next = read();
    }
    return batch.hasNext();
  }

  MarketEvent next() {
    return batch.next();
  }

  /// Closes the file as soon as it is not being read.
  Future<?> close() {
    return next.otherwiseEmpty()
        .compose(_ ->
            context.executeBlocking(
                () -> {
                  reader.close();
                  return true;
                },
                false));
  }
}
