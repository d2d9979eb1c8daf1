package sandpiper.domain.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.Side;
import sandpiper.testkit.SharedData;

class MatcherTest implements Matcher.Listener {
  private static final List<Execution> EXECUTIONS = List.of(Execution.values());

  private final List<String> told = new ArrayList<>();
  private final Matcher matcher = new Matcher(this);
  private final Map<Long, MatchedOrder> orders = new HashMap<>();

  @Override
  public void onFill(MatchedOrder taker, MatchedOrder maker, long price, long size) {
    told.add(taker.id() + " takes " + size + " @ " + price + " from " + maker.id());
  }

  @Override
  public void onLeft(MatchedOrder order, long size) {
    told.add(order.id() + " leaves " + size);
  }

  private List<String> place(long id, Side side, long price, long size, Execution execution) {
    told.clear();
    var order = new MatchedOrder(id, side, price, size);
    orders.put(id, order);
    matcher.place(order, execution);
    return List.copyOf(told);
  }

  private List<String> buy(long id, long price, long size) {
    return place(id, Side.BUY, price, size, Execution.GTC);
  }

  private List<String> sell(long id, long price, long size) {
    return place(id, Side.SELL, price, size, Execution.GTC);
  }

  private MatchedOrder order(long id) {
    var order = orders.get(id);
    if (order == null) {
      throw new AssertionError("no order " + id);
    }
    return order;
  }

  private static JsonNode oracle() throws IOException {
    var path = SharedData.path("oracle/fills/fills_pnl_liquidation_cases.json");
    return new JsonMapper().readTree(path.toFile()).get("orderbook");
  }

  /// B01 to B09: one order meets the book that exchange-core's tests begin with.
  @TestFactory
  Stream<DynamicTest> casesOfExchangeCore() throws IOException {
    var book = oracle();
    var cases =
        StreamSupport.stream(book.get("cases").spliterator(), false)
            .filter(each -> each.has("order"))
            .toList();
    assertThat(cases).hasSize(9);
    return cases.stream()
        .map(each ->
            dynamicTest(each.get("id").asText(), () -> new MatcherTest().check(each, book)));
  }

  private void check(JsonNode test, JsonNode book) {
    var initial = book.get("initial_book");
    initial.get("asks_fifo").forEach(each -> rest(Side.SELL, each));
    initial.get("bids_fifo").forEach(each -> rest(Side.BUY, each));
    var given = test.get("order");
    var side = Side.valueOf(given.get("side").asText());
    long limit = given.get("limit").asLong();
    long size = given.get("size").asLong();
    var execution = Execution.valueOf(given.get("type").asText());
    long wanted = test.get("expected_remaining").asLong();
    var expected = fills(100, test);
    boolean rests = test.get("remaining_goes").asText().equals("book");
    if (wanted > 0 && !rests) {
      expected.add("100 leaves " + wanted);
    }
    assertThat(place(100, side, limit, size, execution)).isEqualTo(expected);
    assertThat(order(100).isResting()).isEqualTo(wanted > 0 && rests);
    assertThat(matcher.sizeAt(side, limit)).isEqualTo(rests ? wanted : 0);
  }

  private void rest(Side side, JsonNode order) {
    var told =
        place(
            order.get(0).asLong(),
            side,
            order.get(1).asLong(),
            order.get(2).asLong(),
            Execution.GTC);
    assertThat(told).isEmpty();
  }

  private static List<String> fills(long taker, JsonNode test) {
    var fills = new ArrayList<String>();
    for (var each : test.get("expected_fills_makerId_price_qty")) {
      fills.add(
          taker
              + " takes "
              + each.get(2).asLong()
              + " @ "
              + each.get(1).asLong()
              + " from "
              + each.get(0).asLong());
    }
    return fills;
  }

  private static JsonNode oracle(String id) throws IOException {
    for (var each : oracle().get("cases")) {
      if (each.get("id").asText().equals(id)) {
        return each;
      }
    }
    throw new AssertionError("no case " + id);
  }

  /// B10 to B12 are told in words, those of Parity's order book tests.
  @Test
  void aBuyTakesSeveralLevelsBestFirst() throws IOException {
    sell(1, 1000, 100);
    sell(2, 1001, 100);
    sell(3, 999, 50);
    var test = oracle("B10");
    assertThat(buy(4, 1000, 100)).isEqualTo(fills(4, test));
    assertThat(order(1).open()).isEqualTo(test.get("maker1_remaining").asLong());
  }

  @Test
  void whatABuyDoesNotFindRests() throws IOException {
    sell(1, 1000, 50);
    assertThat(buy(2, 1000, 100)).isEqualTo(fills(2, oracle("B11")));
    assertThat(matcher.sizeAt(Side.BUY, 1000)).isEqualTo(50);
    assertThat(matcher.depth(Side.SELL)).isZero();
  }

  @Test
  void anOrderThatShrankFillsForWhatIsLeft() throws IOException {
    buy(1, 1000, 100);
    matcher.reduce(order(1), 25);
    assertThat(sell(2, 1000, 100)).isEqualTo(fills(2, oracle("B12")));
    assertThat(matcher.sizeAt(Side.SELL, 1000)).isEqualTo(25);
  }

  @Test
  void fillOrKillTakesAllOrNothing() {
    sell(1, 10, 5);
    sell(2, 11, 5);
    assertThat(place(3, Side.BUY, 10, 6, Execution.FOK)).containsExactly("3 leaves 6");
    assertThat(place(4, Side.BUY, 11, 6, Execution.FOK))
        .containsExactly("4 takes 5 @ 10 from 1", "4 takes 1 @ 11 from 2");
  }

  @Test
  void aBudgetIsForTheWholeSize() {
    sell(1, 10, 5);
    sell(2, 11, 5);
    assertThat(place(3, Side.BUY, 60, 6, Execution.FOK_BUDGET)).containsExactly("3 leaves 6");
    assertThat(place(4, Side.BUY, 500, 11, Execution.FOK_BUDGET)).containsExactly("4 leaves 11");
    assertThat(place(5, Side.BUY, 61, 6, Execution.FOK_BUDGET))
        .containsExactly("5 takes 5 @ 10 from 1", "5 takes 1 @ 11 from 2");
    buy(6, 9, 3);
    buy(7, 8, 3);
    assertThat(place(8, Side.SELL, 44, 5, Execution.FOK_BUDGET)).containsExactly("8 leaves 5");
    assertThat(place(9, Side.SELL, 43, 5, Execution.FOK_BUDGET))
        .containsExactly("9 takes 3 @ 9 from 6", "9 takes 2 @ 8 from 7");
  }

  @Test
  void postOnlyNeverTakes() {
    sell(1, 10, 5);
    assertThat(place(2, Side.BUY, 10, 1, Execution.POST_ONLY)).containsExactly("2 leaves 1");
    assertThat(place(3, Side.BUY, 9, 1, Execution.POST_ONLY)).isEmpty();
    assertThat(order(3).isResting()).isTrue();
  }

  @Test
  void aMovedOrderLosesItsPlaceAndMayFill() {
    buy(1, 10, 1);
    buy(2, 10, 2);
    buy(3, 9, 4);
    matcher.move(order(1), 9);
    assertThat(order(1).ahead()).isEqualTo(4);
    matcher.move(order(1), 10);
    assertThat(order(1).ahead()).isEqualTo(2);
    sell(4, 12, 1);
    told.clear();
    matcher.move(order(4), 10);
    assertThat(told).containsExactly("4 takes 1 @ 10 from 2");
    matcher.cancel(order(2));
    assertThat(order(1).ahead()).isZero();
  }

  @Test
  void whatCannotBeIsTurnedDown() {
    buy(1, 10, 5);
    assertThatThrownBy(() -> matcher.place(order(1), Execution.GTC))
        .hasMessage("order 1 was placed before");
    assertThatThrownBy(() -> matcher.reduce(order(1), 5))
        .hasMessage("an order shrinks by 1 to 4 lots, was 5");
    assertThatThrownBy(() -> matcher.move(order(1), 0))
        .hasMessage("price must be above zero ticks, was 0");
    matcher.cancel(order(1));
    assertThatThrownBy(() -> matcher.cancel(order(1))).hasMessage("order 1 is not in the book");
    assertThatThrownBy(() -> matcher.place(order(1), Execution.GTC))
        .hasMessage("order 1 was placed before");
    assertThatThrownBy(() -> new MatchedOrder(2, Side.BUY, 1, 0))
        .hasMessage("size must be above zero lots, was 0");
    assertThatThrownBy(() -> place(3, Side.BUY, 0, 1, Execution.GTC))
        .hasMessage("price must be above zero ticks, was 0");
    sell(4, Long.MAX_VALUE, 2);
    assertThatThrownBy(() -> place(5, Side.BUY, 1, 2, Execution.FOK_BUDGET))
        .isInstanceOf(ArithmeticException.class);
  }

  /// The same rules written as plainly as can be: one list, searched from front to back.
  private static final class Reference {
    private final List<Entry> resting = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private static final class Entry {
      private final long id;
      private final Side side;
      private long price;
      private long open;

      private Entry(long id, Side side, long price, long open) {
        this.id = id;
        this.side = side;
        this.price = price;
        this.open = open;
      }
    }

    /// Those of the other side at `limit` or better, best first, those that came first first.
    private List<Entry> others(Side side, long limit) {
      var byPrice = Comparator.comparingLong((Entry each) -> each.price);
      return resting.stream()
          .filter(each -> each.side != side)
          .filter(each -> side == Side.BUY ? each.price <= limit : each.price >= limit)
          .sorted(side == Side.BUY ? byPrice : byPrice.reversed())
          .toList();
    }

    private void place(Entry order, Execution execution) {
      long limit =
          execution != Execution.FOK_BUDGET
              ? order.price
              : order.side == Side.BUY ? Long.MAX_VALUE : 0;
      var others = others(order.side, limit);
      long found = others.stream().mapToLong(each -> each.open).sum();
      boolean takes =
          switch (execution) {
            case GTC, IOC -> true;
            case POST_ONLY -> others.isEmpty();
            case FOK -> found >= order.open;
            case FOK_BUDGET -> found >= order.open && pays(order, others);
          };
      if (takes) {
        take(order, others);
      }
      if (order.open > 0) {
        if (takes && (execution == Execution.GTC || execution == Execution.POST_ONLY)) {
          resting.add(order);
        } else {
          told.add(order.id + " leaves " + order.open);
        }
      }
    }

    private static boolean pays(Entry order, List<Entry> others) {
      long missing = order.open;
      long total = 0;
      for (var each : others) {
        total += each.price * Math.min(missing, each.open);
        missing -= Math.min(missing, each.open);
      }
      return order.side == Side.BUY ? total <= order.price : total >= order.price;
    }

    private void take(Entry order, List<Entry> others) {
      for (var each : others) {
        long size = Math.min(order.open, each.open);
        if (size > 0) {
          order.open -= size;
          each.open -= size;
          told.add(order.id + " takes " + size + " @ " + each.price + " from " + each.id);
        }
      }
      resting.removeIf(each -> each.open == 0);
    }

    private long sizeAt(Side side, long price) {
      return resting.stream()
          .filter(each -> each.side == side && each.price == price)
          .mapToLong(each -> each.open)
          .sum();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomCommandsDoWhatThePlainListDoes(long seed) {
    var random = new SplittableRandom(seed);
    var reference = new Reference();
    for (long id = 1; id <= 5_000; id++) {
      told.clear();
      reference.told.clear();
      int what = random.nextInt(10);
      if (what < 6 || reference.resting.isEmpty()) {
        var side = random.nextBoolean() ? Side.BUY : Side.SELL;
        var execution = EXECUTIONS.get(random.nextInt(EXECUTIONS.size()));
        long size = random.nextInt(1, 30);
        long price = random.nextInt(90, 111) * (execution == Execution.FOK_BUDGET ? size : 1);
        reference.place(new Reference.Entry(id, side, price, size), execution);
        var order = new MatchedOrder(id, side, price, size);
        orders.put(id, order);
        matcher.place(order, execution);
      } else {
        var entry = reference.resting.get(random.nextInt(reference.resting.size()));
        change(what, random, reference, entry);
      }
      assertThat(told).as("command " + id).isEqualTo(reference.told);
      for (long price = 85; price < 116; price++) {
        for (var side : Side.values()) {
          assertThat(matcher.sizeAt(side, price)).isEqualTo(reference.sizeAt(side, price));
        }
      }
    }
    for (var side : Side.values()) {
      for (int i = 1; i < matcher.depth(side); i++) {
        assertThat(matcher.price(side, i) - matcher.price(side, i - 1))
            .matches(step -> side == Side.BUY ? step < 0 : step > 0);
        assertThat(matcher.size(side, i)).isPositive();
      }
    }
  }

  private void change(
      int what, SplittableRandom random, Reference reference, Reference.Entry entry) {
    var order = order(entry.id);
    assertThat(order.open()).isEqualTo(entry.open);
    if (what == 6 && entry.open > 1) {
      long by = random.nextLong(1, entry.open);
      entry.open -= by;
      reference.told.add(entry.id + " leaves " + by);
      matcher.reduce(order, by);
    } else if (what == 7) {
      long price = random.nextInt(90, 111);
      reference.resting.remove(entry);
      entry.price = price;
      reference.place(entry, Execution.GTC);
      matcher.move(order, price);
    } else {
      reference.resting.remove(entry);
      reference.told.add(entry.id + " leaves " + entry.open);
      matcher.cancel(order);
    }
  }

  @Test
  void ordersMeetOutOfTurn() {
    sell(1, 100, 5);
    sell(2, 101, 5);
    sell(3, 101, 4);
    told.clear();
    matcher.meet(new MatchedOrder(4, Side.BUY, 101, 3), order(3));
    assertThat(told).containsExactly("4 takes 3 @ 101 from 3");
    assertThat(matcher.sizeAt(Side.SELL, 101)).isEqualTo(6);
    told.clear();
    var larger = new MatchedOrder(5, Side.BUY, 101, 3);
    matcher.meet(larger, order(3));
    assertThat(told).containsExactly("5 takes 1 @ 101 from 3", "5 leaves 2");
    assertThat(order(3).isResting()).isFalse();
    assertThat(order(2).ahead()).isZero();
    matcher.meet(new MatchedOrder(6, Side.BUY, 1, 5), order(1));
    assertThat(matcher.price(Side.SELL, 0)).isEqualTo(101);
    assertThatThrownBy(() -> matcher.meet(new MatchedOrder(7, Side.BUY, 1, 1), order(1)))
        .hasMessage("order 1 is not in the book");
    assertThatThrownBy(() -> matcher.meet(larger, order(2)))
        .hasMessage("order 5 was placed before");
    assertThatThrownBy(() -> matcher.meet(new MatchedOrder(8, Side.SELL, 1, 1), order(2)))
        .hasMessage("orders 8 and 2 are of one side");
  }

  @Test
  void anOrderThatGrowsGoesBehindTheOthers() {
    buy(1, 100, 5);
    buy(2, 100, 3);
    matcher.enlarge(order(1), 4);
    assertThat(order(1).open()).isEqualTo(9);
    assertThat(order(1).ahead()).isEqualTo(3);
    assertThat(order(2).ahead()).isZero();
    assertThat(matcher.sizeAt(Side.BUY, 100)).isEqualTo(12);
    assertThat(sell(3, 100, 4)).containsExactly("3 takes 3 @ 100 from 2", "3 takes 1 @ 100 from 1");
    assertThatThrownBy(() -> matcher.enlarge(order(1), 0))
        .hasMessage("an order grows by at least 1 lot, was 0");
    assertThatThrownBy(() -> matcher.enlarge(order(2), 1)).hasMessage("order 2 is not in the book");
  }
}
