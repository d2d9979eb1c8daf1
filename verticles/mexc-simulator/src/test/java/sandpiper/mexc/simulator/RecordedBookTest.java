package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// Clients' orders among those of a recorded book. A tick is 1 USDT, a lot 1 REC; an event happens
/// each millisecond. Expected values follow by hand from docs/fills.md, The book.
class RecordedBookTest implements ExchangeListener {
  private static final SymbolRules RULES = SymbolRules.of("REC", "USDT", 0, 0);
  private static final AccountConfig ALICE = account("alice");
  private static final AccountConfig BOB = account("bob");
  private static final long START = 1_000;

  private final Exchange exchange = new Exchange(List.of(RULES), List.of(ALICE, BOB), this);
  private final Market market = exchange.market("RECUSDT");
  private final List<MarketEvent> events = new ArrayList<>();
  private final List<String> fills = new ArrayList<>();
  private @Nullable RecordedFlow flow;
  private int played;

  private static AccountConfig account(String name) {
    return Samples.account(name, "REC", "1000", "USDT", "1000000");
  }

  @Override
  public void onMarket(Market each) {}

  @Override
  public void onOrder(SimulatedOrder order) {}

  @Override
  public void onTrade(AccountTrade trade) {
    fills.add(
        trade.order().account.config().key().substring("key-".length())
            + (trade.maker() ? " makes " : " takes ")
            + trade.quantity()
            + " @ "
            + trade.price());
  }

  @Override
  public void onBalance(BalanceChange change) {}

  private long micros() {
    return 5_000_000 + events.size() * 1_000L;
  }

  private static Levels levels(String text) {
    var levels = text.isEmpty() ? new String[0] : text.split(" ");
    var prices = new double[levels.length];
    var sizes = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      var parts = levels[i].split(":");
      prices[i] = Double.parseDouble(parts[0]);
      sizes[i] = Double.parseDouble(parts[1]);
    }
    return new Levels(prices, sizes);
  }

  private RecordedBookTest snapshot(long id, String bids, String asks) {
    events.add(new BookSnapshot("REC", micros(), id, levels(bids), levels(asks)));
    return this;
  }

  private RecordedBookTest update(long id, String bids, String asks) {
    return update(id, id, bids, asks);
  }

  private RecordedBookTest update(long first, long last, String bids, String asks) {
    events.add(new BookUpdate("REC", micros(), first, last, levels(bids), levels(asks)));
    return this;
  }

  private RecordedBookTest trade(double price, double amount) {
    events.add(new Trade("REC", micros(), price, amount));
    return this;
  }

  private RecordedBookTest quote(double bid, double bidSize, double ask, double askSize) {
    events.add(new Quote("REC", micros(), bid, ask, bidSize, askSize));
    return this;
  }

  /// The next event happens, and nothing else.
  private void next() {
    if (flow == null) {
      flow = new RecordedFlow(exchange, market, BigDecimal.ONE, new Recording(events), START, 1);
    }
    fills.clear();
    flow.playUntil(START + played++);
  }

  private SimulatedOrder place(
      AccountConfig who, Side side, OrderKind kind, int size, @Nullable Integer price) {
    fills.clear();
    return exchange.place(
        account(exchange.account(who.key())),
        new NewOrder(
            "RECUSDT",
            side,
            kind,
            BigDecimal.valueOf(size),
            null,
            price == null ? null : BigDecimal.valueOf(price),
            null));
  }

  private static Account account(@Nullable Account account) {
    if (account == null) {
      throw new AssertionError("no account");
    }
    return account;
  }

  private SimulatedOrder bid(AccountConfig who, int size, int price) {
    return place(who, Side.BUY, OrderKind.LIMIT, size, price);
  }

  private SimulatedOrder ask(AccountConfig who, int size, int price) {
    return place(who, Side.SELL, OrderKind.LIMIT, size, price);
  }

  private String side(Side side) {
    var book = market.book();
    return IntStream.range(0, book.depth(side))
        .mapToObj(i -> book.price(side, i) + ":" + book.size(side, i))
        .collect(Collectors.joining(" "));
  }

  private void assertBook(String bids, String asks) {
    assertThat(side(Side.BUY)).as("bids").isEqualTo(bids);
    assertThat(side(Side.SELL)).as("asks").isEqualTo(asks);
  }

  /// Price, size and who arrived, the oldest first.
  private List<String> prints() {
    return market.trades().stream()
        .map(trade -> trade.size() + " @ " + trade.price() + " " + trade.taker())
        .toList();
  }

  @Test
  void theBookIsWhatTheRecordingSays() {
    update(3, "99:1", "")
        .snapshot(2, "99:5 98:5", "101:3 102:4")
        .update(4, "99:0 97:2", "101:1 103:9")
        .update(5, "100:7", "101:0 102:5")
        .snapshot(9, "98:1", "99:2");
    next();
    assertBook("", "");
    next();
    assertBook("99:1 98:5", "101:3 102:4");
    next();
    assertBook("98:5 97:2", "101:1 102:4 103:9");
    next();
    assertBook("100:7 98:5 97:2", "102:5 103:9");
    next();
    assertBook("98:1", "99:2");
    assertThat(prints()).isEmpty();
    assertThat(market.gaps()).isZero();
  }

  @Test
  void onlyLevelsThatChangeHaveVersions() {
    snapshot(1, "99:5 98:5", "101:3")
        .update(2, "99:5 98:6", "101:3")
        .snapshot(3, "99:5 98:6", "101:4");
    next();
    long version = market.version();
    next();
    assertThat(market.version()).isEqualTo(version + 1);
    next();
    assertThat(market.version()).isEqualTo(version + 2);
  }

  @Test
  void whatAClientTakesIsGoneUntilTheRecordingSaysTheLevelAgain() {
    snapshot(1, "99:5 98:5", "101:3 102:4 103:5")
        .update(2, "99:6", "")
        .update(3, "", "102:2")
        .update(4, "", "101:3 103:5")
        .snapshot(5, "99:6 98:5", "101:3 102:2 103:5");
    next();
    var order = place(ALICE, Side.BUY, OrderKind.IMMEDIATE_OR_CANCEL, 8, 103);
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(fills)
        .containsExactly("alice takes 3 @ 101", "alice takes 4 @ 102", "alice takes 1 @ 103");
    assertBook("99:5 98:5", "103:4");
    next();
    assertBook("99:6 98:5", "103:4");
    next();
    assertBook("99:6 98:5", "102:2 103:4");
    next();
    assertBook("99:6 98:5", "101:3 102:2 103:5");
    place(ALICE, Side.BUY, OrderKind.MARKET, 4, null);
    assertBook("99:6 98:5", "102:1 103:5");
    next();
    assertBook("99:6 98:5", "101:3 102:2 103:5");
  }

  @Test
  void anOrderWaitsBehindWhatItFoundAndBeforeWhatComesLater() {
    snapshot(1, "99:5", "101:3").update(2, "99:9", "").trade(99, 4).trade(99, 2).trade(99, 1);
    next();
    var order = bid(ALICE, 2, 99);
    assertBook("99:7", "101:3");
    next();
    assertBook("99:11", "101:3");
    next();
    assertThat(fills).as("one lot still stands before it").isEmpty();
    assertBook("99:11", "101:3");
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 99");
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 99");
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertBook("99:9", "101:3");
    assertThat(prints())
        .containsExactly("4 @ 99 SELL", "1 @ 99 SELL", "1 @ 99 SELL", "1 @ 99 SELL");
  }

  @Test
  void whatGoesWithoutATradeGoesFromBehindIt() {
    snapshot(1, "99:5", "101:3")
        .update(2, "99:8", "")
        .update(3, "99:5", "")
        .trade(99, 5)
        .update(4, "99:2", "")
        .trade(99, 1);
    next();
    bid(ALICE, 2, 99);
    next();
    next();
    next();
    assertThat(fills).as("all five still stood before it").isEmpty();
    next();
    assertBook("99:4", "101:3");
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 99");
  }

  @Test
  void whereALevelShowsLessThanStoodBeforeAnOrderThatShrinksToo() {
    snapshot(1, "99:5", "101:3").update(2, "99:2", "").trade(99, 2).trade(99, 1);
    next();
    bid(ALICE, 2, 99);
    next();
    assertBook("99:4", "101:3");
    next();
    assertThat(fills).isEmpty();
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 99");
  }

  @Test
  void twoClientsAtAPriceWaitInTheirOrder() {
    snapshot(1, "99:5", "101:3").update(2, "99:7", "").trade(99, 10);
    next();
    bid(ALICE, 1, 99);
    next();
    bid(BOB, 4, 99);
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 99", "bob makes 2 @ 99");
    assertBook("99:9", "101:3");
    assertThat(prints()).containsExactly("1 @ 99 SELL", "2 @ 99 SELL", "7 @ 99 SELL");
  }

  @Test
  void aTradeBeyondTheLimitFillsFirstWhateverTheBookShows() {
    snapshot(1, "99:5 98:5", "101:3").trade(97, 3);
    next();
    bid(ALICE, 2, 98);
    next();
    assertThat(fills).containsExactly("alice makes 2 @ 98");
    assertThat(prints()).containsExactly("2 @ 98 SELL", "1 @ 97 SELL");
    assertBook("99:5 98:5", "101:3");
  }

  @Test
  void aSnapshotLeavesOrdersWhereTheyAreAndFillsThoseThatItReaches() {
    snapshot(1, "99:5", "101:3").snapshot(7, "104:1 103:2 99:3", "106:1").trade(99, 3).trade(99, 1);
    next();
    var buys = bid(ALICE, 2, 99);
    var sells = ask(BOB, 4, 103);
    next();
    assertThat(fills).containsExactly("bob makes 1 @ 103", "bob makes 2 @ 103");
    assertThat(sells.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
    assertThat(buys.state()).isEqualTo(OrderState.NEW);
    assertBook("99:5", "103:1 106:1");
    next();
    assertThat(fills).as("three of the snapshot stood before it").isEmpty();
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 99");
  }

  @Test
  void whatComesToAnOrderTakesItAtItsLimitTheBestFirst() {
    snapshot(1, "99:5", "105:3").update(2, "", "104:2 102:3 101:1");
    next();
    bid(ALICE, 5, 103);
    next();
    assertThat(fills).containsExactly("alice makes 1 @ 103", "alice makes 3 @ 103");
    assertBook("103:1 99:5", "104:2 105:3");
  }

  @Test
  void skippedIdsTakeTheBookAwayUntilASnapshot() {
    snapshot(1, "99:5 98:1", "101:3")
        .update(5, 6, "99:8", "")
        .trade(99, 6)
        .update(7, "97:3", "")
        .snapshot(6, "99:4 98:2", "101:2")
        .trade(99, 2)
        .trade(99, 4);
    next();
    var first = bid(ALICE, 2, 99);
    long version = market.version();
    next();
    assertBook("99:2", "");
    assertThat(market.gaps()).isEqualTo(1);
    assertThat(market.window(PushRate.MS10).from()).isGreaterThan(version + 1);
    assertThat(market.window(PushRate.MS10).asks()).containsExactly(101L);
    assertThatThrownBy(() -> place(BOB, Side.BUY, OrderKind.MARKET, 1, null))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(30025));
    next();
    assertThat(fills).as("five stood before it").containsExactly("alice makes 1 @ 99");
    var second = bid(BOB, 3, 99);
    next();
    assertBook("99:4", "");
    next();
    assertBook("99:8 98:2 97:3", "101:2");
    assertThat(market.gaps()).isEqualTo(1);
    next();
    assertThat(fills).as("nothing stood before it any more").containsExactly("alice makes 1 @ 99");
    assertThat(first.state()).isEqualTo(OrderState.FILLED);
    next();
    assertThat(fills)
        .as("all four of the snapshot stood before it, one of which is gone")
        .containsExactly("bob makes 1 @ 99");
    assertThat(second.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
  }

  @Test
  void anOrderThatCameWhileTheBookWasNotKnownMeetsTheSnapshot() {
    trade(100, 1).snapshot(1, "99:5", "101:3");
    next();
    var order = bid(ALICE, 4, 102);
    assertThat(order.state()).isEqualTo(OrderState.NEW);
    next();
    assertThat(fills).containsExactly("alice makes 3 @ 102");
    assertBook("102:1 99:5", "");
  }

  @Test
  void quotesAreABookOfOneLevel() {
    quote(99, 5, 101, 3)
        .quote(99, 5, 100, 7)
        .quote(100, 1, 100, 1)
        .quote(101, 2, 103, 0)
        .quote(101, 2, 102, 4)
        .trade(102, 6);
    next();
    assertBook("99:5", "101:3");
    place(ALICE, Side.BUY, OrderKind.MARKET, 2, null);
    assertThat(fills).containsExactly("alice takes 2 @ 101");
    assertBook("99:5", "101:1");
    var sells = ask(BOB, 3, 102);
    next();
    assertBook("99:5", "100:7 102:3");
    next();
    assertBook("99:5", "100:7 102:3");
    next();
    assertBook("101:2", "102:3");
    next();
    assertBook("101:2", "102:7");
    next();
    assertThat(fills).as("it was there before the quote").containsExactly("bob makes 3 @ 102");
    assertThat(sells.state()).isEqualTo(OrderState.FILLED);
    assertThat(prints()).containsExactly("2 @ 101 BUY", "3 @ 102 BUY", "3 @ 102 BUY");
  }

  @Test
  void tradesAreAsRecordedAndWhoArrivedFollowsFromTheBook() {
    trade(100, 1)
        .trade(99, 2)
        .snapshot(1, "98:5", "102:3")
        .trade(101, 4)
        .trade(99, 5)
        .trade(100, 6)
        .trade(100, 0);
    for (int i = 0; i < 7; i++) {
      next();
    }
    assertThat(prints())
        .containsExactly("1 @ 100 BUY", "2 @ 99 SELL", "4 @ 101 BUY", "5 @ 99 SELL", "6 @ 100 BUY");
    assertBook("98:5", "102:3");
    assertThat(market.trades().stream().map(PublicTrade::time))
        .containsExactly(1_000L, 1_001L, 1_003L, 1_004L, 1_005L);
  }

  @Test
  void aRecordingWithBooksDoesNotPlayItsQuotes() {
    snapshot(1, "99:5", "101:3").quote(99.5, 1, 100, 1);
    assertThat(new Recording(events).events()).containsExactly(events.getFirst());
  }

  @Test
  void whatCannotBePlayedIsRefused() {
    assertThatThrownBy(() -> new Recording(List.of()))
        .hasMessage("a recording must have trades, quotes or order books");
    assertThatThrownBy(() -> new Recording(List.of(new ExternalValue("REC", 1, "mood", 1.0))))
        .hasMessageStartingWith(
            "a recording has trades, quotes and order books, was ExternalValue");
    var large = new Recording(List.of(new Trade("REC", 1, 1e12, 1e12)));
    assertThatThrownBy(() -> new RecordedFlow(exchange, market, BigDecimal.ONE, large, START, 1))
        .hasMessageStartingWith(
            "recording of RECUSDT: highest price × largest size must be at most 92233720368547758,");
  }
}
