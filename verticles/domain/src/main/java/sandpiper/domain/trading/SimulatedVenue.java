package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// Fills orders against market data, in the order in which they were placed. An order meets the
/// first event after the one it was placed in, never the same, and no bar that began before it was
/// placed: with several symbols that one may still come, and its open is past.
///
/// A trade is one price, a quote one to buy at and one to sell at. A bar is looked at in steps, so
/// that of two orders the same one is always first:
///
/// 1. the open, a price like a trade's: what is beyond its price fills here (a gap);
/// 2. stops, with the trigger as it stood at the open, against low or high;
/// 3. limit orders and take-profits against low or high;
/// 4. trailing stops once more, after the best price of the bar has moved their trigger.
///
/// So of a stop and a take-profit within one bar the stop is hit: nothing is known of the path, and
/// the worse is assumed. What joins while the bar is looked at (the exits of an entry that fills)
/// takes part in the steps that follow if it joined at the open; if it joined later, or was changed
/// since the bar began, a stop is held against low or high, and everything else against the close
/// alone, which is the one price that certainly came after.
///
/// Always the whole quantity, unless slippage by volume share leaves less; the market is not moved
/// by it. Conditions, order type by order type, stand in `docs/fills.md`.
final class SimulatedVenue implements Venue {
  private final List<Resting> resting = new ArrayList<>();
  private final Listener listener;
  private final FillModel model;
  private final boolean through;
  private final Slip slip;
  private @Nullable String matched;
  private @Nullable String inside;
  private int leaving;

  SimulatedVenue(Listener listener, FillRules rules) {
    this.listener = listener;
    model = rules.model();
    through = rules.limits() == LimitFill.THROUGH;
    slip = new Slip(rules.slippage());
  }

  @Override
  public void place(Order order, Instrument instrument, double reference, long since) {
    // What joins while its own symbol is looked at belongs into that event.
    boolean joins = order.symbol().equals(matched);
    var placed = new Resting(order, instrument, reference, joins ? Long.MIN_VALUE : since);
    if (order.symbol().equals(inside)) {
      placed.joinInside();
    }
    resting.add(placed);
  }

  @Override
  public boolean cancel(String orderId) {
    var found = find(orderId);
    if (found != null) {
      leave(found);
      if (matched == null) {
        forget();
      }
    }
    return true;
  }

  /// It keeps its place.
  @Override
  public boolean amend(Order order, long time) {
    var found = find(order.orderId());
    if (found == null) {
      throw new IllegalStateException("order " + order.orderId() + " is not at the venue");
    }
    found.amend(order, time);
    return true;
  }

  @Override
  public boolean isIdle() {
    return resting.size() == leaving;
  }

  @Override
  public void onMarket(MarketEvent event) {
    matched = event.symbol();
    switch (event) {
      case Trade trade -> {
        if (fillsOn(FillModel.TRADE)) {
          slip.begin(trade.amount());
          onPrice(trade.symbol(), trade.price(), trade.price(), trade.time(), false);
        }
      }
      case Quote quote -> {
        if (fillsOn(FillModel.QUOTE)) {
          slip.begin(quote.askSize(), quote.bidSize());
          onPrice(quote.symbol(), quote.ask(), quote.bid(), quote.time(), false);
        }
      }
      case Bar bar -> {
        if (fillsOn(FillModel.BAR)) {
          slip.begin(bar.volume());
          onBar(bar);
        }
      }
      case BarClosed _, BookEvent _, ExternalValue _, VenueReport _ -> {
        // Derived from what the venue has already seen, or no price; order books are for BookVenue.
      }
    }
    matched = null;
    forget();
  }

  private boolean fillsOn(FillModel kind) {
    return model == FillModel.ANY || model == kind;
  }

  /// @param gaps whether orders that have waited fill at this very price, not at their own
  private void onPrice(String symbol, double toBuy, double toSell, long time, boolean gaps) {
    int count = resting.size(); // what joins meanwhile meets the next price
    for (int i = 0; i < count; i++) {
      var each = resting.get(i);
      if (!each.meets(symbol, time)) {
        continue;
      }
      if (each.changedAfter(time)) {
        each.joinInside();
        continue;
      }
      double price = each.isBuy() ? toBuy : toSell;
      if (each.waits()) {
        if (!each.triggeredBy(price)) {
          if (each.trails()) {
            each.follow(price);
          }
          continue;
        }
        trigger(each);
      }
      atPrice(each, price, time, gaps);
    }
  }

  private void atPrice(Resting each, double price, long time, boolean gaps) {
    var terms = each.order().terms();
    if (!each.hasLimit()) {
      execute(each, Decimals.exact(price), false, time);
    } else if (each.limitAllows(price)) {
      if (each.met()) {
        if (each.limitReached(price, through)) {
          execute(each, gaps ? Decimals.exact(price) : each.exactLimit(), true, time);
        }
      } else if (terms.postOnly()) {
        leave(each);
        listener.onWouldTake(each.order(), Decimals.exact(price));
      } else {
        execute(each, Decimals.exact(price), false, time);
      }
    } else if (terms.timeInForce().isImmediate()) {
      leave(each);
      listener.onMissed(each.order(), Decimals.exact(price));
    } else {
      each.meet();
    }
  }

  private void onBar(Bar bar) {
    onPrice(bar.symbol(), bar.open(), bar.open(), bar.openTime(), true);
    inside = bar.symbol();
    int count = resting.size();
    stops(bar, count);
    limits(bar, count);
    trailed(bar, count);
    if (resting.size() > count || anyJoinedInside(count)) {
      joined(bar);
    }
    inside = null;
    for (int i = 0; i < resting.size(); i++) {
      var each = resting.get(i);
      if (each.meets(bar.symbol(), bar.openTime())) {
        each.endBar();
      }
    }
  }

  private void stops(Bar bar, int count) {
    for (int i = 0; i < count; i++) {
      var each = resting.get(i);
      if (takesPart(each, bar) && each.isStop() && each.triggeredBy(worst(each, bar))) {
        stop(each, each.triggerOrWorse(bar.open()), bar);
      }
    }
  }

  private void limits(Bar bar, int count) {
    for (int i = 0; i < count; i++) {
      var each = resting.get(i);
      if (!takesPart(each, bar) || each.isStop() || each.joinedInside()) {
        continue;
      }
      double reached = each.isBuy() ? bar.low() : bar.high();
      if (each.waits()) {
        if (each.triggeredBy(reached)) {
          var price = each.triggerOrBetter(bar.open());
          trigger(each);
          execute(each, price, false, bar.time());
        }
      } else if (each.hasLimit() && each.limitAllows(reached)) {
        if (!each.met() && each.limitAllows(bar.open())) {
          execute(each, Decimals.exact(bar.open()), false, bar.openTime());
        } else if (each.limitReached(reached, through)) {
          execute(each, each.exactLimit(), true, bar.time());
        }
      }
    }
  }

  private void trailed(Bar bar, int count) {
    for (int i = 0; i < count; i++) {
      var each = resting.get(i);
      if (takesPart(each, bar) && each.trails()) {
        boolean moved = each.follow(each.isBuy() ? bar.low() : bar.high());
        if (moved && each.triggeredBy(worst(each, bar))) {
          stop(each, each.exactTrigger(), bar);
        }
      }
    }
  }

  /// What joined in the middle of the bar; what joins in answer to that waits for the next event.
  private void joined(Bar bar) {
    int count = resting.size();
    for (int i = 0; i < count; i++) {
      var each = resting.get(i);
      if (each.meets(bar.symbol(), bar.openTime())
          && each.joinedInside()
          && each.isStop()
          && each.triggeredBy(worst(each, bar))) {
        stop(each, each.triggerOrWorse(each.best()), bar);
      }
    }
    for (int i = 0; i < count; i++) {
      var each = resting.get(i);
      if (!each.meets(bar.symbol(), bar.openTime()) || !each.joinedInside()) {
        continue;
      }
      if (each.trails()) {
        each.follow(bar.close());
      } else if (each.waits() && !each.isStop() && each.triggeredBy(bar.close())) {
        var price = each.exactTrigger();
        trigger(each);
        execute(each, price, false, bar.time());
      } else if (!each.waits() && each.limitReached(bar.close(), through)) {
        execute(each, each.exactLimit(), true, bar.time());
      }
    }
  }

  /// A stop was hit at `price` within a bar. If it turns into a limit order that does not allow
  /// that price, it goes on as one that joined inside the bar.
  private void stop(Resting each, BigDecimal price, Bar bar) {
    trigger(each);
    if (!each.hasLimit() || each.limitAllows(price.doubleValue())) {
      execute(each, price, false, bar.time());
    } else {
      each.meet();
      each.joinInside();
    }
  }

  private void trigger(Resting each) {
    each.change(listener.onTriggered(each.order(), each.exactTrigger()));
  }

  private void execute(Resting each, BigDecimal price, boolean maker, long time) {
    var order = each.order();
    var part = slip.part(order, each.instrument());
    boolean immediate = order.terms().timeInForce().isImmediate();
    boolean whole = part.compareTo(order.remaining()) == 0;
    if (part.signum() == 0 || (!whole && order.terms().timeInForce() == TimeInForce.FOK)) {
      if (immediate) {
        leave(each);
        listener.onMissed(order, price);
      }
      return;
    }
    var at = maker ? price : slip.price(order, price, part, each.instrument());
    slip.take(order, part);
    each.change(listener.onExecution(order, at, part, maker, time));
    if (each.order().status().isFinal()) {
      leave(each);
    } else if (immediate) {
      leave(each);
      listener.onMissed(each.order(), price);
    }
  }

  private void leave(Resting each) {
    if (!each.gone()) {
      each.leave();
      leaving++;
    }
  }

  private boolean anyJoinedInside(int count) {
    for (int i = 0; i < count; i++) {
      if (resting.get(i).joinedInside()) {
        return true;
      }
    }
    return false;
  }

  /// Whether the order is there for the whole of the bar, not for its open alone.
  private static boolean takesPart(Resting each, Bar bar) {
    var expiresAt = each.order().terms().expiresAt();
    return each.meets(bar.symbol(), bar.openTime())
        && (expiresAt == null || expiresAt >= bar.closeTime())
        && !each.order().terms().timeInForce().isImmediate();
  }

  /// The price of a bar that hits a stop first.
  private static double worst(Resting each, Bar bar) {
    return each.isBuy() ? bar.high() : bar.low();
  }

  private void forget() {
    if (leaving > 0) {
      resting.removeIf(Resting::gone);
      leaving = 0;
    }
  }

  private @Nullable Resting find(String orderId) {
    for (int i = 0; i < resting.size(); i++) {
      var each = resting.get(i);
      if (!each.gone() && each.order().orderId().equals(orderId)) {
        return each;
      }
    }
    return null;
  }
}
