package sandpiper.domain.market;

/// Builds the bars of one symbol and interval from trades or from smaller bars.
///
/// Nothing is handed out before its interval is over: when the clock reaches [#closesAt], [#close]
/// comes before the next `add`. An interval without a trade makes no bar. Not thread-safe.
public final class BarBuilder {
  private final String symbol;
  private final Interval interval;
  private final boolean fromBars;
  private long openTime;
  private long closesAt = Long.MAX_VALUE;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;

  public BarBuilder(String symbol, Interval interval) {
    this(symbol, interval, false);
  }

  /// @param fromBars whether smaller bars will be added, not trades
  BarBuilder(String symbol, Interval interval, boolean fromBars) {
    this.symbol = symbol;
    this.interval = interval;
    this.fromBars = fromBars;
  }

  public String symbol() {
    return symbol;
  }

  public Interval interval() {
    return interval;
  }

  /// UTC microseconds of the end of the bar being built; `Long.MAX_VALUE` while there is none.
  public long closesAt() {
    return closesAt;
  }

  /// UTC microseconds of the clock from which nothing can be added any more: of trades the end of
  /// the bar, of smaller bars just after it, for the last of them is known at that end only;
  /// `Long.MAX_VALUE` while there is no bar.
  long overAt() {
    return fromBars && closesAt != Long.MAX_VALUE ? closesAt + 1 : closesAt;
  }

  /// The bar as it stands; the next trade begins a new one.
  ///
  /// @throws IllegalStateException when there is none
  public Bar close() {
    if (closesAt == Long.MAX_VALUE) {
      throw new IllegalStateException("no bar to close");
    }
    closesAt = Long.MAX_VALUE;
    return new Bar(symbol, interval, openTime, open, high, low, close, volume);
  }

  public void add(Trade trade) {
    add(trade.time(), trade.price(), trade.price(), trade.price(), trade.price(), trade.amount());
  }

  /// @param smaller a bar whose interval divides this one's
  public void add(Bar smaller) {
    add(
        smaller.openTime(),
        smaller.open(),
        smaller.high(),
        smaller.low(),
        smaller.close(),
        smaller.volume());
  }

  private void add(long time, double o, double h, double l, double c, double v) {
    if (closesAt == Long.MAX_VALUE) {
      openTime = interval.floor(time);
      closesAt = openTime + interval.micros();
      open = o;
      high = h;
      low = l;
      volume = 0;
    } else {
      high = Math.max(high, h);
      low = Math.min(low, l);
    }
    close = c;
    volume += v;
  }
}
