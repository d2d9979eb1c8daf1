package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.Side;

class ExchangeTest implements ExchangeListener {
  private final List<String> told = new ArrayList<>();
  private final Exchange exchange =
      new Exchange(List.of(Samples.SIM), List.of(Samples.ALICE, Samples.BOB), this);
  private final Account alice = account("key-alice");
  private final Account bob = account("key-bob");

  ExchangeTest() {
    exchange.advance(1_000);
  }

  @Override
  public void onMarket(Market market) {}

  @Override
  public void onOrder(SimulatedOrder order) {
    told.add(who(order.account) + " " + order.state() + " " + order.executedQuantity());
  }

  @Override
  public void onTrade(AccountTrade trade) {
    told.add(
        who(trade.order().account)
            + (trade.maker() ? " makes " : " takes ")
            + trade.quantity()
            + " @ "
            + trade.price()
            + " fee "
            + TradingApi.plain(trade.fee()));
  }

  @Override
  public void onBalance(BalanceChange change) {
    told.add(
        who(change.account())
            + " "
            + change.reason()
            + " "
            + change.asset()
            + " "
            + TradingApi.plain(change.after().free())
            + "+"
            + TradingApi.plain(change.after().locked()));
  }

  private static String who(Account account) {
    return account.config().key().substring("key-".length());
  }

  private Account account(String key) {
    var account = exchange.account(key);
    if (account == null) {
      throw new AssertionError(key);
    }
    return account;
  }

  private static NewOrder limit(Side side, String quantity, String price) {
    return order(side, OrderKind.LIMIT, quantity, price, null);
  }

  private static NewOrder order(
      Side side,
      OrderKind kind,
      @Nullable String quantity,
      @Nullable String price,
      @Nullable String clientId) {
    return new NewOrder(
        "SIMUSDT",
        side,
        kind,
        quantity == null ? null : new BigDecimal(quantity),
        null,
        price == null ? null : new BigDecimal(price),
        clientId);
  }

  private static NewOrder forAmount(Side side, String amount) {
    return new NewOrder(
        "SIMUSDT", side, OrderKind.MARKET, null, new BigDecimal(amount), null, null);
  }

  private static void assertRefused(ThrowingCallable order, int code) {
    assertThatThrownBy(order)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private String usdt(Account account) {
    return TradingApi.plain(account.balance("USDT").free())
        + "+"
        + TradingApi.plain(account.balance("USDT").locked());
  }

  /// By hand: 4 of 10 SIM at 2.5 are 10 USDT; the buyer locked 4 × 2.6 × 1.001 = 10.4104 and pays
  /// 10 + 0.01, the seller gets 10 - 0.002.
  @Test
  void aFillIsToldInOrderAndPaidExactly() {
    exchange.place(alice, limit(Side.SELL, "10", "2.5"));
    assertThat(told).containsExactly("alice NEW 0.00", "alice ENTRUST_PLACE SIM 990+10");
    told.clear();
    exchange.place(bob, limit(Side.BUY, "4", "2.6"));
    assertThat(told)
        .containsExactly(
            "bob NEW 0.00",
            "bob ENTRUST_PLACE USDT 9989.5896+10.4104",
            "bob takes 4.00 @ 2.5000 fee 0.01",
            "bob ENTRUST USDT 9989.99+0",
            "bob ENTRUST SIM 1004+0",
            "bob FILLED 4.00",
            "alice makes 4.00 @ 2.5000 fee 0.002",
            "alice ENTRUST SIM 990+6",
            "alice ENTRUST USDT 10009.998+0",
            "alice PARTIALLY_FILLED 4.00");
    told.clear();
    exchange.cancel(alice.openOrders().getFirst());
    assertThat(told)
        .containsExactly("alice ENTRUST_CANCEL SIM 996+0", "alice PARTIALLY_CANCELED 4.00");
  }

  @Test
  void aMarketOrderForAnAmountSpendsWhatBuysWholeLots() {
    exchange.place(alice, limit(Side.SELL, "1", "3"));
    exchange.place(alice, limit(Side.SELL, "5", "4"));
    var order = exchange.place(bob, forAmount(Side.BUY, "9.03"));
    // 1 at 3, then 6.03 / 4 = 1.5075 in lots of 0.01.
    assertThat(order.executedQuantity()).isEqualByComparingTo("2.5");
    assertThat(order.executedAmount()).isEqualByComparingTo("9");
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(usdt(bob)).isEqualTo("9990.991+0");
  }

  @Test
  void aMarketOrderThatFindsTooLittleEndsInPart() {
    exchange.place(alice, limit(Side.SELL, "1", "3"));
    var order = exchange.place(bob, order(Side.BUY, OrderKind.MARKET, "2", null, null));
    assertThat(order.state()).isEqualTo(OrderState.PARTIALLY_CANCELED);
    exchange.place(alice, limit(Side.SELL, "1", "3"));
    var byAmount = exchange.place(bob, forAmount(Side.BUY, "6"));
    assertThat(byAmount.state()).isEqualTo(OrderState.PARTIALLY_CANCELED);
    assertThat(usdt(bob)).isEqualTo("9993.994+0");
    assertRefused(
        () -> exchange.place(bob, order(Side.BUY, OrderKind.MARKET, "2", null, null)), 30025);
  }

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() {
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1", "0.9")), 30002);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1000000", "2.1")), 30003);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1.001", "2")), 10096);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1", "2.00001")), 10096);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1", "0")), 30010);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "-1", "2")), 30002);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "99999999999999", "99999999")), 30003);
    assertRefused(
        () -> exchange.place(bob, order(Side.BUY, OrderKind.LIMIT, "1", null, null)), 44444);
    assertRefused(
        () -> exchange.place(bob, order(Side.BUY, OrderKind.LIMIT, "1", "2", "no spaces")), 700008);
    // 10000 USDT are not enough for the fee of a taker on top.
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "5000", "2")), 30004);
    assertRefused(() -> exchange.place(bob, limit(Side.SELL, "1000.01", "2")), 30005);
    exchange.market("SIMUSDT").setStatus(SymbolStatus.PAUSED);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1", "2")), 30000);
    exchange.market("SIMUSDT").setStatus(SymbolStatus.OFFLINE);
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1", "2")), 30016);
    assertThat(told).isEmpty();
    assertThat(bob.allOrders()).isEmpty();
  }

  @Test
  void aClientIdIsRefusedWhileAnOrderWithItIsOpen() {
    var first = exchange.place(bob, order(Side.BUY, OrderKind.LIMIT, "1", "2", "once"));
    assertRefused(
        () -> exchange.place(bob, order(Side.BUY, OrderKind.LIMIT, "1", "2", "once")), -2010);
    exchange.place(alice, order(Side.BUY, OrderKind.LIMIT, "1", "2", "once"));
    exchange.cancel(first);
    var second = exchange.place(bob, order(Side.BUY, OrderKind.LIMIT, "1", "2", "once"));
    assertThat(bob.orderByClientId("SIMUSDT", "once")).isSameAs(second);
  }

  @Test
  void anAccountHasAtMost500OpenOrders() {
    for (int i = 0; i < 500; i++) {
      exchange.place(bob, limit(Side.BUY, "1", "1"));
    }
    assertRefused(() -> exchange.place(bob, limit(Side.BUY, "1", "1")), 30029);
  }

  @Test
  void tradingWithOneselfIsToldAndCostsTheFees() {
    exchange.place(bob, limit(Side.SELL, "10", "2"));
    exchange.place(bob, limit(Side.BUY, "10", "2"));
    assertThat(bob.trades()).hasSize(2).allMatch(AccountTrade::selfTrade);
    assertThat(usdt(bob)).isEqualTo("9999.976+0");
    assertThat(bob.balance("SIM").free()).isEqualByComparingTo("1000");
  }

  /// Whatever is traded, what there is of each asset is with the accounts or was taken in fees, no
  /// balance falls below zero, and what is locked is what open orders hold.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingIsMadeAndNothingIsLost(long seed) {
    var random = new SplittableRandom(seed);
    exchange.limitFills(_ -> random.nextInt(10) == 0 ? 0.5 : 1);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      exchange.advance(1_000 + i);
      var account = random.nextBoolean() ? alice : bob;
      try {
        act(random, account);
      } catch (Refused e) {
        refused++;
      }
      assertThat(total("SIM")).isEqualByComparingTo("2000");
      assertThat(total("USDT")).isEqualByComparingTo("20000");
    }
    assertThat(refused).isBetween(1, 2_000);
    assertThat(alice.trades()).hasSizeGreaterThan(100);
    for (var account : List.of(alice, bob)) {
      for (var asset : List.of("SIM", "USDT")) {
        assertThat(account.balance(asset).locked()).isEqualByComparingTo(held(account, asset));
      }
      account.openOrders().forEach(exchange::cancel);
      assertThat(account.balance("SIM").locked()).isEqualByComparingTo("0");
      assertThat(account.balance("USDT").locked()).isEqualByComparingTo("0");
    }
    assertThat(exchange.market("SIMUSDT").book().depth(Side.BUY)).isZero();
    assertThat(exchange.market("SIMUSDT").book().depth(Side.SELL)).isZero();
  }

  private void act(SplittableRandom random, Account account) {
    var side = random.nextBoolean() ? Side.BUY : Side.SELL;
    var quantity = BigDecimal.valueOf(random.nextLong(1, 20_000), 2);
    var price = BigDecimal.valueOf(random.nextLong(19_000, 21_000), 4);
    int what = random.nextInt(10);
    if (what == 0 && !account.openOrders().isEmpty()) {
      var open = account.openOrders();
      exchange.cancel(open.get(random.nextInt(open.size())));
    } else if (what == 1) {
      exchange.place(account, forAmount(side, quantity.toPlainString()));
    } else {
      var kinds = OrderKind.values();
      var kind = kinds[random.nextInt(kinds.length)];
      boolean market = kind == OrderKind.MARKET;
      exchange.place(
          account,
          order(side, kind, quantity.toPlainString(), market ? null : price.toPlainString(), null));
    }
  }

  private BigDecimal total(String asset) {
    return exchange.accounts().stream()
        .map(account -> account.balance(asset).free().add(account.balance(asset).locked()))
        .reduce(exchange.feesTaken().getOrDefault(asset, BigDecimal.ZERO), BigDecimal::add);
  }

  /// Worked out anew from price and open quantity.
  private static BigDecimal held(Account account, String asset) {
    var held = BigDecimal.ZERO;
    for (var order : account.openOrders()) {
      var open = order.quantity().subtract(order.executedQuantity());
      if (order.side() == Side.SELL && asset.equals("SIM")) {
        held = held.add(open);
      } else if (order.side() == Side.BUY && asset.equals("USDT")) {
        held = held.add(open.multiply(order.price()).multiply(new BigDecimal("1.001")));
      }
    }
    return held;
  }
}
