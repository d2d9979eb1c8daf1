package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderAmended;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.TimeInForce;

/// Orders of people, beside those of the strategy `s`.
class ManualOrdersTest {
  private final Desk desk = new Desk();

  ManualOrdersTest() {
    desk.trade(100);
  }

  private static ManualOrder order(
      Side side, OrderType type, String quantity, @Nullable String limit) {
    return new ManualOrder(
        "s",
        "X",
        side,
        type,
        new BigDecimal(quantity),
        Desk.decimal(limit),
        null,
        TimeInForce.GTC,
        false,
        false,
        "news");
  }

  private Order buy(String quantity) {
    return desk.manager.place(order(Side.BUY, OrderType.MARKET, quantity, null), "alice");
  }

  private Order close(String position, @Nullable String quantity, @Nullable String limit) {
    return desk.manager.close(
        position, Desk.decimal(quantity), Desk.decimal(limit), "out", "alice");
  }

  private <T extends JournalEntry> T last(Class<T> kind) {
    return all(kind).getLast();
  }

  private <T extends JournalEntry> List<T> all(Class<T> kind) {
    return desk.journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static void assertRefused(ManualRefusal.Kind kind, String message, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            ManualRefusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  /// A position of 10 of the strategy, bought by itself.
  private String position() {
    desk.buy("10").place();
    desk.trade(100);
    return last(OrderFilled.class).position().positionId();
  }

  @Test
  void anOrderHasASignalOfItsOwnAndIsHeardWithTheNextInput() {
    var placed = buy("2.009");
    assertThat(placed.status()).isEqualTo(OrderStatus.WORKING);
    assertThat(placed.orderId()).endsWith("-1-m1");
    assertThat(placed.quantity()).isEqualByComparingTo("2");
    var signal = last(Signal.class);
    assertThat(signal.signalId()).isEqualTo(placed.signalId()).endsWith("-1-m1");
    assertThat(signal.name()).isEqualTo("manual");
    assertThat(signal.reason()).isEqualTo("news");
    assertThat(signal.strategy()).isEqualTo("s");
    var events = desk.trade(101);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst()).endsWith("m1 accepted");
    assertThat(events.getLast()).endsWith("m1 filled 2 @ 101");
    assertThat(last(OrderFilled.class).position().strategy()).isEqualTo("s");
  }

  @Test
  void riskTurnsItDownLikeAnyOther() {
    assertRefused(ManualRefusal.Kind.CONFLICT, "buying-power", () -> buy("100000"));
    var refused = last(OrderRefused.class);
    assertThat(refused.rule()).isEqualTo("buying-power");
    assertThat(last(RiskAlert.class).orderId()).isEqualTo(refused.order().orderId());
    desk.manager.kill(RiskAction.CANCEL, "enough", "bob");
    assertRefused(ManualRefusal.Kind.CONFLICT, "kill-switch", () -> buy("1"));
  }

  @Test
  void theStrategyCannotTouchIt() {
    desk.manager.place(order(Side.BUY, OrderType.LIMIT, "1", "90"), "alice");
    assertThat(desk.cancelAll()).hasSize(1).allMatch(told -> told.endsWith("m1 accepted"));
    assertThat(desk.trade(90)).hasSize(1).allMatch(told -> told.endsWith("m1 filled 1 @ 90"));
  }

  @Test
  void anyOrderIsCancelledAndChanged() {
    desk.buy("1").limit("90").place();
    var amended =
        desk.manager.amend("ord_1", new BigDecimal("3"), new BigDecimal("91.239"), null, "alice");
    assertThat(amended.quantity()).isEqualByComparingTo("3");
    assertThat(amended.limitPrice()).isEqualByComparingTo("91.23");
    assertRefused(
        ManualRefusal.Kind.CONFLICT,
        "a LIMIT order has no trigger price",
        () -> desk.manager.amend("ord_1", null, null, BigDecimal.TEN, "alice"));
    assertThat(desk.manager.cancel("ord_1", "wrong", "alice").status())
        .isEqualTo(OrderStatus.CANCELLED);
    assertThat(desk.trade(80)).containsExactly("1 amended", "1 amendrefused", "1 cancelled");
    assertRefused(
        ManualRefusal.Kind.CONFLICT,
        "order ord_1 is CANCELLED",
        () -> desk.manager.cancel("ord_1", "wrong", "alice"));
    assertRefused(
        ManualRefusal.Kind.UNKNOWN,
        "no order ord_9 is in the session",
        () -> desk.manager.cancel("ord_9", "wrong", "alice"));
  }

  @Test
  void aPersonChangesAPersonsOrder() {
    var placed = desk.manager.place(order(Side.BUY, OrderType.LIMIT, "1", "90"), "alice");
    assertThat(
            desk.manager
                .amend(placed.orderId(), null, new BigDecimal("95"), null, "alice")
                .limitPrice())
        .isEqualByComparingTo("95");
    assertThat(desk.manager.cancel(placed.orderId(), "wrong", "bob").status())
        .isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void aPositionIsClosedOnce() {
    var position = position();
    var closing = close(position, null, null);
    assertThat(closing.terms().reduceOnly()).isTrue();
    assertThat(closing.side()).isEqualTo(Side.SELL);
    assertThat(closing.quantity()).isEqualByComparingTo("10");
    assertThat(last(Signal.class).name()).isEqualTo("manual-close");
    assertRefused(
        ManualRefusal.Kind.CONFLICT,
        ", 10 X, 0 can be closed beside [" + closing.orderId() + "]",
        () -> close(position, null, null));
    assertThat(desk.trade(105)).hasSize(2);
    assertThat(last(OrderFilled.class).position().isClosed()).isTrue();
    assertRefused(
        ManualRefusal.Kind.UNKNOWN,
        "no position " + position + " is open",
        () -> close(position, null, null));
  }

  @Test
  void aPositionIsClosedInPartsAndAtALimit() {
    var position = position();
    close(position, "4", "110");
    assertRefused(ManualRefusal.Kind.CONFLICT, "6 can be closed", () -> close(position, "7", null));
    close(position, null, null);
    desk.trade(105);
    assertThat(last(OrderFilled.class).position().quantity()).isEqualByComparingTo("4");
    desk.trade(110);
    assertThat(last(OrderFilled.class).position().isClosed()).isTrue();
    assertThat(last(OrderFilled.class).fill().price()).isEqualByComparingTo("110");
  }

  @Test
  void exitsOfTheStrategyDoNotCountAsClosing() {
    var position = position();
    desk.sell("10").stop("95").reduceOnly().place();
    close(position, null, null);
    assertThat(desk.trade(99).getLast()).isEqualTo("2 cancelled");
    assertThat(last(OrderFilled.class).position().isClosed()).isTrue();
  }

  @Test
  void afterTheKillSwitchAPositionCanStillBeClosed() {
    var position = position();
    desk.manager.kill(RiskAction.BLOCK, "enough", "bob");
    close(position, null, null);
    desk.trade(100);
    assertThat(last(OrderFilled.class).position().isClosed()).isTrue();
  }

  @Test
  void whatMakesNoSense() {
    var nobody =
        new ManualOrder(
            "t",
            "X",
            Side.BUY,
            OrderType.MARKET,
            BigDecimal.ONE,
            null,
            null,
            TimeInForce.GTC,
            false,
            false,
            "news");
    assertRefused(
        ManualRefusal.Kind.UNKNOWN,
        "strategy must be one of [s], was 't'",
        () -> desk.manager.place(nobody, "alice"));
    assertRefused(
        ManualRefusal.Kind.INVALID,
        "a limit order has a limit price",
        () -> desk.manager.place(order(Side.BUY, OrderType.LIMIT, "1", null), "alice"));
    int entries = desk.journal.size();
    assertRefused(
        ManualRefusal.Kind.INVALID,
        "a limit order has a limit price and others have none",
        () -> desk.manager.place(order(Side.BUY, OrderType.MARKET, "1", "5"), "alice"));
    assertThat(desk.journal).as("nothing is on record").hasSize(entries);
    assertThatThrownBy(() -> order(Side.BUY, OrderType.MARKET, "0", null))
        .hasMessage("quantity must be above zero, was 0");
    assertThatThrownBy(() -> order(Side.BUY, OrderType.TRAILING_STOP, "1", null))
        .hasMessageContaining("type must be market, limit");
  }

  @Test
  void allPositionsAreClosedOnce() {
    desk.buy("2").place();
    desk.trade(100);
    var position = last(OrderFilled.class).position();
    close(position.positionId(), "0.5", "110");
    assertThat(desk.manager.closeAll("home", "alice"))
        .extracting(Order::quantity, Order::side, Order::type)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                new BigDecimal("1.50"), Side.SELL, OrderType.MARKET));
    assertThat(desk.manager.closeAll("again", "alice")).isEmpty();
    desk.trade(100);
    assertThat(last(OrderFilled.class).position().quantity()).isEqualByComparingTo("0.5");
  }

  @Test
  void allOrdersAreCancelledWhoeverPlacedThem() {
    desk.buy("1").limit("90").place();
    desk.manager.place(order(Side.BUY, OrderType.LIMIT, "1", "91"), "alice");
    assertThat(desk.manager.cancelAll("home", "alice"))
        .extracting(Order::status)
        .containsExactly(OrderStatus.CANCELLED, OrderStatus.CANCELLED);
    assertThat(desk.manager.cancelAll("again", "alice")).isEmpty();
    desk.trade(80);
    assertThat(all(OrderFilled.class)).isEmpty();
  }

  @Test
  void whoDidItIsOnRecord() {
    desk.buy("1").limit("90").place();
    desk.manager.amend("ord_1", new BigDecimal("2"), null, null, "alice");
    desk.manager.cancel("ord_1", "wrong", "bob");
    buy("1");

    assertThat(last(OrderAmended.class).by()).isEqualTo("alice");
    assertThat(last(OrderCancelled.class).by()).isEqualTo("bob");
    assertThat(last(Signal.class)).returns("alice", Signal::by).returns("news", Signal::reason);
  }

  @Test
  void whatTheStrategyDoesAfterAPersonIsItsOwn() {
    desk.manager.place(order(Side.BUY, OrderType.LIMIT, "1", "50"), "alice");
    desk.buy("1").limit("90").place();
    desk.trade(100);
    desk.cancelAll();

    assertThat(last(OrderCancelled.class).by()).isNull();
  }

  @Test
  void whatAKillSwitchDoesIsAttributedToWhoeverThrewIt() {
    position();
    desk.buy("1").limit("90").place();
    desk.manager.kill(RiskAction.CLOSE, "enough", "carol");

    assertThat(last(OrderCancelled.class).by()).isEqualTo("carol");
    assertThat(last(Signal.class))
        .returns("carol", Signal::by)
        .returns("kill-switch", Signal::name);
    assertThat(last(RiskAlert.class).text()).contains("carol: enough");
  }
}
