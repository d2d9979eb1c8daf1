package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.market.Interval;

/// Accounts on isolated margin. Cash is 100,000, fees are 0.2 % for takers, 0.1 % for makers.
class MarginTest {
  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final long HOUR = 3_600_000_000L;

  private static AccountRules margin(String rate, String fee, @Nullable Funding funding) {
    var maintenance =
        new Maintenance(new BigDecimal(rate), BigDecimal.ZERO, Maintenance.Basis.ENTRY);
    return new AccountRules(
        CostBasis.AVERAGE, new Margin(TEN, maintenance, new BigDecimal(fee), funding));
  }

  private static Desk desk() {
    return desk(null);
  }

  private static Desk desk(@Nullable Funding funding) {
    var desk = new Desk(margin("0.01", "0.01", funding));
    desk.trade(100);
    return desk;
  }

  private static <T extends JournalEntry> List<T> all(Desk desk, Class<T> kind) {
    return desk.journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Position position(Desk desk) {
    return all(desk, OrderFilled.class).getLast().position();
  }

  /// With the last part of the ids that risk gives.
  private static List<String> shortened(List<String> told) {
    return told.stream().map(each -> each.replaceFirst("^\\S+-(r\\d+)", "$1")).toList();
  }

  @Test
  void anOrderTakesItsMarginAndItsFee() {
    var desk = desk();
    // 9,800 x 100 / 10 = 98,000, and 0.2 % of 980,000 is 1,960: 99,960 of 100,000.
    assertThat(desk.buy("9800").place()).containsExactly("1 accepted");
    assertThat(desk.trade(100)).containsExactly("1 filled 9800 @ 100");
    assertThat(desk.manager.account().cash()).isEqualTo(98_040);
    assertThat(desk.manager.account().equity()).isEqualTo(98_040);
    assertThat(desk.manager.account().free()).isEqualTo(40);
  }

  @Test
  void anOrderBeyondTheFreeCashIsRefused() {
    var desk = desk();
    assertThat(desk.buy("9804").place()).containsExactly("1 refused");
    assertThat(all(desk, OrderRefused.class).getLast().rule()).isEqualTo("buying-power");
    assertThat(all(desk, OrderRefused.class).getLast().reason())
        .isEqualTo("the order needs 100000.8, free cash is 100000");
  }

  @Test
  void whatWaitsCountsWithItsNotionalAndNotWithItsMargin() {
    var limits =
        new RiskLimits(null, new BigDecimal(1500), null, null, null, null, null, null, null, null);
    var desk = new Desk(limits, margin("0.01", "0.01", null));
    desk.trade(100);
    assertThat(desk.buy("10").limit("90").place()).containsExactly("1 accepted");
    // 900 waits; 700 more would be 1,600.
    assertThat(desk.buy("7").place()).containsExactly("2 refused");
    assertThat(all(desk, RiskAlert.class).getLast().value()).isEqualByComparingTo("1600");
    assertThat(desk.buy("6").place()).containsExactly("3 accepted");
  }

  @Test
  void profitThatIsNotBookedBacksNothingNew() {
    var desk = desk();
    desk.buy("5000").place();
    desk.trade(100);
    desk.trade(120);
    assertThat(desk.manager.account().equity()).isEqualTo(199_000);
    // 100,000 - 1,000 fee - 50,000 margin.
    assertThat(desk.manager.account().free()).isEqualTo(49_000);
  }

  @Test
  void aLongIsLiquidatedAtItsPriceAndLosesItsMargin() {
    var desk = desk();
    desk.buy("100").place();
    desk.trade(100);
    // (10,000 - 1,000 + 100) / 100
    assertThat(position(desk).liquidationPrice()).isEqualByComparingTo("91");
    assertThat(desk.trade(91.01)).isEmpty();
    assertThat(shortened(desk.trade(90.5))).containsExactly("r1 accepted", "r1 filled 100 @ 91");
    // 100,000 - 20 entry fee - 900 loss - 1 % of 9,100
    assertThat(desk.manager.account().equity()).isEqualTo(98_989);
    assertThat(desk.manager.summary().liquidations()).isEqualTo(1);
    var alert = all(desk, RiskAlert.class).getLast();
    assertThat(alert.rule()).isEqualTo("liquidation");
    assertThat(alert.level()).isEqualTo("error");
    assertThat(alert.limit()).isEqualByComparingTo("91");
    assertThat(alert.value()).as("the price that reached it").isEqualByComparingTo("90.5");
    assertThat(position(desk).isClosed()).isTrue();
  }

  @Test
  void aShortIsLiquidatedAbove() {
    var desk = desk();
    desk.sell("100").place();
    desk.trade(100);
    assertThat(position(desk).liquidationPrice()).isEqualByComparingTo("109");
    assertThat(desk.trade(108.99)).isEmpty();
    assertThat(shortened(desk.trade(130))).containsExactly("r1 accepted", "r1 filled 100 @ 109");
  }

  @Test
  void aBarThatReachesItIsEnough() {
    var desk = desk();
    desk.buy("100").place();
    desk.bar(100, 101, 99, 100);
    assertThat(desk.bar(100, 101, 91.5, 100)).isEmpty();
    assertThat(shortened(desk.bar(100, 101, 90, 100)))
        .containsExactly("r1 accepted", "r1 filled 100 @ 91");
  }

  @Test
  void aStopBeforeItComesFirst() {
    var desk = desk();
    desk.buy("100").place();
    desk.bar(100, 101, 99, 100);
    desk.sell("100").stop("95").reduceOnly().place();
    assertThat(desk.bar(100, 101, 80, 100)).containsExactly("2 triggered", "2 filled 100 @ 95");
    assertThat(desk.manager.summary().liquidations()).isZero();
  }

  @Test
  void aGapOverStopAndLiquidationPriceIsLiquidated() {
    var desk = desk();
    desk.buy("100").place();
    desk.bar(100, 101, 99, 100);
    desk.sell("100").stop("95").reduceOnly().place();
    assertThat(shortened(desk.bar(80, 85, 79, 84)))
        .containsExactly("r1 accepted", "r1 filled 100 @ 91", "2 cancelled");
  }

  @Test
  void partOfAPositionTakesItsPartOfTheMargin() {
    var desk = desk();
    desk.buy("100").place();
    desk.trade(100);
    double free = desk.manager.account().free();
    desk.sell("50").place();
    desk.trade(100);
    assertThat(position(desk).liquidationPrice()).isEqualByComparingTo("91");
    // 500 of margin comes back, less the fee of 10.
    assertThat(desk.manager.account().free()).isEqualTo(free + 500 - 10);
  }

  @Test
  void fundingIsPaidAtEachHourItIsDue() {
    var desk = desk(new Funding(new BigDecimal("0.0001"), Interval.parse("8h")));
    desk.buy("100").place();
    desk.trade(100);
    desk.time = 8 * HOUR - Desk.SECOND; // the next trade is at eight o'clock exactly
    assertThat(all(desk, FundingPaid.class)).isEmpty();
    desk.trade(110);
    var paid = all(desk, FundingPaid.class).getLast();
    // at the price before: 100 x 100 x 0.0001
    assertThat(paid.amount()).isEqualByComparingTo("-1");
    assertThat(paid.notional()).isEqualByComparingTo("10000");
    assertThat(paid.dueTime()).isEqualTo(8 * HOUR);
    assertThat(paid.position().funding()).isEqualByComparingTo("-1");
    desk.time = 25 * HOUR; // 16 and 24 o'clock have passed
    desk.trade(110);
    assertThat(all(desk, FundingPaid.class))
        .extracting(FundingPaid::dueTime)
        .containsExactly(8 * HOUR, 16 * HOUR, 24 * HOUR);
    assertThat(desk.manager.summary().funding()).isEqualByComparingTo("-3.2");
    desk.sell("100").place();
    desk.trade(110);
    // 1,000 - 20 - 22 - 3.2
    assertThat(position(desk).net()).isEqualByComparingTo("954.8");
    assertThat(desk.manager.summary().net()).isEqualByComparingTo("954.8");
    var mark = all(desk, EquityMarked.class).getLast();
    assertThat(mark.cash()).isEqualByComparingTo("100954.8");
    assertThat(mark.funding()).isEqualByComparingTo("-3.2");
  }

  @Test
  void shortsReceiveIt() {
    var desk = desk(new Funding(new BigDecimal("0.0001"), Interval.parse("1h")));
    desk.sell("100").place();
    desk.trade(100);
    desk.time = HOUR;
    desk.trade(100);
    assertThat(desk.manager.summary().funding()).isEqualByComparingTo("1");
  }

  @Test
  void fifoBooksWhatCameFirst() {
    var average = partialExit(CostBasis.AVERAGE);
    // 15 of 10 @ 100 and 10 @ 200, for 300 each
    assertThat(average.realised()).isEqualByComparingTo("2250");
    assertThat(average.cost()).isEqualByComparingTo("750");
    var first = partialExit(CostBasis.FIFO);
    // 10 x 200 + 5 x 100
    assertThat(first.realised()).isEqualByComparingTo("2500");
    assertThat(first.cost()).isEqualByComparingTo("1000");
    assertThat(first.averagePrice()).isEqualByComparingTo("200");
  }

  @Test
  void overAWholeLifeBothBookTheSame() {
    for (var basis : CostBasis.values()) {
      var desk = new Desk(new AccountRules(basis, null));
      desk.trade(100);
      desk.buy("1").place();
      desk.trade(7);
      desk.buy("2").place();
      desk.trade(11);
      desk.sell("1.3").place();
      desk.trade(13);
      desk.buy("0.7").place();
      desk.trade(3);
      desk.sell("2.4").place();
      desk.trade(17);
      // 1.3 x 13 + 2.4 x 17 - 7 - 22 - 2.1
      assertThat(position(desk).isClosed()).isTrue();
      assertThat(position(desk).realised()).as(basis.text()).isEqualByComparingTo("26.6");
    }
  }

  private static Position partialExit(CostBasis basis) {
    var desk = new Desk(new AccountRules(basis, null));
    desk.trade(100);
    desk.buy("10").place();
    desk.trade(100);
    desk.buy("10").place();
    desk.trade(200);
    desk.sell("15").place();
    desk.trade(300);
    return position(desk);
  }

  @Test
  void rulesThatMakeNoSense() {
    var maintenance =
        new Maintenance(new BigDecimal("0.1"), BigDecimal.ZERO, Maintenance.Basis.MARK);
    assertThatThrownBy(() -> new Margin(new BigDecimal("0.5"), maintenance, BigDecimal.ZERO, null))
        .hasMessage("leverage must be 1 to 500, was 0.5");
    assertThatThrownBy(() -> new Margin(TEN, maintenance, BigDecimal.ZERO, null))
        .hasMessage(
            "leverage times maintenance rate must be below 1, or a position is liquidated as it"
                + " opens; were 10 and 0.1");
    assertThatThrownBy(() -> new Margin(BigDecimal.ONE, maintenance, new BigDecimal("0.2"), null))
        .hasMessage("liquidation fee must be from 0 to the maintenance rate, 0.1, was 0.2");
    assertThatThrownBy(() -> new Funding(BigDecimal.ONE, Interval.parse("8h")))
        .hasMessage("funding rate must be above -0.1 and below 0.1 (0.0001 is 0.01 %), was 1");
    assertThatThrownBy(() -> CostBasis.parse("lifo"))
        .hasMessage("cost basis must be one of average, fifo, was 'lifo'");
    assertThatThrownBy(() -> Maintenance.Basis.parse("last"))
        .hasMessage("basis of the maintenance margin must be one of mark, entry, was 'last'");
  }
}
