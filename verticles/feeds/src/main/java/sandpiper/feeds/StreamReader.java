package sandpiper.feeds;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// The messages of an exchange's streams as they were received: trades, quotes and the order book.
///
/// Each line is the time of its arrival in nanoseconds since 1970, 19 digits, a space and the
/// message ([StreamMessages]). The session's time is that of arrival; what the exchange says of
/// time is not used. A range that begins later begins with the order book as it stood then.
final class StreamReader implements SourceData {
  private static final int TIME_DIGITS = 19;
  private static final int MICROS_DIGITS = 16;

  private final DataRequest request;
  private final Lines lines;
  private final StreamMessages messages;
  private final BookBuilder before;
  private final long from;
  private final long to;
  private final ArrayDeque<MarketEvent> ahead = new ArrayDeque<>();
  private @Nullable DataException failure;
  private boolean atEnd;
  private boolean inRange;
  private long last = Long.MIN_VALUE;
  private long read;
  private long skipped;

  private StreamReader(DataRequest request, Lines lines) {
    this.request = request;
    this.lines = lines;
    messages = new StreamMessages(request.symbol());
    before = new BookBuilder(request.symbol());
    from = request.from() == null ? Long.MIN_VALUE : request.from();
    to = request.to() == null ? Long.MAX_VALUE : request.to();
    inRange = request.from() == null;
  }

  /// Whether the data begin as such lines do.
  static boolean isFor(String data) {
    try (var source = DataSource.open(data)) {
      var head = source.text().readNBytes(TIME_DIGITS + 2);
      return isTime(head, 0, head.length) && head[TIME_DIGITS + 1] == '{';
    } catch (IOException e) {
      throw new DataException(data + ": " + DataSource.explain(e));
    }
  }

  static StreamReader open(DataRequest request) {
    return new StreamReader(request, new Lines(DataSource.open(request.data())));
  }

  @Override
  public @Nullable Long endTime() {
    return request.to();
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    return Map.of();
  }

  @Override
  public long rows() {
    return read;
  }

  @Override
  public long skippedRows() {
    return skipped;
  }

  @Override
  public double progress() {
    return lines.source().progress();
  }

  @Override
  public String description() {
    return lines.source().name() + ": trades, quotes and order book";
  }

  @Override
  public MarketEvent peek() {
    var event = hasNext() ? ahead.peekFirst() : null;
    if (event == null) {
      throw new DataException("no message" + request.range() + " in " + lines.source().name());
    }
    return event;
  }

  @Override
  public boolean hasNext() {
    if (failure != null) {
      throw failure;
    }
    try {
      while (ahead.isEmpty() && !atEnd) {
        readAhead();
      }
    } catch (DataException e) {
      failure = e;
      throw e;
    }
    return !ahead.isEmpty();
  }

  @Override
  public MarketEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    read++;
    return ahead.removeFirst();
  }

  @Override
  public void close() {
    lines.close();
  }

  private void readAhead() {
    atEnd = !lines.next();
    if (!atEnd) {
      try {
        convert();
      } catch (BadRow e) {
        if (!request.skipBadRows()) {
          throw new DataException(
              lines.source().name() + ", line " + lines.number() + ": " + e.reason());
        }
        skipped++;
      }
    }
  }

  private void convert() throws BadRow {
    long time = time();
    if (time >= to) {
      atEnd = true;
      return;
    }
    int head = TIME_DIGITS + 1;
    var event = messages.event(lines.bytes(), lines.start() + head, lines.length() - head, time);
    last = time;
    if (time >= from) {
      begin(time);
      ahead.add(event);
    } else if (event instanceof BookEvent book) {
      before.apply(book);
    }
  }

  /// What came before the range, as far as it matters in it.
  private void begin(long time) {
    if (!inRange) {
      inRange = true;
      ahead.addAll(before.events(time));
    }
  }

  /// UTC microseconds of the line at hand, not before the line before it.
  private long time() throws BadRow {
    int start = lines.start();
    if (!isTime(lines.bytes(), start, lines.length())) {
      throw new BadRow("must begin with 19 digits (nanoseconds) and a space");
    }
    long time = Numbers.whole(lines.bytes(), start, start + MICROS_DIGITS);
    if (time < last) {
      throw new BadRow("time must not go back, was " + time + " after " + last + " (microseconds)");
    }
    return time;
  }

  private static boolean isTime(byte[] bytes, int start, int length) {
    if (length < TIME_DIGITS + 2 || bytes[start + TIME_DIGITS] != ' ') {
      return false;
    }
    for (int i = start; i < start + TIME_DIGITS; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
