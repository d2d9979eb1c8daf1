package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.VenueReport;

/// What a live session wants of its exchange, and what it makes of what the exchange says.
class LiveVenueTest {
  private final Desk desk = Desk.live();

  LiveVenueTest() {
    desk.trade(100);
  }

  private <T> List<T> of(Class<T> type) {
    return desk.journal.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Fill> fills() {
    return of(OrderFilled.class).stream().map(OrderFilled::fill).toList();
  }

  /// Holds one X, bought at 100.
  private void holdOne() {
    desk.buy("1").place();
    desk.fill(1, "t1", "100", "1", "0.1");
    desk.over(1);
    desk.wanted.clear();
  }

  @Test
  void anOrderFillsWhenTheExchangeSaysSoAtItsPriceAndFee() {
    desk.buy("2").place();
    assertThat(desk.wanted).containsExactly("1 buy 2");
    assertThat(desk.trade(100)).as("no trade of the market fills it").isEmpty();
    assertThat(desk.report(VenueReport.taken("X", "ord_1", "their id"))).isEmpty();
    assertThat(desk.fill(1, "t1", "100.5", "0.5", "0.03")).containsExactly("1 filled 0.5 @ 100.5");
    assertThat(desk.fill(1, "t2", "101", "1.5", "0.09")).containsExactly("1 filled 1.5 @ 101");
    assertThat(desk.over(1)).isEmpty();
    assertThat(fills())
        .extracting(Fill::fee)
        .containsExactly(new BigDecimal("0.03"), new BigDecimal("0.09"));
    // 0.5 × 100.5 + 1.5 × 101 = 201.75, and fees of 0.12
    assertThat(desk.manager.account().cash()).isEqualTo(100_000 - 201.75 - 0.12);
  }

  @Test
  void aFillThatIsToldTwiceIsOne() {
    desk.buy("2").place();
    desk.fill(1, "t1", "100", "1", "0");
    assertThat(desk.fill(1, "t1", "100", "1", "0")).isEmpty();
    assertThat(fills()).hasSize(1);
    assertThat(of(RiskAlert.class)).isEmpty();
  }

  @Test
  void whatIsCancelledIsOverWhenTheExchangeSaysSo() {
    desk.buy("1").limit("99").place();
    assertThat(desk.cancel(1)).isEmpty();
    assertThat(desk.cancel(1)).as("asked for once").isEmpty();
    assertThat(desk.wanted).containsExactly("1 buy 1 @ 99", "1 cancel");
    assertThat(desk.fill(1, "t1", "99", "0.4", "0")).containsExactly("1 filled 0.4 @ 99");
    assertThat(desk.over(1)).containsExactly("1 cancelled");
    assertThat(of(OrderCancelled.class))
        .singleElement()
        .extracting(OrderCancelled::reason)
        .isEqualTo("the strategy asked for it");
  }

  @Test
  void whatFillsBeforeItsCancelArrivesHasFilled() {
    desk.buy("1").limit("99").place();
    desk.cancel(1);
    assertThat(desk.fill(1, "t1", "99", "1", "0")).containsExactly("1 filled 1 @ 99");
    assertThat(desk.over(1)).isEmpty();
  }

  @Test
  void whatTheExchangeDoesNotTakeIsCancelledWithAnAlert() {
    desk.buy("1").place();
    assertThat(desk.report(VenueReport.refused("X", "ord_1", "too little money")))
        .containsExactly("1 cancelled");
    assertThat(of(RiskAlert.class))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.rule()).isEqualTo("exchange");
          assertThat(alert.orderId()).isEqualTo("ord_1");
          assertThat(alert.text()).isEqualTo("too little money");
        });
    assertThat(desk.manager.account().free()).isEqualTo(100_000);
  }

  @Test
  void whatAnImmediateOrderDidNotGetHasExpired() {
    desk.buy("2").limit("100").tif(TimeInForce.IOC).place();
    desk.fill(1, "t1", "100", "1", "0");
    assertThat(desk.over(1)).containsExactly("1 expired");
    assertThat(of(OrderExpired.class)).hasSize(1);
  }

  @Test
  void whatGetsAnotherPriceIsTakenBackAndTheRestSentAnew() {
    desk.buy("2").limit("99").place();
    assertThat(desk.amend(1, null, "98", null)).isEmpty();
    assertThat(desk.fill(1, "t1", "99", "0.5", "0")).containsExactly("1 filled 0.5 @ 99");
    assertThat(desk.over(1)).containsExactly("1 amended");
    assertThat(desk.wanted).containsExactly("1 buy 2 @ 99", "1 cancel", "1_2 buy 1.5 @ 98");
    assertThat(desk.fill(1, "t2", "98", "1.5", "0")).containsExactly("1 filled 1.5 @ 98");
  }

  @Test
  void whatShrinksBelowWhatHasFilledMeanwhileIsOver() {
    desk.buy("2").limit("99").place();
    desk.amend(1, "1", null, null);
    desk.fill(1, "t1", "99", "1.5", "0");
    assertThat(desk.over(1)).containsExactly("1 cancelled");
    assertThat(desk.wanted).containsExactly("1 buy 2 @ 99", "1 cancel");
  }

  @Test
  void whatGrowsIsSentOnceTheFirstPartIsOver() {
    desk.buy("1").limit("99").place();
    assertThat(desk.amend(1, "3", null, null)).containsExactly("1 amended");
    desk.fill(1, "t1", "99", "1", "0");
    assertThat(desk.over(1)).isEmpty();
    assertThat(desk.wanted).containsExactly("1 buy 1 @ 99", "1_2 buy 2 @ 99");
  }

  @Test
  void aStopWaitsHereAndIsSentWhenATradeReachesIt() {
    holdOne();
    desk.sell("1").stop("95").reduceOnly().place();
    assertThat(desk.trade(96)).isEmpty();
    assertThat(desk.wanted).isEmpty();
    assertThat(desk.trade(95)).containsExactly("2 triggered");
    assertThat(desk.wanted).containsExactly("2 sell 1");
  }

  @Test
  void aStopThatIsNotSentYetIsCancelledAtOnce() {
    holdOne();
    desk.sell("1").stop("95").reduceOnly().place();
    assertThat(desk.cancel(2)).containsExactly("2 cancelled");
    assertThat(desk.wanted).isEmpty();
  }

  @Test
  void aStopTakesBackTheTakeProfitOfItsGroupFirst() {
    desk.buy("1")
        .bracket(new ExitPrice.At(new BigDecimal("95")), new ExitPrice.At(new BigDecimal("110")))
        .place();
    desk.fill(1, "t1", "100", "1", "0");
    desk.over(1);
    assertThat(desk.wanted).containsExactly("1 buy 1", "3 sell 1 @ 110");
    assertThat(desk.trade(94)).containsExactly("2 triggered");
    assertThat(desk.wanted).endsWith("3 cancel");
    desk.over(3);
    assertThat(desk.wanted).endsWith("2 sell 1");
    assertThat(desk.fill(2, "t2", "94", "1", "0"))
        .containsExactly("2 filled 1 @ 94", "3 cancelled");
    assertThat(desk.over(2)).isEmpty();
  }

  @Test
  void aTakeProfitThatFillsWhileItIsTakenBackLetsTheStopGo() {
    desk.buy("1")
        .bracket(new ExitPrice.At(new BigDecimal("95")), new ExitPrice.At(new BigDecimal("110")))
        .place();
    desk.fill(1, "t1", "100", "1", "0");
    desk.over(1);
    desk.trade(94);
    desk.wanted.clear();
    assertThat(desk.fill(3, "t2", "110", "1", "0"))
        .containsExactly("3 filled 1 @ 110", "2 cancelled");
    desk.over(3);
    assertThat(desk.wanted).as("nothing is sold twice").isEmpty();
  }

  @Test
  void nothingIsSoldThatIsNotThere() {
    assertThat(desk.sell("1").place()).containsExactly("1 refused");
    assertThat(of(OrderRefused.class))
        .singleElement()
        .extracting(OrderRefused::rule)
        .isEqualTo("spot");
    desk.buy("1").place();
    desk.fill(2, "t1", "100", "1", "0");
    desk.over(2);
    assertThat(desk.sell("0.6").limit("101").place()).containsExactly("3 accepted");
    assertThat(desk.sell("0.6").limit("102").place()).containsExactly("4 refused");
    assertThat(desk.sell("0.4").limit("102").place()).containsExactly("5 accepted");
  }

  @Test
  void whatCannotBeStopsTradingUntilSomebodyHasLooked() {
    desk.buy("1").place();
    desk.fill(1, "t1", "100", "1", "0");
    desk.over(1);
    desk.fill(1, "t2", "100", "1", "0");
    assertThat(of(RiskAlert.class))
        .singleElement()
        .extracting(RiskAlert::rule)
        .isEqualTo("reconciliation");
    assertThat(desk.buy("1").place()).containsExactly("2 refused");
    desk.manager.release("looked", "alice");
    assertThat(desk.buy("1").place()).contains("3 accepted");
  }

  @Test
  void aDifferenceIsAnAlertAndStopsTradingIfItIsToDoSo() {
    desk.report(VenueReport.difference("X", false, "one more"));
    assertThat(desk.buy("1").place()).containsExactly("1 accepted");
    desk.report(VenueReport.difference("X", true, "two more"));
    assertThat(desk.buy("1").place()).containsExactly("2 refused");
    assertThat(of(RiskAlert.class)).extracting(RiskAlert::text).startsWith("one more", "two more");
  }

  @Test
  void atTheEndEverythingIsTakenBackAndNothingIsSent() {
    desk.buy("1").limit("99").place();
    desk.buy("1").stop("105").place();
    assertThat(desk.report(VenueReport.closing("X"))).containsExactly("2 cancelled");
    assertThat(desk.wanted).containsExactly("1 buy 1 @ 99", "1 cancel");
    desk.buy("1").limit("98").place();
    assertThat(desk.over(1)).containsExactly("1 cancelled");
    assertThat(desk.wanted).hasSize(2);
    desk.manager.finish(desk.seq + 1, desk.time);
    assertThat(of(OrderCancelled.class))
        .hasSize(3)
        .extracting(OrderCancelled::reason)
        .containsOnly("the session ended");
  }

  @Test
  void aClientIdFollowsFromOrderAndLegAndFitsTheExchange() {
    var longest = "ord_06h0mqm8stzwk52t-999999999-r12";
    assertThat(VenueRequest.clientId(longest, 1)).isEqualTo(longest.substring(4));
    assertThat(VenueRequest.clientId(longest, 9)).hasSizeLessThanOrEqualTo(32).endsWith("_9");
    assertThat(VenueRequest.clientId("ord_a-1-1", 2)).isEqualTo("a-1-1_2");
  }
}
