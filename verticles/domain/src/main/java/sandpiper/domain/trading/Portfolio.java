package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Decimals;

/// Cash and positions of one session, to the last digit. Not thread-safe.
///
/// What a fill brings and costs is booked in the currency that its symbol is quoted in, and so are
/// a position's figures; cash may go below zero in one currency while the others back it. All sums
/// are in the account's currency, at the latest rates.
///
/// A position belongs to one strategy and one instrument. When the share of the cost that a partial
/// exit takes has no end as a decimal it is rounded to 34 digits, and what is left keeps the rest,
/// so that the sum stays exact.
final class Portfolio {
  private final BigDecimal budget;
  private final AccountRules rules;
  private final List<Holding> holdings = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final Currencies currencies;

  /// The account's currency first.
  private final List<Purse> purses = new ArrayList<>();

  /// What was booked in one currency.
  private static final class Purse {
    private final Currencies.Rate rate;
    private BigDecimal cash = BigDecimal.ZERO;
    private BigDecimal realised = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private BigDecimal funding = BigDecimal.ZERO;
    private double roughCash;

    private Purse(Currencies.Rate rate) {
      this.rate = rate;
    }

    private void add(BigDecimal amount) {
      cash = cash.add(amount);
      roughCash = cash.doubleValue();
    }
  }

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
    private final Purse purse;

    /// What was entered and is still held, oldest first. Kept for [CostBasis#FIFO] alone.
    private final ArrayDeque<Lot> lots = new ArrayDeque<>();

    private @Nullable Position position;
    private double roughQuantity;
    private double roughLiquidation = Double.NaN;

    private Holding(String strategy, Mark mark, Purse purse) {
      this.strategy = strategy;
      this.mark = mark;
      this.purse = purse;
    }

    private BigDecimal worth(BigDecimal amount) {
      return purse.rate.worth(amount);
    }
  }

  private record Lot(BigDecimal quantity, BigDecimal cost) {}

  /// @param budget cash at the start, in the account's currency
  Portfolio(BigDecimal budget, AccountRules rules, Currencies currencies) {
    this.budget = budget;
    this.rules = rules;
    this.currencies = currencies;
    for (var rate : currencies.all()) {
      purses.add(new Purse(rate));
    }
    purses.getFirst().add(budget);
  }

  /// Takes the latest price of `symbol`.
  void mark(String symbol, double price) {
    currencies.mark(symbol, price);
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
      holding =
          new Holding(
              fill.strategy(), markOf(fill.symbol()), purseOf(currencies.of(fill.symbol())));
      holdings.add(holding);
    }
    var before = holding.position;
    var notional = fill.price().multiply(fill.quantity());
    var after =
        before == null
            ? opened(holding, fill, notional)
            : before.direction() == fill.side().sign()
                ? enlarged(holding, before, fill, notional)
                : reduced(holding, before, fill, notional);
    keep(holding, after);
    var purse = holding.purse;
    purse.add((fill.side().sign() > 0 ? notional.negate() : notional).subtract(fill.fee()));
    purse.fees = purse.fees.add(fill.fee());
    purse.realised =
        purse.realised.add(
            before == null ? after.realised() : after.realised().subtract(before.realised()));
    return after;
  }

  /// Pays for holding a position, or receives for it.
  ///
  /// @param amount that comes in, in quote currency
  /// @return the position after it
  Position pay(Position position, BigDecimal amount) {
    var holding = find(position.strategy(), position.symbol());
    if (holding == null || !position.equals(holding.position)) {
      throw new IllegalArgumentException("not held: " + position.positionId());
    }
    var after =
        new Position(
            position.sessionId(),
            position.positionId(),
            position.signalId(),
            position.strategy(),
            position.symbol(),
            position.direction(),
            position.quantity(),
            position.cost(),
            position.realised(),
            position.fees(),
            position.entryFees(),
            position.funding().add(amount),
            position.entryQuantity(),
            position.entryNotional(),
            position.exitNotional(),
            position.leverage(),
            position.liquidationPrice(),
            position.openedTime(),
            null,
            position.version() + 1);
    keep(holding, after);
    holding.purse.add(amount);
    holding.purse.funding = holding.purse.funding.add(amount);
    return after;
  }

  /// A position whose liquidation price the market has reached; null when there is none.
  ///
  /// @param low lowest price that the market paid, or would pay
  /// @param high highest price that it asked
  @Nullable Position liquidated(String symbol, double low, double high) {
    for (int i = 0; i < holdings.size(); i++) {
      var holding = holdings.get(i);
      if (holding.roughQuantity > 0
          ? low <= holding.roughLiquidation
          : high >= holding.roughLiquidation) {
        if (holding.mark.symbol.equals(symbol)) {
          return holding.position;
        }
      }
    }
    return null;
  }

  /// What fills have left of the budget; on margin, the budget and all profit, fees and funding
  /// that was booked.
  BigDecimal cash() {
    return rules.margin() == null
        ? sum(purse -> purse.cash)
        : budget.add(sum(purse -> purse.realised.subtract(purse.fees).add(purse.funding)));
  }

  /// Cash by currency, as it was booked; the account's currency holds the budget.
  Map<String, BigDecimal> balances() {
    var balances = new TreeMap<String, BigDecimal>();
    for (var purse : purses) {
      var booked =
          rules.margin() == null
              ? purse.cash
              : purse.realised.subtract(purse.fees).add(purse.funding);
      boolean home = rules.margin() != null && purse.rate.symbol() == null;
      balances.put(purse.rate.currency(), home ? budget.add(booked) : booked);
    }
    return balances;
  }

  BigDecimal funding() {
    return sum(purse -> purse.funding);
  }

  BigDecimal fees() {
    return sum(purse -> purse.fees);
  }

  BigDecimal realised() {
    return sum(purse -> purse.realised);
  }

  BigDecimal unrealised() {
    var sum = BigDecimal.ZERO;
    for (var holding : holdings) {
      if (holding.position != null) {
        var profit = holding.position.unrealised(Decimals.exact(holding.mark.price));
        sum = sum.add(holding.worth(profit));
      }
    }
    return sum;
  }

  BigDecimal equity() {
    var sum = sum(purse -> purse.cash);
    for (var holding : holdings) {
      if (holding.position != null) {
        var quantity = holding.position.signedQuantity();
        sum = sum.add(holding.worth(quantity.multiply(Decimals.exact(holding.mark.price))));
      }
    }
    return sum;
  }

  /// What an amount in the currency that `symbol` is quoted in is worth in the account's.
  ///
  /// @return null while that is not known
  @Nullable BigDecimal worth(String symbol, BigDecimal amount) {
    var rate = currencies.of(symbol);
    return rate.isKnown() ? rate.worth(amount) : null;
  }

  /// The symbol whose price converts what `symbol` is quoted in; null when none is needed.
  @Nullable String converter(String symbol) {
    return currencies.of(symbol).symbol();
  }

  private BigDecimal sum(Function<Purse, BigDecimal> part) {
    if (purses.size() == 1) {
      return part.apply(purses.getFirst());
    }
    var sum = BigDecimal.ZERO;
    for (var purse : purses) {
      sum = sum.add(purse.rate.worth(part.apply(purse)));
    }
    return sum;
  }

  /// Profit since the start, marked at the latest prices, after fees.
  BigDecimal net() {
    return equity().subtract(budget);
  }

  /// Equity less the worth of all positions, long or short; on margin, cash less the margin of all
  /// positions.
  BigDecimal freeCash() {
    if (rules.margin() != null) {
      return cash().subtract(margin());
    }
    var sum = equity();
    for (var holding : holdings) {
      if (holding.position != null) {
        sum = sum.subtract(notional(holding, holding.position));
      }
    }
    return sum;
  }

  private BigDecimal margin() {
    var sum = BigDecimal.ZERO;
    for (var holding : holdings) {
      if (holding.position != null) {
        sum = sum.add(holding.worth(marginOf(holding.position.cost())));
      }
    }
    return sum;
  }

  private BigDecimal marginOf(BigDecimal cost) {
    return cost.divide(rules.leverage(), MathContext.DECIMAL128);
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
        sum = sum.add(notional(holding, holding.position));
      }
    }
    return sum;
  }

  private static BigDecimal notional(Holding holding, Position position) {
    return holding.worth(position.quantity().multiply(Decimals.exact(holding.mark.price)));
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
    double sum = 0;
    for (int i = 0; i < purses.size(); i++) {
      var purse = purses.get(i);
      sum += purse.roughCash * purse.rate.rough();
    }
    for (int i = 0; i < holdings.size(); i++) {
      var holding = holdings.get(i);
      sum += holding.roughQuantity * holding.mark.price * holding.purse.rate.rough();
    }
    return sum;
  }

  /// The open position of that id; null when there is none.
  @Nullable Position open(String positionId) {
    for (var holding : holdings) {
      if (holding.position != null && holding.position.positionId().equals(positionId)) {
        return holding.position;
      }
    }
    return null;
  }

  boolean anyOpen() {
    return holdings.stream().anyMatch(holding -> holding.position != null);
  }

  private void keep(Holding holding, Position position) {
    holding.position = position.isClosed() ? null : position;
    holding.roughQuantity = position.signedQuantity().doubleValue();
    var liquidation = position.liquidationPrice();
    holding.roughLiquidation = liquidation == null ? Double.NaN : liquidation.doubleValue();
  }

  private Position opened(Holding holding, Fill fill, BigDecimal notional) {
    addLot(holding, fill, notional);
    int direction = fill.side().sign();
    return new Position(
        fill.sessionId(),
        fill.positionId(),
        fill.signalId(),
        fill.strategy(),
        fill.symbol(),
        direction,
        fill.quantity(),
        notional,
        BigDecimal.ZERO,
        fill.fee(),
        fill.fee(),
        BigDecimal.ZERO,
        fill.quantity(),
        notional,
        BigDecimal.ZERO,
        rules.leverage(),
        liquidationPrice(direction, fill.quantity(), notional),
        fill.time(),
        null,
        1);
  }

  private Position enlarged(Holding holding, Position held, Fill fill, BigDecimal notional) {
    addLot(holding, fill, notional);
    var quantity = held.quantity().add(fill.quantity());
    var cost = held.cost().add(notional);
    return new Position(
        held.sessionId(),
        held.positionId(),
        fill.signalId(),
        held.strategy(),
        held.symbol(),
        held.direction(),
        quantity,
        cost,
        held.realised(),
        held.fees().add(fill.fee()),
        held.entryFees().add(fill.fee()),
        held.funding(),
        held.entryQuantity().add(fill.quantity()),
        held.entryNotional().add(notional),
        held.exitNotional(),
        held.leverage(),
        liquidationPrice(held.direction(), quantity, cost),
        held.openedTime(),
        null,
        held.version() + 1);
  }

  private Position reduced(Holding holding, Position held, Fill fill, BigDecimal notional) {
    var left = held.quantity().subtract(fill.quantity());
    if (left.signum() < 0) {
      throw new IllegalArgumentException(
          "a fill must not turn a position: held " + held.quantity() + ", fill " + fill.quantity());
    }
    boolean closed = left.signum() == 0;
    var share = closed ? held.cost() : costOf(holding, held, fill.quantity());
    if (closed) {
      holding.lots.clear();
    }
    var cost = held.cost().subtract(share);
    var profit = held.direction() > 0 ? notional.subtract(share) : share.subtract(notional);
    return new Position(
        held.sessionId(),
        held.positionId(),
        fill.signalId(),
        held.strategy(),
        held.symbol(),
        held.direction(),
        left,
        cost,
        held.realised().add(profit),
        held.fees().add(fill.fee()),
        held.entryFees(),
        held.funding(),
        held.entryQuantity(),
        held.entryNotional(),
        held.exitNotional().add(notional),
        held.leverage(),
        closed ? null : liquidationPrice(held.direction(), left, cost),
        held.openedTime(),
        closed ? fill.time() : null,
        held.version() + 1);
  }

  private void addLot(Holding holding, Fill fill, BigDecimal notional) {
    if (rules.costBasis() == CostBasis.FIFO) {
      holding.lots.add(new Lot(fill.quantity(), notional));
    }
  }

  /// What the part of a position that leaves it was entered for.
  private BigDecimal costOf(Holding holding, Position held, BigDecimal quantity) {
    return switch (rules.costBasis()) {
      case AVERAGE -> share(held.cost(), quantity, held.quantity());
      case FIFO -> takeLots(holding, quantity);
    };
  }

  private static BigDecimal takeLots(Holding holding, BigDecimal quantity) {
    var taken = BigDecimal.ZERO;
    var left = quantity;
    while (left.signum() > 0) {
      var lot = holding.lots.remove();
      if (lot.quantity.compareTo(left) <= 0) {
        taken = taken.add(lot.cost);
        left = left.subtract(lot.quantity);
      } else {
        var part = share(lot.cost, left, lot.quantity);
        taken = taken.add(part);
        holding.lots.addFirst(new Lot(lot.quantity.subtract(left), lot.cost.subtract(part)));
        left = BigDecimal.ZERO;
      }
    }
    return taken;
  }

  private static BigDecimal share(BigDecimal cost, BigDecimal quantity, BigDecimal of) {
    return cost.multiply(quantity).divide(of, MathContext.DECIMAL128);
  }

  private @Nullable BigDecimal liquidationPrice(
      int direction, BigDecimal quantity, BigDecimal cost) {
    var margin = rules.margin();
    return margin == null
        ? null
        : margin.maintenance().liquidationPrice(direction, quantity, cost, marginOf(cost));
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

  private Purse purseOf(Currencies.Rate rate) {
    for (var purse : purses) {
      if (purse.rate.currency().equals(rate.currency())) {
        return purse;
      }
    }
    throw new IllegalStateException("no purse of " + rate.currency());
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
