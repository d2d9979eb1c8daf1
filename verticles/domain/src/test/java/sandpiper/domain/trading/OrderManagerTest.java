package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

class OrderManagerTest {
  private static final String SESSION = "bt_0000000000000001";

  private final List<JournalEntry> journal = new ArrayList<>();
  private final OrderManager orders = manager("1000");
  private long seq;

  @Test
  void anOrderNeverMeetsTheEventItWasPlacedIn() {
    trade(100);
    var accepted = buy("1", null);
    assertThat(accepted).isInstanceOf(OrderAccepted.class);
    var filled = (OrderFilled) trade(101).getFirst();
    assertThat(filled.fill().price()).isEqualByComparingTo("101");
    assertThat(filled.fill().seq()).isEqualTo(accepted.seq() + 1);
    assertThat(filled.fill().maker()).isFalse();
  }

  @Test
  void aLimitOrderTakesABetterFirstPriceAndLaterWaitsForItsOwn() {
    trade(100);
    buy("1", "99");
    assertThat(trade(99.5)).isEmpty();
    var rested = (OrderFilled) trade(98).getFirst();
    assertThat(rested.fill().price()).isEqualByComparingTo("99");
    assertThat(rested.fill().maker()).isTrue();

    sell("1", "97");
    var taken = (OrderFilled) trade(98.5).getFirst();
    assertThat(taken.fill().price()).isEqualByComparingTo("98.5");
    assertThat(taken.fill().maker()).isFalse();
  }

  @Test
  void onBarsAGapFillsAtTheOpenAndATouchAtTheLimit() {
    bar(100, 101, 99, 100);
    buy("1", "95");
    assertThat(bar(100, 101, 96, 97)).isEmpty();
    var gap = (OrderFilled) bar(90, 96, 89, 95).getFirst();
    assertThat(gap.fill().price()).isEqualByComparingTo("90");
    assertThat(gap.fill().time()).isEqualTo(2 * 60_000_000L);

    sell("1", "98");
    var touch = (OrderFilled) bar(96, 98, 95, 96).getFirst();
    assertThat(touch.fill().price()).isEqualByComparingTo("98");
    assertThat(touch.fill().time()).isEqualTo(4 * 60_000_000L);
  }

  @Test
  void quotesFillBuysAtTheAskAndSellsAtTheBid() {
    quote(99, 101);
    buy("1", null);
    assertThat(((OrderFilled) quote(99, 101).getFirst()).fill().price())
        .isEqualByComparingTo("101");
    sell("1", null);
    assertThat(((OrderFilled) quote(99, 101).getFirst()).fill().price()).isEqualByComparingTo("99");
  }

  @Test
  void aCancelledOrderDoesNotFillAndASecondCancelIsRefused() {
    trade(100);
    var order = buy("1", "90").order();
    assertThat(cancel(order.orderId())).isInstanceOf(OrderCancelled.class);
    assertThat(trade(80)).isEmpty();
    assertThat(cancel(order.orderId()))
        .isInstanceOfSatisfying(
            CancelRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo("the order is CANCELLED"));
  }

  @Test
  void everyRuleNamesItsLimitAndTheValue() {
    refused(buy("1", null), "no-price", "no price of BTCUSD was seen yet");
    trade(100);
    refused(buy("0", null), "quantity", "quantity must be at least one lot, 0.01, was 0");
    refused(buy("0.01", null), "min-notional", "price x quantity must be at least 5, was 1");
    refused(buy("1", "0"), "price", "limit price must be at least one tick, 0.01, was 0");
    refused(buy("10", null), "buying-power", "the order needs 1001, free cash is 1000");
    assertThat(orders.summary().refused()).isEqualTo(5);
  }

  @Test
  void workingOrdersReserveTheirCash() {
    trade(100);
    assertThat(buy("6", "100")).isInstanceOf(OrderAccepted.class);
    refused(buy("6", "100"), "buying-power", "the order needs 600.6, free cash is 399.4");
  }

  @Test
  void sellingMoreThanHeldBooksProfitAndTurnsShort() {
    trade(100);
    buy("2", null);
    trade(100);
    sell("3", null);
    var events = trade(110);
    assertThat(events).hasSize(2);
    var closing = (OrderFilled) events.getFirst();
    var opening = (OrderFilled) events.getLast();
    assertThat(closing.order().status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    assertThat(closing.position().isClosed()).isTrue();
    assertThat(closing.position().realised()).isEqualByComparingTo("20");
    assertThat(opening.order().status()).isEqualTo(OrderStatus.FILLED);
    assertThat(opening.position().signedQuantity()).isEqualByComparingTo("-1");
    assertThat(opening.position().positionId()).isNotEqualTo(closing.position().positionId());
  }

  @Test
  void theEndCancelsWhatWorksAndMarksEquity() {
    trade(100);
    buy("1", null);
    trade(100);
    buy("1", "50");
    trade(120);
    orders.finish(++seq, seq * 1_000_000);
    assertThat(journal.get(journal.size() - 2)).isInstanceOf(OrderCancelled.class);
    var equity = (EquityMarked) journal.getLast();
    assertThat(equity.equity()).isEqualByComparingTo("1019.9");
    assertThat(equity.unrealised()).isEqualByComparingTo("20");
    assertThat(orders.summary().openAtEnd()).isTrue();
  }

  @Test
  void idsFollowFromSessionInputAndKind() {
    trade(100);
    buy("1", null);
    trade(100);
    var fill = fills().getFirst();
    assertThat(fill.fillId()).isEqualTo("fil_0000000000000001-2-1");
    assertThat(fill.positionId()).isEqualTo("pos_0000000000000001-2-1");
  }

  @Test
  void recordsWithoutAnIdentityCannotExist() {
    assertThatThrownBy(() -> new CancelOrder(SESSION, "", "s")).hasMessageContaining("order_id");
    assertThatThrownBy(() ->
            new PlaceOrder(
                SESSION,
                "ord_1",
                "",
                "s",
                "BTCUSD",
                Side.BUY,
                OrderType.MARKET,
                BigDecimal.ONE,
                null))
        .hasMessageContaining("signal_id");
    assertThatThrownBy(() ->
            new EquityMarked(
                "",
                0,
                0,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Map.of()))
        .hasMessageContaining("session_id");
  }

  /// Whatever happens, cash is the budget and all that fills moved, to the last digit, and equity
  /// is cash, and what is held at the last price.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void moneyIsConservedToTheLastDigit(long seed) {
    var random = new SplittableRandom(seed);
    var working = new ArrayList<String>();
    double last = 0;
    for (int i = 0; i < 3_000; i++) {
      last = (5_000 + random.nextInt(10_000)) / 100.0;
      trade(last);
      var quantity = BigDecimal.valueOf(1 + random.nextInt(300), 2).toPlainString();
      var limit =
          random.nextBoolean()
              ? null
              : BigDecimal.valueOf(5_000 + random.nextInt(10_000), 2).toPlainString();
      var event = random.nextBoolean() ? buy(quantity, limit) : sell(quantity, limit);
      working.add(event.order().orderId());
      if (random.nextInt(4) == 0) {
        cancel(working.get(random.nextInt(working.size())));
      }
    }
    orders.finish(++seq, seq * 1_000_000);
    var cash = new BigDecimal("1000");
    var held = BigDecimal.ZERO;
    for (var fill : fills()) {
      var signed = fill.quantity().multiply(BigDecimal.valueOf(fill.side().sign()));
      cash = cash.subtract(signed.multiply(fill.price())).subtract(fill.fee());
      held = held.add(signed);
    }
    assertThat(fills()).hasSizeGreaterThan(20);
    var equity = (EquityMarked) journal.getLast();
    assertThat(equity.cash()).isEqualByComparingTo(cash);
    assertThat(equity.equity())
        .isEqualByComparingTo(cash.add(held.multiply(BigDecimal.valueOf(last))));
    assertThat(equity.equity())
        .isEqualByComparingTo(
            new BigDecimal("1000")
                .add(equity.realised())
                .add(equity.unrealised())
                .subtract(equity.fees()));
  }

  private List<OrderEvent> trade(double price) {
    return orders.onMarket(++seq, seq * 1_000_000, new Trade("BTCUSD", seq * 1_000_000, price, 1));
  }

  private List<OrderEvent> quote(double bid, double ask) {
    return orders.onMarket(++seq, seq, new Quote("BTCUSD", seq, bid, ask, 1, 1));
  }

  private List<OrderEvent> bar(double open, double high, double low, double close) {
    var minute = Interval.parse("1m");
    long openTime = seq * minute.micros();
    return orders.onMarket(
        ++seq,
        openTime + minute.micros(),
        new Bar("BTCUSD", minute, openTime, open, high, low, close, 1));
  }

  private OrderEvent buy(String quantity, @Nullable String limit) {
    return place(Side.BUY, quantity, limit);
  }

  private OrderEvent sell(String quantity, @Nullable String limit) {
    return place(Side.SELL, quantity, limit);
  }

  private int placed;

  private OrderEvent place(Side side, String quantity, @Nullable String limit) {
    placed++;
    var command =
        new PlaceOrder(
            SESSION,
            "ord_" + placed,
            "sig_" + placed,
            "s",
            "BTCUSD",
            side,
            limit == null ? OrderType.MARKET : OrderType.LIMIT,
            new BigDecimal(quantity),
            limit == null ? null : new BigDecimal(limit));
    return orders.submit(seq, seq, List.of(command)).getFirst();
  }

  private OrderEvent cancel(String orderId) {
    return orders.submit(seq, seq, List.of(new CancelOrder(SESSION, orderId, "s"))).getFirst();
  }

  private List<Fill> fills() {
    return journal.stream()
        .filter(OrderFilled.class::isInstance)
        .map(entry -> ((OrderFilled) entry).fill())
        .toList();
  }

  private static void refused(OrderEvent event, String rule, String reason) {
    assertThat(event)
        .isInstanceOfSatisfying(
            OrderRefused.class,
            refused -> {
              assertThat(refused.rule()).isEqualTo(rule);
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.order().status()).isEqualTo(OrderStatus.REFUSED);
            });
  }

  private OrderManager manager(String cash) {
    var fee = new BigDecimal("0.001");
    var instrument =
        new Instrument(
            "BTCUSD",
            new BigDecimal("0.01"),
            new BigDecimal("0.01"),
            new BigDecimal("5"),
            fee,
            fee);
    var plan = new StrategyPlan("s", "s", "hash", Map.of(), List.of(), List.of());
    return new OrderManager(
        new SessionSpec(
            SESSION,
            SessionMode.BACKTEST,
            List.of(instrument),
            new BigDecimal(cash),
            List.of(plan),
            0),
        journal::add);
  }
}
