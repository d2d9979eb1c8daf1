package sandpiper.domain.market;

import java.util.ArrayDeque;
import java.util.List;

/// Builds the order book of one symbol from its snapshots and updates. Not thread-safe.
///
/// An update whose first id is more than one above the last id seen leaves a gap: the book is
/// invalid until a snapshot. While it is, updates wait (the latest 1,000), for a snapshot that was
/// asked for may be older than updates that came before it. Updates that a snapshot already
/// contains are passed over. Sides that cross cannot be right and count as a gap.
///
/// No memory is allocated for an update unless the book grows beyond what it has ever been.
///
/// Source: "How to manage a local order book correctly", Binance and MEXC API documentation.
public final class BookBuilder implements OrderBook {
  private static final int MAX_WAITING = 1_000;

  private final String symbol;
  private final BookSide bids = new BookSide(true);
  private final BookSide asks = new BookSide(false);
  private final ArrayDeque<BookUpdate> waiting = new ArrayDeque<>();
  private boolean valid;
  private long time = Long.MIN_VALUE;
  private long lastId = -1;

  public BookBuilder(String symbol) {
    this.symbol = symbol;
  }

  /// @param event of the builder's symbol
  /// @return whether the book is valid and the event is in it
  public boolean apply(BookEvent event) {
    return switch (event) {
      case BookUpdate update -> valid ? update(update) : await(update);
      case BookSnapshot snapshot -> begin(snapshot);
    };
  }

  /// Events that bring another builder to where this one stands, in order: a snapshot, or the
  /// updates that wait for one.
  ///
  /// @param time that they shall bear, UTC microseconds
  public List<BookEvent> events(long time) {
    if (valid) {
      return List.of(
          new BookSnapshot(symbol, time, lastId, bids.top(bids.count()), asks.top(asks.count())));
    }
    return waiting.stream()
        .<BookEvent>map(update ->
            new BookUpdate(
                symbol, time, update.firstId(), update.lastId(), update.bids(), update.asks()))
        .toList();
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public long time() {
    return time;
  }

  @Override
  public long lastId() {
    return lastId;
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public BookSide bids() {
    return bids;
  }

  @Override
  public BookSide asks() {
    return asks;
  }

  private boolean update(BookUpdate update) {
    if (update.lastId() <= lastId) {
      return false;
    }
    if (update.firstId() > lastId + 1) {
      invalidate();
      return await(update);
    }
    bids.set(update.bids());
    asks.set(update.asks());
    return standsAt(update);
  }

  private boolean await(BookUpdate update) {
    if (waiting.size() == MAX_WAITING) {
      waiting.removeFirst();
    }
    waiting.addLast(update);
    return false;
  }

  /// A snapshot from before what is known says nothing new; one that leaves a gap to the updates
  /// that wait is too old.
  private boolean begin(BookSnapshot snapshot) {
    if (valid && snapshot.lastId() <= lastId) {
      return false;
    }
    while (!waiting.isEmpty() && waiting.getFirst().lastId() <= snapshot.lastId()) {
      waiting.removeFirst();
    }
    if (!waiting.isEmpty() && waiting.getFirst().firstId() > snapshot.lastId() + 1) {
      return false;
    }
    bids.clear();
    asks.clear();
    bids.set(snapshot.bids());
    asks.set(snapshot.asks());
    valid = true;
    boolean changed = standsAt(snapshot);
    var later = List.copyOf(waiting);
    waiting.clear();
    for (var update : later) {
      changed = apply(update);
    }
    return changed;
  }

  private boolean standsAt(BookEvent event) {
    time = event.time();
    lastId = event.lastId();
    if (bids.best() >= asks.best()) {
      invalidate();
    }
    return valid;
  }

  private void invalidate() {
    valid = false;
    bids.clear();
    asks.clear();
  }
}
