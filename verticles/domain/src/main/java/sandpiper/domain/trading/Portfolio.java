package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Decimals;

/// Cash and positions of one session, to the last digit. Not thread-safe.
///
/// A position belongs to one strategy and one instrument. Profit is booked at average cost; when
/// the share of the cost that a partial exit takes has no end as a decimal it is rounded to 34
/// digits, and what is left keeps the rest, so that the sum stays exact.
final class Portfolio {
  private final BigDecimal budget;
  private final List<Holding> holdings = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private BigDecimal cash;
  private BigDecimal realised = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private double roughCash;

  /// The latest price of a symbol.
  private static final class Mark {
    private final String symbol;
    private double price;

    private Mark(String symbol, double price) {
      this.symbol = symbol;
      this.price = price;
    }
  }

  /// A strategy's present position in a symbol; null while flat.
  private static final class Holding {
    private final String strategy;
    private final Mark mark;
    private @Nullable Position position;
    private double roughQuantity;

    private Holding(String strategy, Mark mark) {
      this.strategy = strategy;
      this.mark = mark;
    }
  }

  /// @param budget cash at the start, in quote currency
  Portfolio(BigDecimal budget) {
    this.budget = budget;
    cash = budget;
    roughCash = budget.doubleValue();
  }

  /// Takes the latest price of `symbol`.
  void mark(String symbol, double price) {
    for (int i = 0; i < marks.size(); i++) {
      var mark = marks.get(i);
      if (mark.symbol.equals(symbol)) {
        mark.price = price;
        return;
      }
    }
    marks.add(new Mark(symbol, price));
  }

  @Nullable BigDecimal lastPrice(String symbol) {
    for (var mark : marks) {
      if (mark.symbol.equals(symbol)) {
        return Decimals.exact(mark.price);
      }
    }
    return null;
  }

  /// The open position, or null when flat.
  @Nullable Position open(String strategy, String symbol) {
    var holding = find(strategy, symbol);
    return holding == null ? null : holding.position;
  }

  /// Quantity with its direction; zero when flat.
  BigDecimal signedQuantity(String strategy, String symbol) {
    var position = open(strategy, symbol);
    return position == null ? BigDecimal.ZERO : position.signedQuantity();
  }

  /// Books a fill. It must not turn a position: a fill that would is given as two.
  ///
  /// @return the position as the fill left it
  Position book(Fill fill) {
    var holding = find(fill.strategy(), fill.symbol());
    if (holding == null) {
      mark(fill.symbol(), fill.price().doubleValue());
      holding = new Holding(fill.strategy(), markOf(fill.symbol()));
      holdings.add(holding);
    }
    var before = holding.position;
    var notional = fill.price().multiply(fill.quantity());
    var after = before == null ? opened(fill, notional) : changed(before, fill, notional);
    holding.position = after.isClosed() ? null : after;
    holding.roughQuantity = after.signedQuantity().doubleValue();
    cash =
        (fill.side().sign() > 0 ? cash.subtract(notional) : cash.add(notional))
            .subtract(fill.fee());
    roughCash = cash.doubleValue();
    fees = fees.add(fill.fee());
    realised =
        realised.add(
            before == null ? after.realised() : after.realised().subtract(before.realised()));
    return after;
  }

  BigDecimal cash() {
    return cash;
  }

  BigDecimal fees() {
    return fees;
  }

  BigDecimal realised() {
    return realised;
  }

  BigDecimal unrealised() {
    var sum = BigDecimal.ZERO;
    for (var holding : holdings) {
      if (holding.position != null) {
        sum = sum.add(holding.position.unrealised(Decimals.exact(holding.mark.price)));
      }
    }
    return sum;
  }

  BigDecimal equity() {
    var sum = cash;
    for (var holding : holdings) {
      if (holding.position != null) {
        sum =
            sum.add(holding.position.signedQuantity().multiply(Decimals.exact(holding.mark.price)));
      }
    }
    return sum;
  }

  /// Profit since the start, marked at the latest prices, after fees.
  BigDecimal net() {
    return equity().subtract(budget);
  }

  /// Equity less the worth of all positions, long or short.
  BigDecimal freeCash() {
    var sum = equity();
    for (var holding : holdings) {
      if (holding.position != null) {
        sum =
            sum.subtract(holding.position.quantity().multiply(Decimals.exact(holding.mark.price)));
      }
    }
    return sum;
  }

  /// Worth of positions, long or short, at the latest prices.
  ///
  /// @param strategy null for all
  /// @param symbol null for all
  BigDecimal exposure(@Nullable String strategy, @Nullable String symbol) {
    var sum = BigDecimal.ZERO;
    for (var holding : holdings) {
      if (holding.position != null
          && (strategy == null || holding.strategy.equals(strategy))
          && (symbol == null || holding.mark.symbol.equals(symbol))) {
        sum = sum.add(holding.position.quantity().multiply(Decimals.exact(holding.mark.price)));
      }
    }
    return sum;
  }

  List<Position> openPositions() {
    var open = new ArrayList<Position>();
    for (var holding : holdings) {
      if (holding.position != null) {
        open.add(holding.position);
      }
    }
    return open;
  }

  /// Equity as a double, for what is looked at on every event and is a ratio anyway.
  double roughEquity() {
    double sum = roughCash;
    for (int i = 0; i < holdings.size(); i++) {
      var holding = holdings.get(i);
      sum += holding.roughQuantity * holding.mark.price;
    }
    return sum;
  }

  boolean anyOpen() {
    return holdings.stream().anyMatch(holding -> holding.position != null);
  }

  private static Position opened(Fill fill, BigDecimal notional) {
    return new Position(
        fill.sessionId(),
        fill.positionId(),
        fill.signalId(),
        fill.strategy(),
        fill.symbol(),
        fill.side().sign(),
        fill.quantity(),
        notional,
        BigDecimal.ZERO,
        fill.fee(),
        fill.quantity(),
        notional,
        BigDecimal.ZERO,
        fill.time(),
        null,
        1);
  }

  private static Position changed(Position held, Fill fill, BigDecimal notional) {
    var fees = held.fees().add(fill.fee());
    int version = held.version() + 1;
    if (fill.side().sign() == held.direction()) {
      return new Position(
          held.sessionId(),
          held.positionId(),
          fill.signalId(),
          held.strategy(),
          held.symbol(),
          held.direction(),
          held.quantity().add(fill.quantity()),
          held.cost().add(notional),
          held.realised(),
          fees,
          held.entryQuantity().add(fill.quantity()),
          held.entryNotional().add(notional),
          held.exitNotional(),
          held.openedTime(),
          null,
          version);
    }
    var left = held.quantity().subtract(fill.quantity());
    if (left.signum() < 0) {
      throw new IllegalArgumentException(
          "a fill must not turn a position: held " + held.quantity() + ", fill " + fill.quantity());
    }
    var share =
        left.signum() == 0
            ? held.cost()
            : held.cost().multiply(fill.quantity()).divide(held.quantity(), MathContext.DECIMAL128);
    var profit = held.direction() > 0 ? notional.subtract(share) : share.subtract(notional);
    return new Position(
        held.sessionId(),
        held.positionId(),
        fill.signalId(),
        held.strategy(),
        held.symbol(),
        held.direction(),
        left,
        held.cost().subtract(share),
        held.realised().add(profit),
        fees,
        held.entryQuantity(),
        held.entryNotional(),
        held.exitNotional().add(notional),
        held.openedTime(),
        left.signum() == 0 ? fill.time() : null,
        version);
  }

  private @Nullable Holding find(String strategy, String symbol) {
    for (int i = 0; i < holdings.size(); i++) {
      var holding = holdings.get(i);
      if (holding.strategy.equals(strategy) && holding.mark.symbol.equals(symbol)) {
        return holding;
      }
    }
    return null;
  }

  private Mark markOf(String symbol) {
    for (var mark : marks) {
      if (mark.symbol.equals(symbol)) {
        return mark;
      }
    }
    throw new IllegalStateException("no price of " + symbol);
  }
}
