package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;

/// Snapshots and updates of one order book, so that whoever hears them from the beginning can build
/// it. Whether there is a gap it knows because it builds the book itself. For one event loop.
final class BookStream {
  private static final Logger LOG = LoggerFactory.getLogger(BookStream.class);
  private static final int LEVELS = 1_000;
  private static final long PAUSE = 250;
  private static final int MOST_DOUBLINGS = 5;

  private final String symbol;
  private final Vertx vertx;
  private final Snapshots snapshots;
  private final LongSupplier clock;
  private final Consumer<BookEvent> events;
  private final LongConsumer gaps;
  private BookBuilder book;
  private long lastUpdate;
  private int attempts;
  private boolean asking;
  private boolean closed;

  /// Where books come from.
  interface Snapshots {
    /// @param time that the snapshot is to bear, UTC microseconds, asked for when it is here
    Future<BookSnapshot> depth(String symbol, int levels, LongSupplier time);
  }

  /// @param clock UTC microseconds
  /// @param gaps hears how many changes are missing, zero when nobody knows
  BookStream(
      String symbol,
      Vertx vertx,
      Snapshots snapshots,
      LongSupplier clock,
      Consumer<BookEvent> events,
      LongConsumer gaps) {
    this.symbol = symbol;
    this.vertx = vertx;
    this.snapshots = snapshots;
    this.clock = clock;
    this.events = events;
    this.gaps = gaps;
    book = new BookBuilder(symbol);
  }

  /// What was known does not count any more: updates come from now on, and a snapshot is asked for.
  void begin() {
    book = new BookBuilder(symbol);
    lastUpdate = -1;
    attempts = 0;
    ask();
  }

  void close() {
    closed = true;
  }

  /// What is in the book already is passed over.
  void update(BookUpdate update) {
    if (update.lastId() <= lastUpdate || (book.isValid() && update.lastId() <= book.lastId())) {
      return;
    }
    boolean wasValid = book.isValid();
    long before = book.lastId();
    lastUpdate = update.lastId();
    book.apply(update);
    events.accept(update);
    if (!book.isValid()) {
      if (wasValid) {
        gaps.accept(Math.max(0, update.firstId() - before - 1));
      }
      ask();
    }
  }

  private void ask() {
    if (!asking && !closed) {
      asking = true;
      snapshots.depth(symbol, LEVELS, clock).onComplete(this::begin, this::askAgain);
    }
  }

  /// One that is older than the updates that wait is of no use to anybody.
  private void begin(BookSnapshot snapshot) {
    asking = false;
    if (closed) {
      return;
    }
    book.apply(snapshot);
    if (book.isValid()) {
      attempts = 0;
      events.accept(snapshot);
    } else {
      askLater();
    }
  }

  private void askAgain(Throwable failure) {
    asking = false;
    LOG.warn("no order book of {}: {}", symbol, failure.getMessage());
    askLater();
  }

  private void askLater() {
    if (!closed) {
      long pause = PAUSE << Math.min(attempts, MOST_DOUBLINGS);
      attempts++;
      vertx.setTimer(
          pause,
          _ -> {
            if (!book.isValid()) {
              ask();
            }
          });
    }
  }
}
