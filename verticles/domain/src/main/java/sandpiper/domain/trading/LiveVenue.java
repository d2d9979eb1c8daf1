package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// A real exchange: what it does to orders is heard, never assumed. Not thread-safe.
///
/// Orders at the market and with a limit are sent as they are placed. What waits for a trigger
/// waits here, for the exchange has no stops, and is sent when a trade or quote reaches it. A stop
/// whose group has another order at the exchange takes that back first and is sent when it is over:
/// both at once could fill twice, and on a spot market the one keeps what the other would sell.
///
/// An order leaves when the exchange says so, whoever wanted it to. One that gets other prices, or
/// less quantity, is taken back and what remains is sent anew.
final class LiveVenue implements Venue {
  private static final int REMEMBERED_TRADES = 10_000;

  private final Listener listener;
  private final FillModel model;
  private final Consumer<? super VenueRequest> exchange;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final LinkedHashSet<String> trades = new LinkedHashSet<>();

  /// Those whose trigger the price at hand has reached.
  private final List<Held> reached = new ArrayList<>();

  private boolean closing;

  /// An order that has not left.
  private static final class Held {
    private final Resting resting;
    private int legs;

    /// What was sent and has not filled; null while nothing of it is at the exchange.
    private @Nullable BigDecimal out;

    private boolean cancelling;

    /// Taken back for another of its group, for good.
    private boolean parked;

    /// To be sent when no other of its group is at the exchange.
    private boolean next;

    /// What its owner changed it to while it was at the exchange.
    private @Nullable Order wanted;

    private Held(Resting resting) {
      this.resting = resting;
    }

    private Order order() {
      return resting.order();
    }

    private boolean isOut() {
      return out != null;
    }
  }

  /// @param model which market data reach triggers
  /// @param exchange takes what is wanted of it, in order
  LiveVenue(Listener listener, FillModel model, Consumer<? super VenueRequest> exchange) {
    this.listener = listener;
    this.model = model;
    this.exchange = exchange;
  }

  @Override
  public void place(Order order, Instrument instrument, double reference, long since) {
    var placed = new Held(new Resting(order, instrument, reference, since));
    held.put(order.orderId(), placed);
    if (!placed.resting.waits()) {
      send(placed);
    }
  }

  /// Nothing new is sent from here on.
  void close() {
    closing = true;
  }

  @Override
  public boolean cancel(String orderId) {
    var found = held.get(orderId);
    if (found == null) {
      return true;
    }
    if (found.isOut()) {
      takeBack(found);
      return false;
    }
    held.remove(orderId);
    return true;
  }

  /// More of the same is sent once what is out is over.
  @Override
  public boolean amend(Order order, long time) {
    var found = held.get(order.orderId());
    if (found == null) {
      throw new IllegalStateException("order " + order.orderId() + " is not at the venue");
    }
    var before = found.order();
    boolean grows =
        order.quantity().compareTo(before.quantity()) >= 0
            && samePrice(order.limitPrice(), before.limitPrice());
    if (found.isOut() && !grows) {
      found.wanted = order;
      takeBack(found);
      return false;
    }
    found.resting.amend(order, time);
    return true;
  }

  private static boolean samePrice(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null ? other == null : other != null && one.compareTo(other) == 0;
  }

  @Override
  public boolean isIdle() {
    return held.isEmpty();
  }

  @Override
  public void onMarket(MarketEvent event) {
    switch (event) {
      case Trade trade -> {
        if (model != FillModel.QUOTE && model != FillModel.BAR) {
          onPrice(trade.symbol(), trade.price(), trade.price());
        }
      }
      case Quote quote -> {
        if (model == FillModel.ANY || model == FillModel.QUOTE) {
          onPrice(quote.symbol(), quote.ask(), quote.bid());
        }
      }
      case Bar bar -> {
        if (model == FillModel.ANY || model == FillModel.BAR) {
          onPrice(bar.symbol(), bar.close(), bar.close());
        }
      }
      case BarClosed _, BookEvent _, ExternalValue _, VenueReport _ -> {
        // No price that a trigger is held against; reports have a door of their own.
      }
    }
  }

  private void onPrice(String symbol, double toBuy, double toSell) {
    for (var each : held.values()) {
      var resting = each.resting;
      if (!resting.waits() || each.parked || !each.order().symbol().equals(symbol)) {
        continue;
      }
      double price = resting.isBuy() ? toBuy : toSell;
      if (resting.triggeredBy(price)) {
        reached.add(each);
      } else if (resting.trails()) {
        resting.follow(price);
      }
    }
    if (!reached.isEmpty()) {
      for (var each : reached) {
        if (each.parked || held.get(each.order().orderId()) != each) {
          continue; // one before it took it along
        }
        each.resting.change(listener.onTriggered(each.order(), each.resting.exactTrigger()));
        send(each);
      }
      reached.clear();
    }
  }

  /// What the exchange says of an order. What it says twice is heard once.
  ///
  /// @return whether it makes sense; if not, somebody has to look
  boolean onReport(VenueReport report) {
    var found = held.get(Objects.requireNonNull(report.orderId()));
    return switch (report.kind()) {
      case TAKEN -> found != null;
      case FILL -> !isNews(report) || onFill(found, report);
      case REFUSED, ENDED -> {
        if (found != null && found.isOut()) {
          over(found, report);
        }
        yield true;
      }
      case DIFFERENCE, HALT, CLOSING ->
          throw new IllegalArgumentException("is of no order: " + report);
    };
  }

  private boolean isNews(VenueReport fill) {
    if (!trades.add(fill.symbol() + " " + fill.venueId())) {
      return false;
    }
    if (trades.size() > REMEMBERED_TRADES) {
      trades.removeFirst();
    }
    return true;
  }

  private boolean onFill(@Nullable Held found, VenueReport report) {
    var quantity = Objects.requireNonNull(report.quantity());
    if (found == null
        || found.out == null
        || quantity.compareTo(found.out) > 0
        || quantity.compareTo(found.order().remaining()) > 0) {
      return false;
    }
    found.out = found.out.subtract(quantity);
    var after =
        listener.onReportedFill(
            found.order(),
            Objects.requireNonNull(report.price()),
            quantity,
            Objects.requireNonNull(report.fee()),
            report.maker(),
            report.time());
    found.resting.change(after);
    if (after.status().isFinal()) {
      leave(found);
    }
    return true;
  }

  /// What was sent is over; what its owner wanted meanwhile is done now.
  private void over(Held found, VenueReport report) {
    var left = Objects.requireNonNull(found.out);
    boolean filled = left.signum() == 0;
    found.out = null;
    found.cancelling = false;
    var wanted = found.wanted;
    found.wanted = null;
    if (report.kind() == VenueReport.Kind.REFUSED) {
      leave(found);
      listener.onRefused(found.order(), String.valueOf(report.text()));
    } else if (listener.isLeaving(found.order())) {
      leave(found);
      listener.onEnded(found.order(), String.valueOf(report.text()));
    } else if (wanted != null) {
      var after = listener.onTakenBack(found.order(), wanted);
      if (after == null) {
        leave(found);
      } else {
        found.resting.change(after);
        send(found);
      }
    } else if (found.parked) {
      sendNext(found.order());
    } else if (filled) {
      send(found); // it grew while that was out
    } else {
      leave(found);
      listener.onEnded(found.order(), String.valueOf(report.text()));
    }
  }

  private void leave(Held found) {
    held.remove(found.order().orderId());
    found.out = null;
    sendNext(found.order());
  }

  /// A stop of the same group may have waited for this.
  private void sendNext(Order gone) {
    var group = gone.terms().groupId();
    if (group == null) {
      return;
    }
    for (var each : List.copyOf(held.values())) {
      if (each.next && group.equals(each.order().terms().groupId())) {
        send(each);
      }
    }
  }

  private void send(Held each) {
    each.next = false;
    if (closing) {
      return;
    }
    if (each.order().type().isConditional() && othersAreOut(each)) {
      each.next = true;
      return;
    }
    var quantity = each.order().remaining();
    each.out = quantity;
    each.legs++;
    exchange.accept(new VenueRequest.Place(each.order(), quantity, clientId(each)));
  }

  private boolean othersAreOut(Held stop) {
    var group = stop.order().terms().groupId();
    boolean any = false;
    if (group != null) {
      for (var each : held.values()) {
        if (each != stop && each.isOut() && group.equals(each.order().terms().groupId())) {
          each.parked = true;
          takeBack(each);
          any = true;
        }
      }
    }
    return any;
  }

  private void takeBack(Held each) {
    if (!each.cancelling) {
      each.cancelling = true;
      exchange.accept(new VenueRequest.Cancel(each.order(), clientId(each)));
    }
  }

  private static String clientId(Held each) {
    return VenueRequest.clientId(each.order().orderId(), each.legs);
  }
}
