package sandpiper.feeds;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// Reads events on a worker thread, one batch ahead of the event loop that takes them.
///
/// All methods are for that event loop. At most two batches are in memory.
final class ReadAhead implements Supply {
  private static final int BATCH = 1_000;

  private final Context context;
  private final MarketData reader;
  private final long startTime;
  private final @Nullable Long endTime;
  private final Map<String, Interval> intervals;
  private Iterator<MarketEvent> batch = List.<MarketEvent>of().iterator();
  private Future<List<MarketEvent>> next;

  /// @param reader looked at up to its first event; closed with this
  ReadAhead(Context context, MarketData reader) {
    this.context = context;
    this.reader = reader;
    startTime = reader.startTime();
    endTime = reader.endTime();
    intervals = reader.sourceIntervals();
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

  @Override
  public long startTime() {
    return startTime;
  }

  @Override
  public @Nullable Long endTime() {
    return endTime;
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    return intervals;
  }

  @Override
  public String description() {
    return reader.description();
  }

  @Override
  public double progress() {
    return reader.progress();
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Future<?> ready() {
    return batch.hasNext() ? Future.succeededFuture() : next;
  }

  @Override
  public boolean hasNext() {
    if (!batch.hasNext() && !next.result().isEmpty()) {
      batch = next.result().iterator();
      next = read();
    }
    return batch.hasNext();
  }

  @Override
  public MarketEvent next() {
    return batch.next();
  }

  @Override
  public long takenAt() {
    return 0;
  }

  /// The file, as soon as it is not being read.
  @Override
  public Future<?> close() {
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
