package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.Consumer;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.session.SessionSpec;

/// What happens to positions on margin without anybody's doing: funding falls due, and what has
/// reached its liquidation price is closed by force. Not thread-safe.
final class MarginCalls {
  private final SessionSpec spec;
  private final Margin margin;
  private final Portfolio portfolio;
  private final Books books;
  private final Fills fills;
  private final Lifecycle lifecycle;
  private final RiskDesk desk;
  private final Consumer<JournalEntry> journal;
  private long nextFunding = Long.MIN_VALUE;
  private int liquidations;

  MarginCalls(
      SessionSpec spec,
      Margin margin,
      Portfolio portfolio,
      Books books,
      Fills fills,
      RiskDesk desk,
      Consumer<JournalEntry> journal) {
    this.spec = spec;
    this.margin = margin;
    this.portfolio = portfolio;
    this.books = books;
    this.fills = fills;
    lifecycle = fills.lifecycle();
    this.desk = desk;
    this.journal = journal;
  }

  /// Positions that were closed by force so far.
  int liquidations() {
    return liquidations;
  }

  /// Before any order meets the event: what fell due until it began, and positions whose
  /// liquidation price its first price has jumped over, and perhaps their stops with it.
  void before(MarketEvent event) {
    switch (event) {
      case Trade trade -> {
        payFunding(event.beginTime());
        liquidate(trade.symbol(), trade.price(), trade.price());
      }
      case Bar bar -> {
        payFunding(event.beginTime());
        liquidate(bar.symbol(), bar.open(), bar.open());
      }
      case Quote quote -> {
        payFunding(event.beginTime());
        liquidate(quote.symbol(), quote.bid(), quote.ask());
      }
      case BookEvent _ -> payFunding(event.beginTime()); // its prices are known once it was applied
      case BarClosed _, ExternalValue _, VenueReport _ -> {
        // Not always told, so nothing may depend on it.
      }
    }
  }

  /// After all orders have met the event: positions that its worst price liquidates.
  void after(MarketEvent event) {
    switch (event) {
      case Bar bar -> liquidate(bar.symbol(), bar.low(), bar.high());
      case BookEvent change -> {
        var book = books.of(change.symbol());
        if (book.isValid() && book.mid() > 0) {
          liquidate(change.symbol(), book.mid(), book.mid());
        }
      }
      case Trade _, Quote _, BarClosed _, ExternalValue _, VenueReport _ -> {
        // No price of theirs is new.
      }
    }
  }

  private void payFunding(long time) {
    var funding = margin.funding();
    if (funding == null) {
      return;
    }
    long every = funding.every().micros();
    if (nextFunding == Long.MIN_VALUE) {
      nextFunding = Math.floorDiv(time - 1, every) * every + every;
    }
    for (; nextFunding <= time; nextFunding += every) {
      for (var position : portfolio.openPositions()) {
        pay(position, funding.rate());
      }
    }
  }

  private void pay(Position position, BigDecimal rate) {
    var price = Objects.requireNonNull(portfolio.lastPrice(position.symbol()));
    var notional = position.quantity().multiply(price);
    var amount = notional.multiply(rate).multiply(BigDecimal.valueOf(-position.direction()));
    journal.accept(
        new FundingPaid(
            spec.sessionId(),
            lifecycle.seq(),
            lifecycle.time(),
            rate,
            notional,
            amount,
            nextFunding,
            portfolio.pay(position, amount)));
  }

  private void liquidate(String symbol, double low, double high) {
    for (var position = portfolio.liquidated(symbol, low, high);
        position != null;
        position = portfolio.liquidated(symbol, low, high)) {
      liquidate(position, position.direction() > 0 ? low : high);
    }
  }

  private void liquidate(Position position, double reached) {
    boolean isLong = position.direction() > 0;
    var tick = spec.instrument(position.symbol()).tickSize();
    var at = Objects.requireNonNull(position.liquidationPrice());
    var text =
        "the market reached the liquidation price of the "
            + (isLong ? "long " : "short ")
            + Decimals.plain(position.quantity())
            + " "
            + position.symbol()
            + " of "
            + position.strategy()
            + ", "
            + Decimals.plain(at);
    liquidations++;
    desk.alert("liquidation", RiskAction.CLOSE, "error", at, Decimals.exact(reached), text);
    var command = desk.closing(position, "liquidation", text);
    fills.liquidate(
        Order.first(command, OrderStatus.WORKING, lifecycle.seq(), lifecycle.time()),
        isLong ? Decimals.down(at, tick).max(tick) : Decimals.up(at, tick),
        margin.liquidationFee());
  }
}
