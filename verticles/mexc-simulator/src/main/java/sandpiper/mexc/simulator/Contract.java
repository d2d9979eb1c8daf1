package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// One contract: its market, its prices, its funding, and the versions of its depth.
///
/// A version is one commit: all prices of the book that have changed since the one before. Whoever
/// asks for the depth causes one, so that what is told of a version is the book of that version.
final class Contract {
  /// Between two settlements.
  static final long CYCLE = 8 * 60 * 60 * 1_000L;

  static final BigDecimal MOST_FUNDING = new BigDecimal("0.003");

  private static final int MOST_COMMITS = 1_000;
  private static final int MOST_SETTLEMENTS = 1_000;
  private static final int RATE_DECIMALS = 6;

  private final ContractRules rules;
  private final Market market;
  private final @Nullable Market index;
  private final ArrayDeque<Commit> commits = new ArrayDeque<>();
  private final ArrayDeque<Settlement> settlements = new ArrayDeque<>();
  private long version = 1_000_000;
  private long gaps;

  /// What has changed in the book, at the end of it.
  record Commit(long version, JsonArray bids, JsonArray asks) {
    JsonObject toJson() {
      return new JsonObject().put("asks", asks).put("bids", bids).put("version", version);
    }
  }

  /// @param time UTC milliseconds
  record Settlement(long time, BigDecimal rate) {}

  /// @param index the market of what it is on; null when there is none
  Contract(ContractRules rules, Market market, @Nullable Market index) {
    this.rules = rules;
    this.market = market;
    this.index = index;
  }

  ContractRules rules() {
    return rules;
  }

  Market market() {
    return market;
  }

  long version() {
    return version;
  }

  /// The oldest first.
  Collection<Commit> commits() {
    return Collections.unmodifiableCollection(commits);
  }

  /// The oldest first.
  Collection<Settlement> settlements() {
    return Collections.unmodifiableCollection(settlements);
  }

  /// Null when nothing has changed.
  @Nullable Commit commit() {
    var window = market.window(PushRate.MS10);
    if (window.isEmpty()) {
      return null;
    }
    version += 1 + market.gaps() - gaps;
    gaps = market.gaps();
    var commit =
        new Commit(version, levels(Side.BUY, window.bids()), levels(Side.SELL, window.asks()));
    var last = market.lastTrade();
    window.told(market.version(), last == null ? 0 : last.id());
    commits.addLast(commit);
    if (commits.size() > MOST_COMMITS) {
      commits.removeFirst();
    }
    return commit;
  }

  /// Prices, contracts and, for what nobody counts here, one order.
  JsonArray levels(Side side, NavigableSet<Long> prices) {
    var levels = new JsonArray();
    prices.forEach(price -> levels.add(level(price, market.book().sizeAt(side, price))));
    return levels;
  }

  /// The best first.
  JsonArray levels(Side side, int most) {
    var levels = new JsonArray();
    var book = market.book();
    for (int i = 0; i < Math.min(most, book.depth(side)); i++) {
      levels.add(level(book.price(side, i), book.size(side, i)));
    }
    return levels;
  }

  private JsonArray level(long price, long contracts) {
    return JsonArray.of(rules.grain().price(price), contracts, contracts == 0 ? 0 : 1);
  }

  BigDecimal last() {
    var trade = market.lastTrade();
    return trade == null ? BigDecimal.ZERO : rules.grain().price(trade.price());
  }

  /// The last price of what it is on; its own last price when that is not known.
  BigDecimal indexPrice() {
    var trade = index == null ? null : index.lastTrade();
    return trade == null || index == null ? last() : index.rules().price(trade.price());
  }

  /// The middle between the best prices; the index while a side of the book is empty.
  BigDecimal fairPrice() {
    long bid = market.best(Side.BUY);
    long ask = market.best(Side.SELL);
    return bid == 0 || ask == 0
        ? indexPrice()
        : rules.grain().price(bid + ask).divide(BigDecimal.TWO);
  }

  /// By how much the contract is dearer than what it is on, within limits.
  BigDecimal fundingRate() {
    var at = indexPrice();
    if (at.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return fairPrice()
        .subtract(at)
        .divide(at, RATE_DECIMALS, RoundingMode.HALF_UP)
        .min(MOST_FUNDING)
        .max(MOST_FUNDING.negate());
  }

  /// The first settlement after a time.
  static long nextSettlement(long time) {
    return Math.floorDiv(time, CYCLE) * CYCLE + CYCLE;
  }

  void settle(long time, BigDecimal rate) {
    settlements.addLast(new Settlement(time, rate));
    if (settlements.size() > MOST_SETTLEMENTS) {
      settlements.removeFirst();
    }
  }
}
