package sandpiper.domain.metrics;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.MarketEvent;

/// Gathers what a [PerformanceReport] needs while a session runs. Not thread-safe.
///
/// An event costs a few comparisons and no memory; what is kept grows by a point a day and a trade
/// at a time.
///
/// What a trade brought counts at the rate of its last fill where the account has another currency.
///
/// Highs and lows of a trade: while it is held, the low and the high of every bar, the price of
/// every trade and the middle of every quote; of a bar within which it was entered, only the close,
/// which is the one price that certainly came after; where it ends, only the price of the exit.
public final class PerformanceTracker {
  /// Trades that a report lists at most; its figures are of all.
  public static final int MOST_TRADES = 10_000;

  private static final long DAY = 86_400_000_000L;
  private static final long NONE = Long.MIN_VALUE;

  private final BigDecimal startEquity;
  private final long startTime;
  private final String benchmark;
  private final List<DayEnd> days = new ArrayList<>();
  private final List<TrackedTrade> open = new ArrayList<>();
  private final Deque<TrackedTrade> ended = new ArrayDeque<>();
  private final TradeTally all = new TradeTally();
  private final TradeTally longs = new TradeTally();
  private final TradeTally shorts = new TradeTally();
  private long dayEnd = NONE;
  private double firstPrice = Double.NaN;
  private double lastPrice = Double.NaN;

  /// @param price of the benchmark; NaN while it has none
  private record DayEnd(long time, BigDecimal equity, double price) {}

  /// @param startEquity above zero, in quote currency
  /// @param startTime UTC microseconds
  /// @param benchmark symbol of what buying and holding is compared with
  public PerformanceTracker(BigDecimal startEquity, long startTime, String benchmark) {
    this.startEquity = startEquity;
    this.startTime = startTime;
    this.benchmark = benchmark;
  }

  /// Whether `event` begins another UTC day than the latest one; a bar that ends at midnight still
  /// belongs to the day before.
  ///
  /// @param time the session's clock at the event
  public boolean isDayOver(MarketEvent event, long time) {
    return time >= dayEnd && (time > dayEnd || !(event instanceof Bar));
  }

  /// Ends the latest day and begins that of `event`.
  ///
  /// @param equity before the event
  public void beginDay(MarketEvent event, long time, BigDecimal equity) {
    if (dayEnd != NONE) {
      days.add(new DayEnd(dayEnd, equity, lastPrice));
    }
    long within = event instanceof Bar ? time - 1 : time;
    dayEnd = (Math.floorDiv(within, DAY) + 1) * DAY;
  }

  public void onBar(Bar bar) {
    if (bar.symbol().equals(benchmark)) {
      if (Double.isNaN(firstPrice)) {
        firstPrice = bar.open();
      }
      lastPrice = bar.close();
    }
    for (int i = 0; i < open.size(); i++) {
      var trade = open.get(i);
      if (trade.symbol().equals(bar.symbol())) {
        if (trade.lastFill() > bar.openTime()) {
          trade.see(bar.close(), bar.close());
        } else {
          trade.see(bar.low(), bar.high());
        }
      }
    }
  }

  /// A trade between others, or the middle of a quote.
  public void onPrice(String symbol, double price) {
    if (symbol.equals(benchmark)) {
      if (Double.isNaN(firstPrice)) {
        firstPrice = price;
      }
      lastPrice = price;
    }
    for (int i = 0; i < open.size(); i++) {
      var trade = open.get(i);
      if (trade.symbol().equals(symbol)) {
        trade.see(price, price);
      }
    }
  }

  /// @param after the position as the fill left it
  /// @param rate what one unit of the symbol's quote currency is worth in that of the account
  public void onFill(Fill fill, Position after, BigDecimal rate) {
    var side = after.direction() > 0 ? longs : shorts;
    double notional =
        fill.price().doubleValue() * fill.quantity().doubleValue() * rate.doubleValue();
    all.traded(notional);
    side.traded(notional);
    var trade = find(after);
    if (trade == null) {
      open.add(new TrackedTrade(after, fill.time()));
      all.opened(fill.time());
      side.opened(fill.time());
      return;
    }
    trade.fill(after, fill.time());
    if (after.isClosed()) {
      open.remove(trade);
      all.closed(fill.time());
      side.closed(fill.time());
      count(all, trade, fill.time(), rate);
      count(side, trade, fill.time(), rate);
      if (ended.size() == MOST_TRADES) {
        ended.removeFirst();
      }
      ended.addLast(trade);
    }
  }

  private static void count(TradeTally tally, TrackedTrade trade, long time, BigDecimal rate) {
    var position = trade.position();
    tally.add(
        position.net().multiply(rate),
        position.fees().multiply(rate),
        time - position.openedTime(),
        trade.worst().multiply(rate),
        trade.best().multiply(rate));
  }

  /// How the session stands.
  ///
  /// @param periods a year, 365 or 252
  /// @param time the session's clock, UTC microseconds
  /// @param equity now, in quote currency
  public PerformanceReport report(int periods, long time, BigDecimal equity) {
    PerformanceReport.checkPeriods(periods);
    var points = points(periods == PerformanceReport.CALENDAR_DAYS, time, equity);
    var drawdown = DrawdownMetrics.of(points);
    var worth = points.stream().mapToDouble(point -> point.equity().doubleValue()).toArray();
    double average = Statistics.mean(worth);
    return new PerformanceReport(
        periods,
        points.size() - 1,
        startTime,
        time,
        startEquity,
        equity,
        ReturnMetrics.of(worth, periods, drawdown.max()),
        drawdown,
        BenchmarkComparison.of(benchmark, points, periods),
        all.metrics(startTime, time, average),
        longs.metrics(startTime, time, average),
        shorts.metrics(startTime, time, average),
        open.size(),
        MonthlyReturns.of(points),
        points,
        ended.stream()
            .map(trade -> ClosedTrade.of(trade.position(), trade.worst(), trade.best()))
            .toList());
  }

  private List<EquityPoint> points(boolean everyDay, long time, BigDecimal equity) {
    var points = new ArrayList<EquityPoint>();
    points.add(new EquityPoint(startTime, startEquity, held(firstPrice)));
    for (var day : days) {
      add(points, everyDay, day);
    }
    if (dayEnd != NONE) {
      add(points, everyDay, new DayEnd(Math.min(dayEnd, time), equity, lastPrice));
    }
    return points;
  }

  private void add(List<EquityPoint> points, boolean everyDay, DayEnd day) {
    var last = points.getLast();
    if (everyDay) {
      for (long midnight = (Math.floorDiv(last.time(), DAY) + 1) * DAY;
          midnight < day.time();
          midnight += DAY) {
        points.add(new EquityPoint(midnight, last.equity(), last.benchmark()));
      }
    }
    points.add(new EquityPoint(day.time(), day.equity(), held(day.price())));
  }

  /// What the budget is worth in the benchmark at `price`; before its first price, what it began
  /// with.
  private @Nullable Double held(double price) {
    if (Double.isNaN(firstPrice)) {
      return null;
    }
    double start = startEquity.doubleValue();
    return Double.isNaN(price) ? start : start * price / firstPrice;
  }

  private @Nullable TrackedTrade find(Position position) {
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).is(position)) {
        return open.get(i);
      }
    }
    return null;
  }
}
