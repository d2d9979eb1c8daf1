package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.journal.Trail;

/// Expected prices follow from the conditions in `docs/fills.md`, worked out by hand beside each.
class OrderTypesTest {
  private final Desk desk = new Desk();

  // Stops and take-profits

  @Test
  void aStopFillsAtTheTradeThatReachesItsTrigger() {
    desk.trade(100);
    desk.buy("1").stop("105").place();
    assertThat(desk.trade(104.99)).isEmpty();
    assertThat(desk.trade(106)).containsExactly("1 triggered", "1 filled 1 @ 106");
    assertThat(lastFill().maker()).isFalse();
    desk.sell("1").stop("103").place();
    assertThat(desk.trade(103.01)).isEmpty();
    assertThat(desk.trade(103)).containsExactly("2 triggered", "2 filled 1 @ 103");
  }

  @Test
  void aTriggerThatIsPassedAlreadyIsReachedAtTheNextEvent() {
    desk.trade(100);
    assertThat(desk.buy("1").stop("95").place()).containsExactly("1 accepted");
    assertThat(desk.trade(99)).containsExactly("1 triggered", "1 filled 1 @ 99");
  }

  @Test
  void onQuotesABuyIsTriggeredByTheAskAndASellByTheBid() {
    desk.quote(99, 101);
    desk.buy("1").stop("102").place();
    assertThat(desk.quote(101, 101.5)).isEmpty();
    assertThat(desk.quote(100, 102)).containsExactly("1 triggered", "1 filled 1 @ 102");
    desk.sell("1").stop("99").place();
    assertThat(desk.quote(99.5, 99.9)).isEmpty();
    assertThat(desk.quote(98, 100)).containsExactly("2 triggered", "2 filled 1 @ 98");
  }

  @Test
  void aTakeProfitWaitsForTheOtherDirection() {
    desk.trade(100);
    desk.sell("1").takeProfit("105").place();
    desk.buy("1").takeProfit("95").place();
    assertThat(desk.trade(104.99)).isEmpty();
    assertThat(desk.trade(105.5)).containsExactly("1 triggered", "1 filled 1 @ 105.5");
    assertThat(lastFill().maker()).isFalse();
    assertThat(desk.trade(95)).containsExactly("2 triggered", "2 filled 1 @ 95");
  }

  @Test
  void onBarsStopsAndTakeProfitsFillAtTheirTriggerAndGapsAtTheOpen() {
    desk.bar(100, 100, 100, 100);
    desk.sell("1").stop("95").place();
    desk.sell("1").stop("97").place();
    desk.sell("1").takeProfit("110").place();
    desk.sell("1").takeProfit("104").place();
    // The open, 96, is beyond 97; 95 and 104 lie within the bar, and the stop goes first.
    assertThat(desk.bar(96, 105, 94, 100))
        .containsExactly(
            "2 triggered",
            "2 filled 1 @ 96",
            "1 triggered",
            "1 filled 1 @ 95",
            "4 triggered",
            "4 filled 1 @ 104");
    assertThat(desk.bar(112, 113, 111, 112)).containsExactly("3 triggered", "3 filled 1 @ 112");
  }

  @Test
  void aStopLimitTurnsIntoALimitOrder() {
    desk.trade(100);
    desk.buy("1").stopLimit("105", "106").place();
    assertThat(desk.trade(107)).containsExactly("1 triggered");
    assertThat(status(1)).isEqualTo(OrderStatus.TRIGGERED);
    assertThat(desk.trade(105.5)).containsExactly("1 filled 1 @ 106");
    assertThat(lastFill().maker()).isTrue();
    desk.buy("1").stopLimit("110", "111").place();
    assertThat(desk.trade(110.5)).containsExactly("2 triggered", "2 filled 1 @ 110.5");
    assertThat(lastFill().maker()).isFalse();
  }

  @Test
  void aStopLimitWithinABarFillsAtItsTriggerOrIfTheCloseComesBackAtItsLimit() {
    desk.bar(100, 100, 100, 100);
    desk.buy("1").stopLimit("105", "106").place();
    desk.buy("1").stopLimit("105", "104").place();
    desk.buy("1").stopLimit("105", "102").place();
    // All three are triggered at 105. The first may pay that; the second wants 104, and the close,
    // 103, is certainly later; the low, 99, may have been before, so that the third has to wait.
    assertThat(desk.bar(100, 107, 99, 103))
        .containsExactly(
            "1 triggered", "1 filled 1 @ 105", "2 triggered", "3 triggered", "2 filled 1 @ 104");
    assertThat(desk.bar(103, 104, 101, 103)).containsExactly("3 filled 1 @ 102");
  }

  // Trailing stops

  @Test
  void aTrailingStopFollowsTheBestPriceAndNeverGoesBack() {
    desk.trade(100);
    desk.sell("1").trailing("5").place();
    assertThat(desk.trade(95.01)).isEmpty();
    assertThat(desk.trade(110)).isEmpty(); // trigger 105
    assertThat(desk.trade(106)).isEmpty();
    assertThat(desk.trade(105)).containsExactly("1 triggered", "1 filled 1 @ 105");
    assertThat(order(1).terms().triggerPrice()).isEqualByComparingTo("105");
  }

  @Test
  void aTrailingStopByPercentToBuyFollowsTheLowestPrice() {
    desk.trade(100);
    desk.buy("1").trailingPercent("10").place();
    assertThat(order(1).terms().triggerPrice()).isEqualByComparingTo("110");
    desk.trade(50); // trigger 55
    assertThat(desk.trade(54.99)).isEmpty();
    assertThat(desk.trade(55)).containsExactly("1 triggered", "1 filled 1 @ 55");
  }

  @Test
  void onABarATrailingStopIsHeldAgainstTheLowBeforeAndAfterTheHighMovesIt() {
    desk.bar(100, 100, 100, 100);
    desk.sell("1").trailing("5").place(); // trigger 95
    // The low stays above 95; the high moves the trigger to 103, and the low is below that.
    assertThat(desk.bar(100, 108, 99, 104)).containsExactly("1 triggered", "1 filled 1 @ 103");
    desk.bar(100, 100, 100, 100);
    desk.sell("1").trailing("5").place();
    // The low is at the old trigger: then the high does not count.
    assertThat(desk.bar(100, 108, 95, 104)).containsExactly("2 triggered", "2 filled 1 @ 95");
  }

  // Time in force

  @Test
  void anImmediateOrderHasTheFirstPriceOnly() {
    desk.trade(100);
    desk.buy("1").limit("99").tif(TimeInForce.IOC).place();
    desk.buy("1").limit("99").tif(TimeInForce.FOK).place();
    desk.buy("1").limit("101").tif(TimeInForce.IOC).place();
    assertThat(desk.trade(100)).containsExactly("1 expired", "2 expired", "3 filled 1 @ 100");
    assertThat(reasonOf(1)).isEqualTo("IOC: the first price it met, 100, was beyond its limit");
    desk.buy("1").limit("99").tif(TimeInForce.IOC).place();
    // On a bar the first price is the open; that the low comes down to 98 is later.
    assertThat(desk.bar(100, 101, 98, 100)).containsExactly("4 expired");
  }

  @Test
  void anOrderExpiresBeforeTheEventThatBeginsAtItsEnd() {
    desk.trade(100);
    desk.buy("1").limit("99").until(desk.time + 2 * Desk.SECOND).place();
    assertThat(desk.trade(100)).isEmpty();
    assertThat(desk.trade(98)).containsExactly("1 expired");
    assertThat(reasonOf(1)).isEqualTo("GTD: its time is over");
    assertThat(status(1)).isEqualTo(OrderStatus.EXPIRED);
  }

  @Test
  void anOrderThatExpiresWithinABarHasItsOpenOnlyAndOneAtItsEndAllOfIt() {
    desk.bar(100, 100, 100, 100);
    long end = desk.time + Desk.MINUTE.micros();
    desk.buy("1").limit("99").until(end - 1).place();
    desk.buy("1").limit("99").until(end).place();
    desk.buy("1").limit("90").until(end).place();
    assertThat(desk.bar(100, 100, 98, 100))
        .containsExactly("2 filled 1 @ 99", "1 expired", "3 expired");
    desk.buy("1").limit("99").until(desk.time + 1).place();
    assertThat(desk.bar(98, 100, 98, 100)).containsExactly("4 filled 1 @ 98");
  }

  @Test
  void theClosingOfABarMovesTheClock() {
    desk.trade(100);
    desk.buy("1").limit("99").until(Desk.MINUTE.micros()).place();
    assertThat(desk.closing(Desk.MINUTE.micros())).containsExactly("1 expired");
  }

  // Post-only and reduce-only

  @Test
  void aPostOnlyOrderIsCancelledRatherThanTake() {
    desk.trade(100);
    desk.buy("1").limit("100").postOnly().place();
    desk.buy("1").limit("99").postOnly().place();
    assertThat(desk.trade(100)).containsExactly("1 cancelled");
    assertThat(reasonOf(1))
        .isEqualTo("post-only: at 100, the first price it met, it would have taken liquidity");
    assertThat(desk.trade(98)).containsExactly("2 filled 1 @ 99");
    assertThat(lastFill().maker()).isTrue();
  }

  @Test
  void aReduceOnlyOrderFillsNoMoreThanThePositionAndCancelsTheRest() {
    desk.trade(100);
    desk.buy("2").place();
    desk.trade(100);
    desk.sell("5").reduceOnly().place();
    assertThat(desk.trade(101)).containsExactly("2 filled 2 @ 101", "2 cancelled");
    assertThat(reasonOf(2)).isEqualTo("the position it reduced is closed");
    assertThat(desk.manager.summary().openAtEnd()).isFalse();
  }

  @Test
  void aReduceOnlyOrderWithoutAPositionIsCancelledWhenItWouldFill() {
    desk.trade(100);
    desk.sell("1").stop("95").reduceOnly().place();
    assertThat(desk.trade(96)).isEmpty();
    assertThat(desk.trade(94)).containsExactly("1 triggered", "1 cancelled");
    assertThat(reasonOf(1)).isEqualTo("there is no position to reduce");
  }

  @Test
  void whatWouldReduceAPositionIsCancelledWhenItCloses() {
    desk.trade(100);
    desk.buy("1").place();
    desk.trade(100);
    desk.sell("1").stop("95").reduceOnly().place();
    desk.sell("1").stop("94").place();
    desk.sell("1").place();
    assertThat(desk.trade(101)).containsExactly("4 filled 1 @ 101", "2 cancelled");
    assertThat(reasonOf(2)).isEqualTo("the position is closed: there is nothing left to reduce");
    assertThat(status(3)).isEqualTo(OrderStatus.WORKING);
  }

  // Groups, followers, brackets

  @Test
  void whenOneOfAGroupFillsTheOthersAreCancelled() {
    desk.trade(100);
    assertThat(
            desk.submit(
                desk.buy("1").stop("105").group(1).command(),
                desk.sell("1").stop("95").group(1).command(),
                desk.sell("1").stop("90").group(1).command()))
        .containsExactly("1 accepted", "2 accepted", "3 accepted");
    assertThat(desk.trade(95))
        .containsExactly("2 triggered", "2 filled 1 @ 95", "1 cancelled", "3 cancelled");
    assertThat(reasonOf(1)).isEqualTo("order ord_2 of the same group has filled");
  }

  @Test
  void aGroupOfWhichOneIsRefusedIsNotPlaced() {
    desk.trade(100);
    var events =
        desk.submit(
            desk.buy("1").stop("105").group(1).command(),
            desk.sell("0").stop("95").group(1).command(),
            desk.sell("1").stop("90").group(1).command());
    assertThat(events).containsExactly("1 accepted", "2 refused", "1 cancelled", "3 refused");
    assertThat(reasonOf(3)).isEqualTo("another order of its group was refused");
  }

  @Test
  void anOrderAfterAnotherGoesToTheMarketWhenThatHasFilled() {
    desk.trade(100);
    desk.buy("1").limit("95").place();
    assertThat(desk.sell("1").limit("97").after(1).place()).containsExactly("2 accepted");
    assertThat(status(2)).isEqualTo(OrderStatus.PENDING);
    assertThat(desk.trade(98)).isEmpty(); // 97 is not on offer yet
    assertThat(desk.trade(95)).containsExactly("1 filled 1 @ 95", "2 activated");
    assertThat(desk.trade(97)).containsExactly("2 filled 1 @ 97");
  }

  @Test
  void anOrderAfterOneThatEndsUnfilledIsCancelledAndAfterOneThatHasEndedRefused() {
    desk.trade(100);
    desk.buy("1").limit("95").place();
    desk.sell("1").limit("97").after(1).place();
    desk.sell("1").limit("97").after(2).place();
    assertThat(desk.cancel(1)).containsExactly("1 cancelled", "2 cancelled", "3 cancelled");
    assertThat(reasonOf(2)).isEqualTo("the order it waited for, ord_1, was cancelled");
    assertThat(desk.sell("1").limit("97").after(1).place()).containsExactly("4 refused");
    assertThat(reasonOf(4)).isEqualTo("the order to wait for, ord_1, is CANCELLED");
  }

  @Test
  void theExitsOfABracketFollowFromTheAveragePriceOfTheEntry() {
    desk.trade(100);
    // Entry at 101: stop 5 below is 96, twice the distance of 5 above is 111.
    assertThat(
            desk.buy("2")
                .bracket(new ExitPrice.Offset(decimal("5")), new ExitPrice.Multiple(decimal("2")))
                .place())
        .containsExactly("1 accepted", "2 accepted", "3 accepted");
    assertThat(desk.trade(101)).containsExactly("1 filled 2 @ 101", "2 activated", "3 activated");
    assertThat(order(2).terms().triggerPrice()).isEqualByComparingTo("96");
    assertThat(order(3).limitPrice()).isEqualByComparingTo("111");
    assertThat(order(3).signalId()).isEqualTo("sig_1");
    assertThat(order(3).terms().reduceOnly()).isTrue();
    assertThat(desk.trade(111)).containsExactly("3 filled 2 @ 111", "2 cancelled");
    assertThat(reasonOf(2)).isEqualTo("order ord_3 of the same group has filled");
  }

  @Test
  void theExitsOfAShortLieTheOtherWayRound() {
    desk.trade(100);
    // Entry at 100: 2 % above is 102, 3 % below is 97.
    desk.sell("1")
        .bracket(new ExitPrice.Percent(decimal("2")), new ExitPrice.Percent(decimal("3")))
        .place();
    desk.trade(100);
    assertThat(order(2).terms().triggerPrice()).isEqualByComparingTo("102");
    assertThat(order(3).limitPrice()).isEqualByComparingTo("97");
    assertThat(desk.trade(102.5))
        .containsExactly("2 triggered", "2 filled 1 @ 102.5", "3 cancelled");
  }

  @Test
  void theExitsOfAnEntryThatNeverFillsEndWithIt() {
    desk.trade(100);
    var stop = new ExitPrice.At(decimal("80"));
    desk.buy("1").limit("90").bracket(stop, null).place();
    assertThat(desk.cancel(1)).containsExactly("1 cancelled", "2 cancelled");
    desk.buy("1").limit("90").until(desk.time + 1).bracket(stop, null).place();
    assertThat(desk.trade(100)).containsExactly("3 expired", "4 cancelled");
    assertThat(reasonOf(4)).isEqualTo("the order it waited for, ord_3, has expired");
    assertThat(desk.buy("100000").limit("90").bracket(stop, null).place())
        .containsExactly("5 refused", "6 refused");
    assertThat(reasonOf(6)).isEqualTo("its entry, ord_5, was refused");
  }

  @Test
  void exitsOnTheWrongSideRefuseTheEntry() {
    desk.trade(100);
    desk.buy("1").bracket(new ExitPrice.At(decimal("100")), null).place();
    assertThat(reasonOf(1))
        .isEqualTo("the stop-loss of a buy must be below its price, 100, and above zero, was 100");
    desk.sell("1").limit("110").bracket(null, new ExitPrice.At(decimal("111"))).place();
    assertThat(reasonOf(3))
        .isEqualTo(
            "the take-profit of a sell must be below its price, 110, and above zero, was 111");
  }

  @Test
  void anEntryThatFillsBeyondItsStopHasNoMultipleToTake() {
    desk.trade(100);
    desk.buy("1")
        .limit("100")
        .bracket(new ExitPrice.At(decimal("98")), new ExitPrice.Multiple(decimal("2")))
        .place();
    assertThat(desk.trade(97)).containsExactly("1 filled 1 @ 97", "2 activated", "3 cancelled");
    assertThat(reasonOf(3)).contains("the entry filled at 97, beyond its stop, 98");
    assertThat(desk.trade(97.5)).containsExactly("2 triggered", "2 filled 1 @ 97.5");
  }

  @Test
  void withinOneBarTheStopIsHitBeforeTheTakeProfit() {
    desk.bar(100, 100, 100, 100);
    desk.buy("1")
        .bracket(new ExitPrice.At(decimal("95")), new ExitPrice.At(decimal("110")))
        .place();
    // Entry at the open: the rest of the bar certainly comes after it.
    assertThat(desk.bar(101, 112, 94, 100))
        .containsExactly(
            "1 filled 1 @ 101",
            "2 activated",
            "3 activated",
            "2 triggered",
            "2 filled 1 @ 95",
            "3 cancelled");
  }

  @Test
  void aTakeProfitAtTheOpenIsBeforeAStopWithinTheBar() {
    desk.bar(100, 100, 100, 100);
    desk.buy("1")
        .bracket(new ExitPrice.At(decimal("95")), new ExitPrice.At(decimal("110")))
        .place();
    desk.bar(101, 102, 100, 101);
    assertThat(desk.bar(111, 112, 94, 100)).containsExactly("3 filled 1 @ 111", "2 cancelled");
  }

  @Test
  void anEntryWithinABarHasItsStopAgainstTheLowAndItsTakeProfitAgainstTheCloseOnly() {
    desk.bar(100, 100, 100, 100);
    var stop = new ExitPrice.At(decimal("95"));
    var take = new ExitPrice.At(decimal("105"));
    desk.buy("1").limit("99").bracket(stop, take).place();
    // 105 was perhaps seen before 99, and the close is not there.
    assertThat(desk.bar(100, 106, 98, 104))
        .containsExactly("1 filled 1 @ 99", "2 activated", "3 activated");
    assertThat(desk.bar(104, 105, 103, 104)).containsExactly("3 filled 1 @ 105", "2 cancelled");

    desk.buy("1").limit("99").bracket(stop, take).place();
    // The close is above 105, and the close comes last.
    assertThat(desk.bar(100, 107, 98, 106))
        .containsExactly(
            "4 filled 1 @ 99", "5 activated", "6 activated", "6 filled 1 @ 105", "5 cancelled");

    desk.buy("1").limit("99").bracket(stop, take).place();
    // From 99 down to 94 the price passes 95.
    assertThat(desk.bar(100, 107, 94, 106))
        .containsExactly(
            "7 filled 1 @ 99",
            "8 activated",
            "9 activated",
            "8 triggered",
            "8 filled 1 @ 95",
            "9 cancelled");
  }

  @Test
  void theStopOfABracketMayTrail() {
    desk.trade(100);
    desk.buy("1").bracket(new Trail(null, decimal("10")), null).place();
    assertThat(desk.trade(110)).containsExactly("1 filled 1 @ 110", "2 activated");
    assertThat(order(2).terms().triggerPrice()).isEqualByComparingTo("99");
    desk.trade(120); // trigger 108
    assertThat(desk.trade(108)).containsExactly("2 triggered", "2 filled 1 @ 108");
  }

  @Test
  void anEntryThatTurnsThePositionBringsExitsForAllOfItAndTheyAreClipped() {
    desk.trade(100);
    desk.sell("1").bracket(new ExitPrice.At(decimal("120")), null).place();
    desk.trade(100);
    desk.buy("3").bracket(new ExitPrice.At(decimal("90")), null).place();
    assertThat(desk.trade(101))
        .containsExactly("3 filled 1 @ 101", "3 filled 2 @ 101", "4 activated", "2 cancelled");
    assertThat(desk.trade(90)).containsExactly("4 triggered", "4 filled 2 @ 90", "4 cancelled");
  }

  // Changes

  @Test
  void anAmendedOrderMeetsTheMarketLikeANewOne() {
    desk.trade(100);
    desk.buy("1").limit("90").place();
    desk.trade(100);
    assertThat(desk.amend(1, "2.005", "101.999", null)).containsExactly("1 amended");
    assertThat(order(1).limitPrice()).isEqualByComparingTo("101.99");
    assertThat(desk.trade(100)).containsExactly("1 filled 2 @ 100");
    assertThat(lastFill().maker()).isFalse();
  }

  @Test
  void anAmendedTriggerHoldsFromTheNextEventOn() {
    desk.trade(100);
    desk.sell("1").stop("90").place();
    desk.amend(1, null, null, "99.999");
    assertThat(order(1).terms().triggerPrice()).isEqualByComparingTo("100");
    assertThat(desk.trade(100)).containsExactly("1 triggered", "1 filled 1 @ 100");
  }

  @Test
  void aChangeThatCannotBeIsRefusedWithItsReason() {
    desk.trade(100);
    desk.buy("1").limit("90").place();
    desk.amend(1, null, null, "95");
    assertThat(reasonOf(1)).isEqualTo("a LIMIT order has no trigger price of its own");
    desk.amend(1, "100000", null, null);
    assertThat(reasonOf(1)).startsWith("the order needs 9018000, free cash is ");
    desk.amend(1, "0.001", null, null);
    assertThat(reasonOf(1)).isEqualTo("its quantity must be above what has filled, 0, was 0");
    desk.cancel(1);
    desk.amend(1, "2", null, null);
    assertThat(reasonOf(1)).isEqualTo("the order is CANCELLED");
    desk.buy("1").bracket(new ExitPrice.At(decimal("90")), null).place();
    desk.amend(3, "2", null, null);
    assertThat(reasonOf(3)).isEqualTo("its quantity follows from the order it waits for");
    assertThat(desk.amend(3, null, null, "85")).containsExactly("3 amended");
    desk.trade(100);
    assertThat(order(3).terms().triggerPrice()).isEqualByComparingTo("85");
  }

  @Test
  void whatAChangeFreesIsFreeAgain() {
    desk.trade(100);
    desk.buy("900").limit("100").place(); // takes 90,180
    assertThat(desk.buy("200").limit("100").place()).containsExactly("2 refused");
    desk.amend(1, "700", null, null);
    assertThat(desk.buy("200").limit("100").place()).containsExactly("3 accepted");
  }

  @Test
  void cancelAllTakesEverythingWithIt() {
    desk.trade(100);
    desk.buy("1").limit("90").bracket(new ExitPrice.At(decimal("80")), null).place();
    desk.sell("1").stop("95").place();
    assertThat(desk.cancelAll()).containsExactly("1 cancelled", "2 cancelled", "3 cancelled");
    assertThat(desk.cancelAll()).isEmpty();
    assertThat(desk.trade(50)).isEmpty();
  }

  @Test
  void whatCannotHappenThrows() {
    desk.trade(100);
    desk.sell("1").stop("90").place();
    var stop = order(1);
    assertThatThrownBy(() -> stop.filled(BigDecimal.TEN, BigDecimal.ONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("FILL_REST cannot happen to a STOP that is WORKING");
    var cancelled = stop.cancelled();
    assertThatThrownBy(cancelled::expired)
        .hasMessage("EXPIRE cannot happen to a STOP that is CANCELLED");
  }

  private Order order(int number) {
    return events(number).getLast().order();
  }

  private OrderStatus status(int number) {
    return order(number).status();
  }

  private List<OrderEvent> events(int number) {
    return desk.journal.stream()
        .filter(OrderEvent.class::isInstance)
        .map(OrderEvent.class::cast)
        .filter(event -> event.order().orderId().equals("ord_" + number))
        .toList();
  }

  private String reasonOf(int number) {
    return switch (events(number).getLast()) {
      case OrderCancelled cancelled -> cancelled.reason();
      case OrderExpired expired -> expired.reason();
      case OrderRefused refused -> refused.reason();
      case AmendRefused refused -> refused.reason();
      default -> "";
    };
  }

  private Fill lastFill() {
    return desk.journal.stream()
        .filter(OrderFilled.class::isInstance)
        .map(entry -> ((OrderFilled) entry).fill())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void anOrderMeetsNoBarThatBeganBeforeItWasPlaced() {
    desk.trade(100);
    desk.buy("1").place();
    desk.buy("1").limit("99").place();
    desk.sell("1").stop("95").place();
    assertThat(desk.barUnderWay(98, 101, 90, 100)).isEmpty();
    desk.buy("1").limit("100").place(); // at the very end of the bar that is known next
    assertThat(desk.barUnderWay(97, 101, 96, 100)).isEmpty();
    assertThat(desk.bar(98, 101, 96, 100))
        .containsExactly("1 filled 1 @ 98", "2 filled 1 @ 98", "4 filled 1 @ 98");
  }

  @Test
  void aChangeWithinABarLooksBackAtItForStopsAlone() {
    desk.trade(100);
    desk.buy("1").limit("90").place();
    desk.sell("1").stop("80").place();
    desk.bar(100, 101, 99, 100);
    desk.trade(100);
    desk.amend(1, null, "99", null);
    desk.amend(2, null, null, "96");
    // The open and the low were there before the limit was; the stop is assumed to be hit.
    assertThat(desk.barUnderWay(98, 101, 95, 100))
        .containsExactly("2 triggered", "2 filled 1 @ 96");
    assertThat(desk.bar(98, 101, 95, 100)).containsExactly("1 filled 1 @ 98");
  }
}
