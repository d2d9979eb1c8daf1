package sandpiper.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;

/// The bars, trades, quotes or order books of one file, in order, read as they are asked for.
///
/// Memory is constant however long the file is. Rows before the range are not looked at, as far as
/// the way the file is packed allows that.
public final class MarketDataReader implements SourceData {
  private static final int MAX_REASONS = 5;

  private final DataRequest request;
  private final CsvRows rows;
  private final int columns;
  private final RowFormat format;
  private final long from;
  private final long to;
  private final List<String> skippedReasons = new ArrayList<>();
  private @Nullable MarketEvent ahead;
  private @Nullable DataException failure;
  private boolean atEnd;
  private long read;
  private long skipped;

  private MarketDataReader(DataRequest request, CsvRows rows, RowFormat format) {
    this.request = request;
    this.rows = rows;
    this.columns = rows.columns();
    this.format = format;
    from = request.from() == null ? Long.MIN_VALUE : request.from();
    to = request.to() == null ? Long.MAX_VALUE : request.to();
    if (request.from() != null) {
      rows.skip(this::isTooEarly);
    }
  }

  /// Opens the data and reads their header; no row yet.
  ///
  /// @throws DataException when they cannot be used
  public static MarketDataReader open(DataRequest request) {
    var rows = new CsvRows(DataSource.open(request.data()));
    try {
      return new MarketDataReader(request, rows, Header.read(rows, request));
    } catch (DataException e) {
      rows.close();
      throw e;
    }
  }

  private boolean isTooEarly(CsvRows row) {
    long time = row.columns() == columns ? format.glance(row) : -1;
    return time >= 0 && time < from;
  }

  /// What the file holds.
  public MarketStream kind() {
    return switch (format) {
      case BarFormat _ -> MarketStream.BARS;
      case TradeFormat _ -> MarketStream.TRADES;
      case QuoteFormat _ -> MarketStream.QUOTES;
      case BookFormat _ -> MarketStream.BOOKS;
    };
  }

  /// Of the bars in the file; null for all else.
  public @Nullable Interval sourceInterval() {
    return format instanceof BarFormat bars ? bars.interval() : null;
  }

  @Override
  public @Nullable Long endTime() {
    if (!request.data().equals(DataRequest.DEMO)) {
      return request.to();
    }
    return request.to() == null
        ? DataRequest.DEMO_END
        : Math.min(request.to(), DataRequest.DEMO_END);
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    var interval = sourceInterval();
    return interval == null ? Map.of() : Map.of(request.symbol(), interval);
  }

  @Override
  public long rows() {
    return read;
  }

  @Override
  public long skippedRows() {
    return skipped;
  }

  /// The sentences on the first few rows that were left out.
  public List<String> skippedReasons() {
    return List.copyOf(skippedReasons);
  }

  @Override
  public double progress() {
    return rows.source().progress();
  }

  @Override
  public String description() {
    var interval = sourceInterval();
    return rows.source().name() + ": " + (interval == null ? kind().text() : "bars of " + interval);
  }

  @Override
  public MarketEvent peek() {
    if (ahead == null && !hasNext()) {
      throw new DataException("no row" + request.range() + " in " + rows.source().name());
    }
    return ahead();
  }

  @Override
  public boolean hasNext() {
    if (failure != null) {
      throw failure;
    }
    try {
      readAhead();
    } catch (DataException e) {
      failure = e;
      throw e;
    }
    return ahead != null;
  }

  private void readAhead() {
    while (ahead == null && !atEnd) {
      atEnd = !rows.next();
      if (!atEnd) {
        try {
          convert();
        } catch (BadRow e) {
          skip(rows.source().name() + ", line " + rows.line() + ": " + e.reason());
        }
      }
    }
  }

  private void convert() throws BadRow {
    if (rows.columns() != columns) {
      throw new BadRow("must have " + columns + " columns, had " + rows.columns());
    }
    long time = format.time(rows);
    if (time >= to) {
      atEnd = true;
    } else if (time >= from) {
      ahead = format.event(rows, time);
    }
  }

  private void skip(String sentence) {
    if (!request.skipBadRows()) {
      throw new DataException(sentence);
    }
    skipped++;
    if (skippedReasons.size() < MAX_REASONS) {
      skippedReasons.add(sentence);
    }
  }

  @Override
  public MarketEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var event = ahead();
    ahead = null;
    read++;
    return event;
  }

  private MarketEvent ahead() {
    if (ahead == null) {
      throw new IllegalStateException("no event read ahead");
    }
    return ahead;
  }

  @Override
  public void close() {
    rows.close();
  }
}
