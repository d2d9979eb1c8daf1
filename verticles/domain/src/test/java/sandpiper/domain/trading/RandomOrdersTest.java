package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderActivated;
import sandpiper.domain.journal.OrderAmended;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderTriggered;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.journal.Trail;

/// Random orders, changes and prices; what holds whatever happens is read off the journal.
class RandomOrdersTest {
  private final Desk desk = new Desk();

  @ParameterizedTest(name = "seed {0}, bars {1}")
  @CsvSource({"1, false", "2, false", "3, false", "4, true", "5, true", "6, true"})
  void theJournalIsConsistent(long seed, boolean bars) {
    play(seed, bars, desk);
    var sum = new Sums();
    desk.journal.forEach(entry -> {
      if (entry instanceof OrderEvent event) {
        sum.on(event, bars);
      }
    });
    assertThat(sum.working).isEmpty();
    assertThat(sum.kinds)
        .containsExactly(
            "AmendRefused",
            "CancelRefused",
            "OrderAccepted",
            "OrderActivated",
            "OrderAmended",
            "OrderCancelled",
            "OrderExpired",
            "OrderFilled",
            "OrderRefused",
            "OrderTriggered");
    assertThat(sum.exits).isGreaterThan(20);
    var equity = (EquityMarked) desk.journal.getLast();
    assertThat(equity.cash()).isEqualByComparingTo(sum.cash);
    assertThat(equity.equity())
        .isEqualByComparingTo(
            new BigDecimal("100000")
                .add(equity.realised())
                .add(equity.unrealised())
                .subtract(equity.fees()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8})
  void theSameCommandsGiveTheSameJournal(long seed) {
    var again = new Desk();
    play(seed, true, desk);
    play(seed, true, again);
    assertThat(again.journal).isEqualTo(desk.journal);
  }

  /// What the journal says so far, kept as simply as can be.
  private static final class Sums {
    private final Map<String, Order> working = new HashMap<>();
    private final Map<String, BigDecimal> filled = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> kinds = new TreeSet<>();
    private BigDecimal cash = new BigDecimal("100000");
    private BigDecimal held = BigDecimal.ZERO;
    private int exits;

    private void on(OrderEvent event, boolean bars) {
      var order = event.order();
      var id = order.orderId();
      kinds.add(event.getClass().getSimpleName());
      assertThat(order.signalId()).startsWith("sig_");
      var before = working.get(id);
      switch (event) {
        case OrderAccepted _, OrderRefused _ -> {
          assertThat(before).isNull();
          assertThat(ended).doesNotContain(id);
          assertThat(order.version()).isEqualTo(1);
        }
        case AmendRefused _, CancelRefused _ -> {
          if (before != null) {
            assertThat(order).isEqualTo(before);
          }
          return;
        }
        case OrderActivated _,
            OrderTriggered _,
            OrderFilled _,
            OrderAmended _,
            OrderCancelled _,
            OrderExpired _ -> {
          assertThat(before).as(id).isNotNull();
          assertThat(order.version()).isEqualTo(before == null ? 0 : before.version() + 1);
        }
      }
      if (event instanceof OrderActivated) {
        assertThat(filled).containsKey(order.terms().parentId());
      }
      if (event instanceof OrderExpired && order.terms().expiresAt() != null) {
        assertThat(event.time()).isGreaterThanOrEqualTo(order.terms().expiresAt());
      }
      if (event instanceof OrderFilled fill) {
        onFill(fill, bars);
      }
      if (order.status().isFinal()) {
        working.remove(id);
        ended.add(id);
      } else {
        working.put(id, order);
      }
    }

    private void onFill(OrderFilled event, boolean bars) {
      var order = event.order();
      var fill = event.fill();
      assertThat(event.seq()).isGreaterThan(order.placedSeq());
      var sum = filled.merge(order.orderId(), fill.quantity(), BigDecimal::add);
      assertThat(sum)
          .isEqualByComparingTo(order.filledQuantity())
          .isLessThanOrEqualTo(order.quantity());
      var terms = order.terms();
      if (terms.groupId() != null) {
        var winner = groups.putIfAbsent(terms.groupId(), order.orderId());
        assertThat(winner).isIn(null, order.orderId());
      }
      var signed = fill.quantity().multiply(BigDecimal.valueOf(fill.side().sign()));
      if (terms.reduceOnly()) {
        assertThat(held.signum()).isEqualTo(-fill.side().sign());
        assertThat(fill.quantity()).isLessThanOrEqualTo(held.abs());
        exits += terms.parentId() == null ? 0 : 1;
      }
      if (order.limitPrice() != null) {
        assertThat(fill.price().subtract(order.limitPrice()).signum() * fill.side().sign())
            .isNotPositive();
      }
      if (terms.postOnly()) {
        assertThat(fill.maker()).isTrue();
      }
      if (terms.expiresAt() != null && !bars) {
        assertThat(fill.time()).isLessThan(terms.expiresAt());
      }
      held = held.add(signed);
      cash = cash.subtract(signed.multiply(fill.price())).subtract(fill.fee());
    }
  }

  private static void play(long seed, boolean bars, Desk desk) {
    var random = new SplittableRandom(seed);
    double price = 100;
    int orders = 0;
    desk.trade(price);
    for (int i = 0; i < 2_000; i++) {
      price = Math.max(20, Math.round((price + random.nextInt(-300, 301) / 100.0) * 100) / 100.0);
      if (bars) {
        double close = price + random.nextInt(-200, 201) / 100.0;
        double high = Math.max(price, close) + random.nextInt(300) / 100.0;
        double low = Math.min(price, close) - random.nextInt(300) / 100.0;
        desk.bar(price, high, low, close);
        price = close;
      } else {
        desk.trade(price);
      }
      int ended = orders;
      orders += place(random, desk, price, orders);
      if (ended > 0 && random.nextInt(3) == 0) {
        int any = 1 + random.nextInt(ended);
        switch (random.nextInt(3)) {
          case 0 -> desk.cancel(any);
          case 1 -> desk.amend(any, number(random, 1), null, null);
          default -> desk.amend(any, null, number(random, price), null);
        }
      }
      if (random.nextInt(200) == 0) {
        desk.cancelAll();
      }
    }
    desk.manager.finish(desk.seq + 1, desk.time);
  }

  /// @return how many numbers the orders took
  private static int place(SplittableRandom random, Desk desk, double price, int orders) {
    var quantity = number(random, 3);
    var draft = random.nextBoolean() ? desk.buy(quantity) : desk.sell(quantity);
    var near = number(random, price);
    switch (random.nextInt(8)) {
      case 0 -> draft.limit(near);
      case 1 -> draft.limit(near).postOnly();
      case 2 -> draft.limit(near).tif(TimeInForce.IOC);
      case 3 -> draft.stop(near);
      case 4 -> draft.stopLimit(near, number(random, price));
      case 5 -> draft.takeProfit(near);
      case 6 -> draft.trailing("2.5");
      default -> {}
    }
    switch (random.nextInt(8)) {
      case 0 -> draft.reduceOnly();
      case 1 -> {
        if (orders > 0) {
          draft.after(1 + random.nextInt(orders));
        }
      }
      case 2 -> {
        draft.group(orders + 1);
        desk.submit(draft.command(), desk.sell(quantity).limit(near).group(orders + 1).command());
        return 2;
      }
      case 3, 4 -> {
        var exits = exits(random);
        draft.bracket(exits.getFirst(), exits.getLast());
        draft.place();
        return 3;
      }
      case 5 -> draft = desk.buy(quantity).limit(near).until(desk.time + 5 * Desk.SECOND);
      default -> {}
    }
    draft.place();
    return 1;
  }

  private static List<@Nullable ExitPrice> exits(SplittableRandom random) {
    var stops =
        List.of(
            new ExitPrice.Percent(BigDecimal.valueOf(2)),
            new ExitPrice.Offset(BigDecimal.valueOf(3)),
            new Trail(BigDecimal.valueOf(2), null));
    var takes =
        List.of(
            new ExitPrice.Percent(BigDecimal.valueOf(3)),
            new ExitPrice.Offset(BigDecimal.valueOf(2)),
            new ExitPrice.Multiple(BigDecimal.valueOf(2)));
    var exits = new ArrayList<@Nullable ExitPrice>();
    exits.add(stops.get(random.nextInt(3)));
    exits.add(takes.get(random.nextInt(3)));
    return exits;
  }

  /// Up to 5 % around, two digits.
  private static String number(SplittableRandom random, double around) {
    return BigDecimal.valueOf(Math.round(around * (9_500 + random.nextInt(1_001)) / 100), 2)
        .toPlainString();
  }
}
