package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;

/// Each rule is broken, and then just not. Cash is 100,000, the latest price 100.
class RiskTest {
  private static final long DAY = 86_400 * Desk.SECOND;

  /// Limits as they are given by name, all others off.
  private static RiskLimits limits(String name, String value) {
    return new RiskLimits(
        name.equals("order-notional") ? new BigDecimal(value) : null,
        name.equals("position-notional") ? new BigDecimal(value) : null,
        name.equals("open-orders") ? Integer.valueOf(value) : null,
        name.equals("order-rate") ? Integer.valueOf(value) : null,
        name.equals("price-collar") ? new BigDecimal(value) : null,
        name.equals("leverage") ? new BigDecimal(value) : null,
        name.equals("strategy-notional") ? new BigDecimal(value) : null,
        null,
        null,
        null);
  }

  private static Desk desk(String name, String value) {
    var desk = new Desk(limits(name, value));
    desk.trade(100);
    return desk;
  }

  private static Desk watched(
      RiskLimits.@Nullable Stop dailyLoss,
      RiskLimits.@Nullable Stop drawdown,
      RiskLimits.@Nullable Streak streak) {
    var desk =
        new Desk(
            new RiskLimits(null, null, null, null, null, null, null, dailyLoss, drawdown, streak));
    desk.trade(100);
    return desk;
  }

  private static RiskLimits.Stop stop(String limit, RiskAction action) {
    return new RiskLimits.Stop(new BigDecimal(limit), action);
  }

  private static List<RiskAlert> alerts(Desk desk) {
    return desk.journal.stream()
        .filter(RiskAlert.class::isInstance)
        .map(RiskAlert.class::cast)
        .toList();
  }

  /// The last order was refused by `rule`, and an alert says so with limit and value.
  private static void assertRefused(Desk desk, String rule, String limit, String value) {
    var refused =
        desk.journal.stream()
            .filter(OrderRefused.class::isInstance)
            .map(OrderRefused.class::cast)
            .toList()
            .getLast();
    assertThat(refused.rule()).isEqualTo(rule);
    var alert = alerts(desk).getLast();
    assertThat(alert.rule()).isEqualTo(rule);
    assertThat(alert.level()).isEqualTo("warn");
    assertThat(alert.action()).isEqualTo(RiskAction.BLOCK);
    assertThat(alert.orderId()).isEqualTo(refused.order().orderId());
    assertThat(alert.signalId()).isEqualTo(refused.order().signalId());
    assertThat(alert.limit()).isEqualByComparingTo(limit);
    assertThat(alert.value()).isEqualByComparingTo(value);
    assertThat(alert.text()).isEqualTo(refused.reason());
  }

  @Test
  void orderNotional() {
    var desk = desk("order-notional", "500");
    assertThat(desk.buy("5.01").place()).containsExactly("1 refused");
    assertRefused(desk, "order-notional", "500", "501");
    assertThat(desk.buy("5").place()).containsExactly("2 accepted");
  }

  @Test
  void positionNotionalCountsWhatIsHeldAndWhatWaits() {
    var desk = desk("position-notional", "1000");
    desk.buy("4").place();
    desk.trade(100);
    assertThat(desk.buy("4").limit("90").place()).containsExactly("2 accepted");
    // 400 held, 360 waiting, 241 more
    assertThat(desk.buy("2.41").place()).containsExactly("3 refused");
    assertRefused(desk, "position-notional", "1000", "1001");
    assertThat(desk.sell("4").place()).containsExactly("4 accepted");
    assertThat(desk.buy("2.4").place()).containsExactly("5 accepted");
  }

  @Test
  void strategyNotional() {
    var desk = desk("strategy-notional", "1000");
    assertThat(desk.buy("10.01").place()).containsExactly("1 refused");
    assertRefused(desk, "strategy-notional", "1000", "1001");
    assertThat(desk.buy("10").place()).containsExactly("2 accepted");
  }

  @Test
  void leverage() {
    var desk = desk("leverage", "0.5");
    assertThat(desk.buy("500.01").place()).containsExactly("1 refused");
    assertRefused(desk, "leverage", "0.5", "0.5001");
    assertThat(desk.buy("500").place()).containsExactly("2 accepted");
  }

  @Test
  void openOrdersAreCountedWithoutExits() {
    var desk = desk("open-orders", "2");
    desk.buy("1").place();
    desk.trade(100);
    desk.sell("1").limit("110").reduceOnly().place();
    desk.buy("1").limit("90").place();
    desk.buy("1").limit("91").place();
    assertThat(desk.buy("1").limit("92").place()).containsExactly("5 refused");
    assertRefused(desk, "open-orders", "2", "3");
    desk.cancel(4);
    assertThat(desk.buy("1").limit("92").place()).containsExactly("6 accepted");
  }

  @Test
  void orderRateByTheSessionsClock() {
    var desk = desk("order-rate", "2");
    desk.buy("1").limit("90").place();
    desk.trade(100);
    desk.buy("1").limit("90").place();
    assertThat(desk.buy("1").limit("90").place()).containsExactly("3 refused");
    assertRefused(desk, "order-rate", "2", "3");
    desk.time += 58 * Desk.SECOND;
    desk.trade(100); // a minute after the first
    assertThat(desk.buy("1").limit("90").place()).containsExactly("4 accepted");
    assertThat(desk.buy("1").limit("90").place()).containsExactly("5 refused");
  }

  @Test
  void priceCollarHoldsWhereItCosts() {
    var desk = desk("price-collar", "2");
    assertThat(desk.buy("1").limit("102.01").place()).containsExactly("1 refused");
    assertRefused(desk, "price-collar", "2", "2.01");
    assertThat(desk.sell("1").limit("97.99").place()).containsExactly("2 refused");
    assertThat(desk.buy("1").limit("102").place()).containsExactly("3 accepted");
    assertThat(desk.buy("1").limit("1").place()).containsExactly("4 accepted");
  }

  @Test
  void dailyLossBlocksUntilMidnight() {
    var desk = watched(stop("1000", RiskAction.BLOCK), null, null);
    desk.buy("100").place();
    desk.trade(100); // a fee of 20
    desk.trade(90.21);
    assertThat(alerts(desk)).isEmpty(); // 20 + 979
    desk.trade(90.2);
    assertThat(alerts(desk))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.rule()).isEqualTo("daily-loss");
          assertThat(alert.level()).isEqualTo("error");
          assertThat(alert.limit()).isEqualByComparingTo("1000");
          assertThat(alert.value()).isEqualByComparingTo("1000");
          assertThat(alert.orderId()).isNull();
        });
    desk.trade(80); // said once a day
    assertThat(desk.buy("1").place()).containsExactly("2 refused");
    assertThat(alerts(desk)).hasSize(2);
    assertThat(desk.sell("50").place()).containsExactly("3 accepted"); // the way out is open
    desk.time = DAY - 2 * Desk.SECOND;
    desk.trade(80);
    assertThat(desk.buy("1").place()).containsExactly("4 refused");
    desk.trade(80); // midnight
    assertThat(desk.buy("1").place()).containsExactly("5 accepted");
  }

  @Test
  void theDaysLossBeginsWithTheEventBeforeMidnight() {
    var desk = watched(stop("1000", RiskAction.BLOCK), null, null);
    desk.buy("100").place();
    desk.trade(100);
    desk.trade(95);
    desk.time = DAY - Desk.SECOND;
    desk.trade(86); // 900 in the new day, 1,420 in all
    assertThat(alerts(desk)).isEmpty();
    desk.trade(85);
    assertThat(alerts(desk)).hasSize(1);
  }

  @Test
  void drawdownCancelsWhatWouldOpenAndHoldsUntilItIsReleased() {
    var desk = watched(null, stop("5", RiskAction.CANCEL), null);
    desk.buy("200").place();
    desk.trade(100); // a fee of 40
    desk.sell("200").limit("150").reduceOnly().place();
    desk.buy("1").limit("50").place();
    desk.trade(110); // 101,960 at the highest
    assertThat(desk.trade(84.6)).isEmpty(); // 4.98 %
    assertThat(desk.trade(84.5)).containsExactly("3 cancelled"); // 5.001...%
    var alert = alerts(desk).getLast();
    assertThat(alert.rule()).isEqualTo("drawdown");
    assertThat(alert.value()).isEqualByComparingTo("5.0020");
    desk.trade(120);
    assertThat(desk.buy("1").place()).containsExactly("4 refused");
    desk.manager.release("looked at it", "bob");
    assertThat(desk.buy("1").place()).containsExactly("5 accepted");
    assertThat(alerts(desk).getLast().level()).isEqualTo("info");
  }

  @Test
  void aLosingStreakClosesEverythingAndCoolsDown() {
    var desk = watched(null, null, new RiskLimits.Streak(2, 5, RiskAction.CLOSE));
    for (int i = 0; i < 2; i++) {
      desk.buy("1").place();
      desk.trade(100);
      desk.sell("1").place();
      if (i == 1) {
        desk.buy("1").limit("50").place();
      }
      desk.trade(99);
      desk.trade(100);
    }
    assertThat(alerts(desk)).singleElement().matches(alert -> alert.rule().equals("cool-down"));
    assertThat(desk.cancel(5)).containsExactly("5 cancelrefused");
    assertThat(desk.buy("1").place()).containsExactly("6 refused");
    assertThat(alerts(desk).getLast().text())
        .isEqualTo("after a losing streak nothing is opened for another 5 min");
    desk.time += 300 * Desk.SECOND;
    desk.trade(100);
    assertThat(desk.buy("1").place()).containsExactly("7 accepted");
  }

  @Test
  void theKillSwitchClosesPositionsWithSignalsOfItsOwn() {
    var desk = desk("order-notional", "1000000");
    desk.buy("3").place();
    desk.trade(100);
    desk.sell("3").limit("120").reduceOnly().place();
    desk.manager.kill(RiskAction.CLOSE, "enough", "alice");
    // What came of it is heard with the next input, and the market order fills there.
    assertThat(desk.trade(101))
        .containsExactly(
            "2 cancelled",
            "0000000000000001-2-r1 accepted",
            "0000000000000001-2-r1 filled 3 @ 101");
    assertThat(desk.manager.summary().openAtEnd()).isFalse();
    var signal =
        desk.journal.stream()
            .filter(Signal.class::isInstance)
            .map(Signal.class::cast)
            .toList()
            .getLast();
    assertThat(signal.signalId()).isEqualTo("sig_0000000000000001-2-r1");
    assertThat(signal.name()).isEqualTo("kill-switch");
    assertThat(alerts(desk))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.action()).isEqualTo(RiskAction.CLOSE);
          assertThat(alert.text()).isEqualTo("the kill switch was pulled: alice: enough");
        });
    assertThat(desk.buy("1").place()).containsExactly("3 refused");
    desk.manager.release("go on", "alice");
    assertThat(desk.buy("1").place()).containsExactly("4 accepted");
  }

  @Test
  void theKillSwitchThatOnlyBlocksLeavesAllAsItIs() {
    var desk = desk("order-notional", "1000000");
    desk.buy("1").limit("90").place();
    desk.manager.kill(RiskAction.BLOCK, "enough", "bob");
    assertThat(desk.buy("1").limit("90").place()).containsExactly("2 refused");
    assertThat(desk.trade(89)).containsExactly("1 filled 1 @ 89");
    assertThat(desk.sell("1").limit("100").place()).containsExactly("3 accepted");
    assertThat(desk.sell("1").place()).containsExactly("4 refused"); // both would make it short
    assertThat(desk.sell("1").reduceOnly().place()).containsExactly("5 accepted");
  }

  @Test
  void aStrategyCannotKeepRiskFromClosing() {
    var desk = desk("order-notional", "1000000");
    desk.buy("3").place();
    desk.trade(100);
    desk.manager.kill(RiskAction.CLOSE, "enough", "alice");
    var id = "ord_0000000000000001-2-r1";
    assertThat(desk.cancelAll()).containsExactly("0000000000000001-2-r1 accepted");
    assertThat(desk.submit(new CancelOrder(Desk.SESSION, id, "s")))
        .containsExactly("0000000000000001-2-r1 cancelrefused");
    var change = new AmendOrder(Desk.SESSION, id, "s", new BigDecimal("1"), null, null);
    assertThat(desk.submit(change)).containsExactly("0000000000000001-2-r1 amendrefused");
    assertThat(desk.sell("3").place()).containsExactly("2 refused"); // it would turn the position
    assertThat(desk.trade(100)).containsExactly("0000000000000001-2-r1 filled 3 @ 100");
  }

  @Test
  void theKillSwitchBeforeTheFirstInputHasTheSessionsTime() {
    var journal = new ArrayList<JournalEntry>();
    var spec = Desk.spec(FillRules.STANDARD).startingAt(7);
    new OrderManager(spec, journal::add).kill(RiskAction.CLOSE, "enough", "alice");
    assertThat(journal).singleElement().matches(entry -> entry.time() == 7);
  }

  @Test
  void aReleaseAfterEverythingWasLostStopsNothingMore() {
    var desk = watched(null, stop("5", RiskAction.BLOCK), null);
    desk.buy("990").place();
    desk.trade(100);
    desk.trade(0.01);
    desk.trade(0.01);
    desk.sell("990").place();
    desk.trade(0.01);
    assertThat(alerts(desk)).hasSize(1);
    desk.manager.release("fine", "alice");
    desk.trade(0.01);
    assertThat(alerts(desk)).hasSize(2);
  }

  @Test
  void refusalsOfOtherRulesAreAlertsToo() {
    var desk = desk("order-notional", "1000000000");
    assertThat(desk.buy("1000").place()).containsExactly("1 refused");
    assertRefused(desk, "buying-power", "100000", "100200");
  }

  @Test
  void limitsMakeSense() {
    assertThatThrownBy(() -> limits("leverage", "0"))
        .hasMessage("leverage must be above zero, was 0");
    assertThatThrownBy(() -> limits("open-orders", "0"))
        .hasMessage("openOrders must be 1 to 100000, was 0");
    assertThatThrownBy(() -> new RiskLimits.Streak(1, 10_081, RiskAction.BLOCK))
        .hasMessage("minutes of a cool-down must be 1 to 10080, was 10081");
  }

  @Test
  void limitsAsText() {
    var limits =
        RiskLimits.parse(
            Map.of(
                "order-notional", "2500.5",
                "open-orders", "10",
                "daily-loss", "500:cancel",
                "losing-streak", "4:60:block"));
    assertThat(limits)
        .isEqualTo(
            new RiskLimits(
                new BigDecimal("2500.5"),
                null,
                10,
                null,
                null,
                null,
                null,
                new RiskLimits.Stop(new BigDecimal("500"), RiskAction.CANCEL),
                null,
                new RiskLimits.Streak(4, 60, RiskAction.BLOCK)));
    assertThat(RiskLimits.parse(Map.of())).isEqualTo(RiskLimits.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          notional|1|limit must be one of order-notional, position-notional, open-orders, orders-per-minute, collar-percent, leverage, strategy-notional, daily-loss, drawdown-percent, losing-streak, was 'notional'
          leverage|two|leverage must be a decimal above zero, was 'two'
          leverage|-1|leverage must be above zero, was -1
          open-orders|1.5|open-orders must be a whole number, was '1.5'
          open-orders|0|open-orders must be 1 to 100000, was 0
          daily-loss|500|daily-loss must be LIMIT:ACTION, such as 500:cancel, was '500'
          daily-loss|500:panic|action of daily-loss must be one of block, cancel, close, was 'panic'
          losing-streak|4:60|losing-streak must be LOSSES:MINUTES:ACTION, such as 4:60:block, was '4:60'
          losing-streak|0:60:block|losses of a streak must be 1 to 1000, was 0
          """)
  void textsThatAreNoLimits(String name, String text, String complaint) {
    assertThatThrownBy(() -> RiskLimits.parse(Map.of(name, text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(complaint);
  }

  @Test
  void limitsThatAreNamedTakeThePlaceOfOthersAndTheRestStay() {
    var standard = RiskLimits.parse(Map.of("daily-loss", "500:cancel", "open-orders", "10"));
    assertThat(RiskLimits.parse(Map.of("open-orders", "3")).over(standard))
        .isEqualTo(RiskLimits.parse(Map.of("daily-loss", "500:cancel", "open-orders", "3")));
    assertThat(RiskLimits.NONE.over(standard)).isEqualTo(standard);
    assertThat(standard.over(RiskLimits.NONE)).isEqualTo(standard);
  }

  @Test
  void limitsAreReadBackFromTheirTexts() {
    var texts =
        Map.of(
            "order-notional", "2500.5",
            "position-notional", "9000",
            "open-orders", "3",
            "orders-per-minute", "60",
            "collar-percent", "2",
            "leverage", "0.8",
            "strategy-notional", "4000",
            "daily-loss", "500:cancel",
            "drawdown-percent", "12.5:close",
            "losing-streak", "4:60:block");

    assertThat(RiskLimits.parse(texts).texts()).isEqualTo(texts);
    assertThat(RiskLimits.NONE.texts()).isEmpty();
  }
}
