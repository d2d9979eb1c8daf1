package sandpiper.mexc.simulator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;
import sandpiper.domain.matching.Matcher;

/// One symbol: its book, and what follows from it, which is trades, candles, versions of the depth.
///
/// A version is one change of one price level. The latest 10,000 trades are kept.
final class Market implements Matcher.Listener {
  private static final int MAX_TRADES = 10_000;

  /// Hears of orders, within the call that causes it.
  interface Owner {
    void onFill(Market market, MatchedOrder taker, MatchedOrder maker, PublicTrade trade);

    void onLeft(Market market, MatchedOrder order);

    void onChange(Market market);

    long now();
  }

  private final SymbolRules rules;
  private final Owner owner;
  private final Matcher matcher = new Matcher(this);
  private final Map<KlineInterval, Candles> candles = new EnumMap<>(KlineInterval.class);
  private final ArrayDeque<PublicTrade> trades = new ArrayDeque<>();
  private final Map<PushRate, PushWindow> windows = new EnumMap<>(PushRate.class);
  private SymbolStatus status = SymbolStatus.ONLINE;
  private long statusTime;
  private long version = 1_000_000;
  private long tradeCount;
  private long backgroundCount;
  private long lastOrderTime;

  Market(SymbolRules rules, Owner owner) {
    this.rules = rules;
    this.owner = owner;
    for (var rate : PushRate.values()) {
      windows.put(rate, new PushWindow(version));
    }
    for (var interval : KlineInterval.values()) {
      candles.put(interval, new Candles(interval));
    }
  }

  SymbolRules rules() {
    return rules;
  }

  SymbolStatus status() {
    return status;
  }

  /// UTC milliseconds of the latest change of status; zero when there was none.
  long statusTime() {
    return statusTime;
  }

  void setStatus(SymbolStatus next) {
    status = next;
    statusTime = owner.now();
  }

  void place(MatchedOrder order, Execution execution) {
    lastOrderTime = owner.now();
    matcher.place(order, execution);
    if (order.isResting()) {
      touch(order.side(), order.price());
    }
    owner.onChange(this);
  }

  /// An order of nobody in particular, which has all the money there is.
  MatchedOrder placeBackground(Side side, long price, long size, Execution execution) {
    var order = new MatchedOrder(- ++backgroundCount, side, price, size);
    place(order, execution);
    return order;
  }

  void cancel(MatchedOrder order) {
    matcher.cancel(order);
    touch(order.side(), order.price());
    owner.onChange(this);
  }

  @Override
  public void onFill(MatchedOrder taker, MatchedOrder maker, long price, long size) {
    var trade = new PublicTrade(++tradeCount, owner.now(), price, size, taker.side());
    trades.addLast(trade);
    if (trades.size() > MAX_TRADES) {
      trades.removeFirst();
    }
    candles.values().forEach(each -> each.add(trade.time(), price, size));
    touch(maker.side(), price);
    owner.onFill(this, taker, maker, trade);
  }

  @Override
  public void onLeft(MatchedOrder order, long size) {
    owner.onLeft(this, order);
  }

  private void touch(Side side, long price) {
    version++;
    windows.values().forEach(window -> window.touch(side == Side.BUY, price));
  }

  /// What has happened until now is known to everybody.
  void begin() {
    windows.values().forEach(window -> window.told(version, tradeCount));
  }

  /// The book, to read.
  Matcher book() {
    return matcher;
  }

  /// In ticks; zero when nobody wants it.
  long best(Side side) {
    return matcher.depth(side) == 0 ? 0 : matcher.price(side, 0);
  }

  long version() {
    return version;
  }

  long lastOrderTime() {
    return lastOrderTime;
  }

  /// The oldest first.
  Collection<PublicTrade> trades() {
    return Collections.unmodifiableCollection(trades);
  }

  @Nullable PublicTrade lastTrade() {
    return trades.peekLast();
  }

  Candles candles(KlineInterval interval) {
    return Objects.requireNonNull(candles.get(interval));
  }

  PushWindow window(PushRate rate) {
    return Objects.requireNonNull(windows.get(rate));
  }
}
