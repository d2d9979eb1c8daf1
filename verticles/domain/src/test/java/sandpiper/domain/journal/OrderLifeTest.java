package sandpiper.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.OrderStatus.Change;

class OrderLifeTest {
  /// All that can happen, written down a second time: from, change, to. `*` marks what only types
  /// with a trigger can, `-` what only those without.
  private static final String RULES =
      """
      PENDING ACTIVATE WORKING
      PENDING AMEND PENDING
      PENDING CANCEL CANCELLED
      PENDING EXPIRE EXPIRED
      WORKING TRIGGER TRIGGERED *
      WORKING FILL_PART PARTIALLY_FILLED -
      WORKING FILL_REST FILLED -
      WORKING AMEND WORKING
      WORKING CANCEL CANCELLED
      WORKING EXPIRE EXPIRED
      TRIGGERED FILL_PART PARTIALLY_FILLED
      TRIGGERED FILL_REST FILLED
      TRIGGERED AMEND TRIGGERED
      TRIGGERED CANCEL CANCELLED
      TRIGGERED EXPIRE EXPIRED
      PARTIALLY_FILLED FILL_PART PARTIALLY_FILLED
      PARTIALLY_FILLED FILL_REST FILLED
      PARTIALLY_FILLED AMEND PARTIALLY_FILLED
      PARTIALLY_FILLED CANCEL CANCELLED
      PARTIALLY_FILLED EXPIRE EXPIRED
      """;

  @ParameterizedTest
  @EnumSource(OrderType.class)
  void onlyWhatTheRulesSayCanHappen(OrderType type) {
    for (var from : OrderStatus.values()) {
      for (var change : Change.values()) {
        var to = byTheRules(from.name(), change.name(), type);
        if (to.isEmpty()) {
          assertThatThrownBy(() -> from.after(change, type))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage(change + " cannot happen to a " + type + " that is " + from);
        } else {
          assertThat(from.after(change, type)).hasToString(to);
        }
      }
    }
  }

  @Test
  void aLifeBeginsInOneOfThreeWays() {
    for (var status : OrderStatus.values()) {
      if (List.of("PENDING", "WORKING", "REFUSED").contains(status.name())) {
        assertThat(Order.first(command(OrderType.LIMIT), status, 1, 1).status()).isEqualTo(status);
      } else {
        assertThatThrownBy(() -> Order.first(command(OrderType.LIMIT), status, 1, 1))
            .hasMessage("an order cannot begin as " + status);
      }
    }
  }

  /// A model of three variables and the rules above, beside the real order.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomLivesFollowTheModel(long seed) {
    var random = new SplittableRandom(seed);
    var seen = new EnumMap<OrderStatus, Integer>(OrderStatus.class);
    for (int life = 0; life < 2_000; life++) {
      var type = any(List.of(OrderType.values()), random);
      var first = random.nextInt(3) == 0 ? OrderStatus.PENDING : OrderStatus.WORKING;
      var order = Order.first(command(type), first, 1, 1);
      var status = first.name();
      int quantity = 10;
      int filled = 0;
      for (int step = 0; step < 12; step++) {
        int amount = 1 + random.nextInt(12);
        var wanted = any(List.of(Change.values()), random);
        boolean fill = wanted == Change.FILL_PART || wanted == Change.FILL_REST;
        var change =
            fill ? (filled + amount == quantity ? Change.FILL_REST : Change.FILL_PART) : wanted;
        var to = byTheRules(status, change.name(), type);
        boolean fits =
            fill ? filled + amount <= quantity : change != Change.AMEND || amount > filled;
        var act = act(change, BigDecimal.valueOf(amount));
        var before = order;
        if (to.isEmpty() || !fits) {
          assertThatThrownBy(() -> act.apply(before)).isInstanceOf(IllegalStateException.class);
        } else {
          order = act.apply(before);
          status = to;
          filled += fill ? amount : 0;
          quantity = change == Change.AMEND || change == Change.ACTIVATE ? amount : quantity;
          assertThat(order.version()).isEqualTo(before.version() + 1);
        }
        assertThat(order.status()).hasToString(status);
        assertThat(order.filledQuantity()).isEqualByComparingTo(BigDecimal.valueOf(filled));
        assertThat(order.quantity()).isEqualByComparingTo(BigDecimal.valueOf(quantity));
        assertThat(order.filledNotional()).isEqualByComparingTo(BigDecimal.valueOf(7L * filled));
        assertThat(order.status().isFinal())
            .isEqualTo(List.of("FILLED", "CANCELLED", "EXPIRED").contains(status));
      }
      seen.merge(order.status(), 1, Integer::sum);
    }
    assertThat(seen.keySet())
        .contains(OrderStatus.FILLED, OrderStatus.CANCELLED, OrderStatus.EXPIRED);
  }

  private static <T> T any(List<T> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  private static UnaryOperator<Order> act(Change change, BigDecimal amount) {
    return switch (change) {
      case ACTIVATE -> order -> order.activated(amount, order.limitPrice(), null);
      case TRIGGER -> order -> order.triggered(BigDecimal.TEN);
      case AMEND -> order -> order.amended(amount, order.limitPrice(), null);
      case FILL_PART, FILL_REST -> order -> order.filled(BigDecimal.valueOf(7), amount);
      case CANCEL -> Order::cancelled;
      case EXPIRE -> Order::expired;
    };
  }

  private static String byTheRules(String from, String change, OrderType type) {
    boolean triggered =
        List.of("STOP", "STOP_LIMIT", "TRAILING_STOP", "TAKE_PROFIT").contains(type.name());
    return RULES
        .lines()
        .map(line -> line.split(" "))
        .filter(rule -> rule[0].equals(from) && rule[1].equals(change))
        .filter(rule -> rule.length == 3 || rule[3].equals(triggered ? "*" : "-"))
        .map(rule -> rule[2])
        .findFirst()
        .orElse("");
  }

  private static PlaceOrder command(OrderType type) {
    var price = Map.of(true, BigDecimal.valueOf(7));
    var terms =
        new OrderTerms(
            price.get(type.hasTrigger()),
            price.get(type == OrderType.TRAILING_STOP),
            null,
            TimeInForce.GTC,
            null,
            false,
            false,
            null,
            null);
    return new PlaceOrder(
        "bt_1",
        "ord_1",
        "sig_1",
        "s",
        "X",
        Side.BUY,
        type,
        BigDecimal.TEN,
        price.get(type.hasLimit()),
        terms,
        null);
  }
}
