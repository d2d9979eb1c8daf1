package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.domain.trading.Desk.side;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;

class BookVenueTest {
  private static final double[] NONE = {};

  private final Desk desk = Desk.of("book", "none", "none");

  /// Three levels of each side: 99, 98, 97 and 101, 102, 103.
  private void open() {
    desk.book(side(99, 1, 98, 2, 97, 4), side(101, 3, 102, 5, 103, 7));
  }

  /// Something that changes nothing.
  private List<String> pass() {
    return desk.change(NONE, NONE);
  }

  @Test
  void aMarketOrderWalksThroughTheLevels() {
    open();
    desk.buy("9").place();
    assertThat(pass()).containsExactly("1 filled 3 @ 101", "1 filled 5 @ 102", "1 filled 1 @ 103");
  }

  /// What was taken is gone until the exchange says the level again; the rest waits.
  @Test
  void noMoreIsTakenThanTheBookHas() {
    open();
    desk.buy("20").place();
    assertThat(pass()).containsExactly("1 filled 3 @ 101", "1 filled 5 @ 102", "1 filled 7 @ 103");
    assertThat(pass()).isEmpty();
    assertThat(desk.change(NONE, side(102, 4))).containsExactly("1 filled 4 @ 102");
    assertThat(desk.change(NONE, side(102, 4))).containsExactly("1 filled 1 @ 102");
  }

  @Test
  void aLimitOrderTakesWhatItsLimitAllowsAndTheRestWaits() {
    open();
    desk.buy("9").limit("102").place();
    assertThat(pass()).containsExactly("1 filled 3 @ 101", "1 filled 5 @ 102");
    // Nothing stood at 102 on its side: the first trade there is its own, as a maker.
    assertThat(desk.trade(102, 0.4)).containsExactly("1 filled 0.4 @ 102");
    assertThat(maker()).isTrue();
  }

  private boolean maker() {
    return ((OrderFilled)
            desk.journal.stream().filter(OrderFilled.class::isInstance).toList().getLast())
        .fill()
        .maker();
  }

  @Test
  void anOrderFillsAfterWhatStoodBeforeIt() {
    open();
    desk.buy("2").limit("98").place();
    pass();
    assertThat(desk.trade(98, 1.5)).isEmpty();
    assertThat(desk.trade(98, 1.25)).containsExactly("1 filled 0.75 @ 98");
    assertThat(desk.trade(98, 9)).containsExactly("1 filled 1.25 @ 98");
    assertThat(maker()).isTrue();
  }

  /// What disappears without a trade is believed to have stood behind, as far as that can be.
  @Test
  void cancelsAheadAreReckonedConservatively() {
    open();
    desk.buy("1").limit("97").place();
    pass();
    desk.change(side(97, 9), NONE); // five came behind it
    desk.change(side(97, 6), NONE); // three went: from behind it
    assertThat(desk.trade(97, 4)).isEmpty();
    assertThat(desk.trade(97, 0.5)).containsExactly("1 filled 0.5 @ 97");
    desk.buy("1").limit("98").place();
    pass();
    desk.change(side(98, 0.25), NONE); // no more than that can stand before it
    assertThat(desk.trade(98, 0.75)).containsExactly("2 filled 0.5 @ 98");
  }

  @Test
  void ordersOfTheSessionStandBehindEachOther() {
    open();
    desk.buy("1").limit("98").place();
    desk.sell("1").limit("104").place();
    desk.buy("1").limit("98").place();
    desk.buy("1").limit("98.5").place();
    pass();
    // Two of the market, then one of each; at the better price first.
    assertThat(desk.trade(98, 4.5))
        .containsExactly("4 filled 1 @ 98.5", "1 filled 1 @ 98", "3 filled 0.5 @ 98");
  }

  @Test
  void aTradeBeyondThePriceFillsWhateverStoodBefore() {
    open();
    desk.buy("5").limit("98").place();
    pass();
    assertThat(desk.trade(97.5, 1.5)).containsExactly("1 filled 1.5 @ 98");
    assertThat(desk.trade(98.5, 9)).isEmpty();
  }

  @Test
  void theOtherSideComingToAnOrderFillsItForWhatIsThere() {
    open();
    desk.buy("5").limit("98").place();
    pass();
    assertThat(desk.change(side(99, 0, 98, 0), side(98, 2, 97.5, 1)))
        .containsExactly("1 filled 1 @ 98", "1 filled 2 @ 98");
    assertThat(maker()).isTrue();
  }

  @Test
  void immediateOrdersAndPostOnly() {
    open();
    desk.buy("4").limit("101").tif(TimeInForce.IOC).place();
    desk.buy("9").limit("102").tif(TimeInForce.FOK).place();
    desk.buy("1").limit("101.5").postOnly().place();
    desk.buy("1").limit("100").postOnly().place();
    assertThat(pass()).containsExactly("1 filled 3 @ 101", "1 expired", "2 expired", "3 cancelled");
    open();
    desk.buy("8").limit("102").tif(TimeInForce.FOK).place();
    assertThat(pass()).containsExactly("5 filled 3 @ 101", "5 filled 5 @ 102");
  }

  @Test
  void stopsAreTriggeredByThePriceTheyWouldGet() {
    open();
    desk.buy("1").place();
    pass();
    desk.sell("1").stop("98").place();
    desk.sell("1").trailing("1.5").place();
    assertThat(desk.change(side(100.5, 1), NONE)).isEmpty();
    assertThat(desk.trade(90, 0.01)).isEmpty();
    // The best bid was 100.5: the trailing stop stands at 99.
    assertThat(desk.change(side(100.5, 0), NONE)).containsExactly("3 triggered", "3 filled 1 @ 99");
    assertThat(desk.change(side(99, 0, 98, 1), NONE))
        .containsExactly("2 triggered", "2 filled 1 @ 98");
  }

  @Test
  void aSmallerOrderKeepsItsPlaceAndAnyOtherLosesIt() {
    open();
    desk.buy("3").limit("98").place();
    desk.buy("3").limit("98").place();
    pass();
    desk.change(side(98, 10), NONE);
    desk.amend(1, "2", null, null);
    desk.amend(2, "4", null, null);
    pass();
    assertThat(desk.trade(98, 5)).containsExactly("1 filled 2 @ 98");
    assertThat(desk.trade(98, 6)).isEmpty();
    assertThat(desk.trade(98, 5)).containsExactly("2 filled 4 @ 98");
  }

  /// As on every other model, exits meet the event after the one in which their entry filled.
  @Test
  void exitsMeetTheNextEvent() {
    open();
    desk.buy("1")
        .bracket(new ExitPrice.At(new BigDecimal("99")), new ExitPrice.At(new BigDecimal("101.5")))
        .place();
    assertThat(pass()).containsExactly("1 filled 1 @ 101", "2 activated", "3 activated");
    assertThat(pass()).containsExactly("2 triggered", "2 filled 1 @ 99", "3 cancelled");
  }

  @Test
  void nothingIsTakenFromABookThatIsNotKnown() {
    open();
    desk.buy("1").place();
    desk.bookId++; // an update was lost
    assertThat(pass()).isEmpty();
    assertThat(pass()).isEmpty();
    desk.bookId++;
    assertThat(desk.book(side(98, 1), side(100, 1))).containsExactly("1 filled 1 @ 100");
  }

  @Test
  void anOrderWithLatencySeesTheMarketOfItsArrival() {
    var late = Desk.of("book", "none", "2s");
    late.book(side(99, 1), side(101, 3));
    late.buy("1").place();
    late.buy("1").limit("99").place();
    assertThat(late.change(NONE, side(101, 0, 102, 1))).isEmpty();
    assertThat(late.change(side(99, 8), side(102, 0, 103, 1))).containsExactly("1 filled 1 @ 103");
    // Eight stood there when it came, not one.
    assertThat(late.trade(99, 8)).isEmpty();
    assertThat(late.trade(99, 1)).containsExactly("2 filled 1 @ 99");
  }

  /// Random books, trades and orders: nothing fills beyond its limit, for more than was there, or
  /// before its turn, reckoned a second time from what the market was told and nothing else.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void fillsAreWithinWhatTheMarketHad(long seed) {
    var random = new SplittableRandom(seed);
    // By price: bids are below 100, asks are not.
    var left = new HashMap<>(Map.of(1.0, BigDecimal.ONE, 200.0, BigDecimal.ONE));
    desk.book(side(1, 1), side(200, 1));
    int fills = 0;
    for (int i = 0; i < 4_000; i++) {
      int before = desk.journal.size();
      double traded = 0;
      double amount = 0;
      if (random.nextInt(3) == 0) {
        traded = 95 + random.nextInt(11);
        amount = random.nextInt(1, 800) / 100.0;
        desk.trade(traded, amount);
      } else {
        change(random, left);
      }
      var sum = BigDecimal.ZERO;
      for (var entry : List.copyOf(desk.journal.subList(before, desk.journal.size()))) {
        if (entry instanceof OrderFilled filled) {
          fills++;
          var fill = filled.fill();
          var limit = filled.order().limitPrice();
          if (limit != null) {
            assertThat(fill.price().subtract(limit).signum() * fill.side().sign())
                .isLessThanOrEqualTo(0);
          }
          if (fill.maker() && traded > 0) {
            assertThat((traded - fill.price().doubleValue()) * fill.side().sign())
                .isLessThanOrEqualTo(0);
            sum = sum.add(fill.quantity());
          } else if (!fill.maker()) {
            var rest =
                left.getOrDefault(fill.price().doubleValue(), BigDecimal.ZERO)
                    .subtract(fill.quantity());
            assertThat(rest.signum()).as("left at %s", fill.price()).isGreaterThanOrEqualTo(0);
            left.put(fill.price().doubleValue(), rest);
          }
        }
      }
      assertThat(sum).isLessThanOrEqualTo(BigDecimal.valueOf(amount));
      act(random);
    }
    assertThat(fills).isGreaterThan(500);
    var quantities = new HashMap<String, BigDecimal>();
    for (var entry : desk.journal) {
      if (entry instanceof OrderFilled filled) {
        quantities.merge(filled.fill().orderId(), filled.fill().quantity(), BigDecimal::add);
        assertThat(filled.order().filledQuantity())
            .isEqualByComparingTo(quantities.get(filled.fill().orderId()))
            .isLessThanOrEqualTo(filled.order().quantity());
      }
    }
  }

  /// One order in a queue against the rule in its plainest form: hundredths that stand before it,
  /// of which trades take and which are never more than the level shows.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void anOrderWaitsForExactlyWhatStandsBeforeIt(long seed) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      var each = Desk.of("book", "none", "none");
      int shown = random.nextInt(1, 300);
      each.book(side(99, shown / 100.0), side(101, 1));
      int open = random.nextInt(2, 200);
      each.buy(BigDecimal.valueOf(open, 2).toPlainString()).limit("99").place();
      assertThat(each.change(NONE, NONE)).isEmpty();
      int ahead = shown;
      while (open > 0) {
        if (random.nextBoolean()) {
          int size = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 400);
          ahead = Math.min(ahead, size);
          assertThat(each.change(side(99, size / 100.0), NONE)).isEmpty();
        } else {
          int amount = random.nextInt(1, 150);
          int fill = Math.clamp(amount - ahead, 0, open);
          ahead = Math.max(0, ahead - amount);
          open -= fill;
          var expected =
              "1 filled "
                  + BigDecimal.valueOf(fill, 2).stripTrailingZeros().toPlainString()
                  + " @ 99";
          assertThat(each.trade(99, amount / 100.0))
              .isEqualTo(fill == 0 ? List.of() : List.of(expected));
        }
      }
    }
  }

  /// Bids below 100, asks from 100 up, so that they never cross.
  private void change(SplittableRandom random, Map<Double, BigDecimal> left) {
    var changed = new ArrayList<double[]>();
    for (var side : List.of(Side.BUY, Side.SELL)) {
      double price = (side == Side.BUY ? 95 : 100) + random.nextInt(5);
      double size = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 500) / 100.0;
      changed.add(new double[] {price, size});
      left.put(price, BigDecimal.valueOf(size));
    }
    desk.change(changed.get(0), changed.get(1));
  }

  private void act(SplittableRandom random) {
    var quantity = BigDecimal.valueOf(random.nextInt(1, 400), 2).toPlainString();
    var draft = random.nextBoolean() ? desk.buy(quantity) : desk.sell(quantity);
    var price = String.valueOf(94 + random.nextInt(12));
    switch (random.nextInt(8)) {
      case 0 -> draft.tif(TimeInForce.IOC).limit(price).place();
      case 1 -> draft.tif(TimeInForce.FOK).limit(price).place();
      case 2 -> draft.limit(price).postOnly().place();
      case 3 -> draft.limit(price).place();
      case 4 -> desk.cancelAll();
      default -> {
        // Looks on.
      }
    }
  }

  @Test
  void theSameMarketGivesTheSameFills() {
    var journals = new ArrayList<List<Object>>();
    for (int run = 0; run < 2; run++) {
      var random = new SplittableRandom(9);
      var each = Desk.of("book", "fixed:0.01", "lognormal:1s:1");
      each.book(side(99, 1), side(101, 1));
      for (int i = 0; i < 500; i++) {
        double size = random.nextInt(1, 9);
        each.event(
            new BookUpdate(
                "X",
                each.time += 300_000,
                ++each.bookId,
                each.bookId,
                new Levels(new double[] {98 + random.nextInt(2)}, new double[] {size}),
                new Levels(new double[] {101 + random.nextInt(2)}, new double[] {size})));
        if (i % 5 == 0) {
          each.buy("1").place();
          each.sell("1").limit("101").place();
        }
      }
      assertThat(each.manager.summary().fills()).isGreaterThan(50);
      journals.add(List.copyOf(each.journal));
    }
    assertThat(journals.getFirst()).isEqualTo(journals.getLast());
  }
}
