package sandpiper.mexc.simulator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;
import sandpiper.domain.matching.Matcher;

/// One symbol: its book, and what follows from it, which is trades, candles, versions of the depth.
///
/// A version is one change of one price level. The latest 10,000 trades are kept. Orders of clients
/// have ids above zero, those of nobody in particular below.
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
  private final Set<MatchedOrder> clientOrders = new LinkedHashSet<>();
  private SymbolStatus status = SymbolStatus.ONLINE;
  private long statusTime;
  private long version = 1_000_000;
  private long gaps;
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
      if (order.id() > 0) {
        clientOrders.add(order);
      }
    }
    owner.onChange(this);
  }

  /// An order of nobody in particular, which has all the money there is.
  MatchedOrder placeBackground(Side side, long price, long size, Execution execution) {
    var order = newBackground(side, price, size);
    place(order, execution);
    return order;
  }

  private MatchedOrder newBackground(Side side, long price, long size) {
    return new MatchedOrder(- ++backgroundCount, side, price, size);
  }

  void cancel(MatchedOrder order) {
    matcher.cancel(order);
    touch(order.side(), order.price());
    owner.onChange(this);
  }

  /// Makes an order smaller; it keeps its place.
  ///
  /// @param size by which it shrinks, below what is open
  void reduce(MatchedOrder order, long size) {
    matcher.reduce(order, size);
    touch(order.side(), order.price());
    owner.onChange(this);
  }

  /// Makes an order larger; it goes behind all that rest at its price.
  void enlarge(MatchedOrder order, long size) {
    matcher.enlarge(order, size);
    touch(order.side(), order.price());
    owner.onChange(this);
  }

  /// An order goes behind all that rest at its price.
  void requeue(MatchedOrder order) {
    matcher.move(order, order.price());
  }

  /// Somebody fills an order at its price, whatever stands before it.
  void meet(MatchedOrder order, long size) {
    var taker = newBackground(order.side().opposite(), order.price(), size);
    matcher.meet(taker, order);
    owner.onChange(this);
  }

  /// A trade between two of whom nothing rests in the book.
  void print(long price, long size, Side taker) {
    addTrade(price, size, taker);
    owner.onChange(this);
  }

  /// What has not been told of the book never will be: the next version that is told leaves a gap.
  void skipVersion() {
    version++;
    gaps++;
    windows.values().forEach(window -> window.told(version, window.toldTrade()));
  }

  /// How many gaps there are in the versions.
  long gaps() {
    return gaps;
  }

  /// Those of clients that rest, as they were placed.
  List<MatchedOrder> clientOrders() {
    return List.copyOf(clientOrders);
  }

  @Override
  public void onFill(MatchedOrder taker, MatchedOrder maker, long price, long size) {
    var trade = addTrade(price, size, taker.side());
    touch(maker.side(), price);
    if (!maker.isResting()) {
      clientOrders.remove(maker);
    }
    owner.onFill(this, taker, maker, trade);
  }

  private PublicTrade addTrade(long price, long size, Side taker) {
    var trade = new PublicTrade(++tradeCount, owner.now(), price, size, taker);
    trades.addLast(trade);
    if (trades.size() > MAX_TRADES) {
      trades.removeFirst();
    }
    candles.values().forEach(each -> each.add(trade.time(), price, size));
    return trade;
  }

  @Override
  public void onLeft(MatchedOrder order, long size) {
    if (!order.isResting()) {
      clientOrders.remove(order);
    }
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
