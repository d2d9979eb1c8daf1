package sandpiper.domain.trading;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static sandpiper.domain.trading.Desk.SECOND;

import java.math.BigDecimal;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.metrics.ClosedTrade;
import sandpiper.domain.metrics.EquityPoint;
import sandpiper.domain.metrics.Figure;
import sandpiper.domain.metrics.PerformanceReport;

/// What an order manager with a market reports of its trades and days.
class PerformanceTest {
  private static final long DAY = 86_400 * SECOND;

  private final Desk desk = new Desk();

  private PerformanceReport report(int periods) {
    return desk.manager.performance(periods);
  }

  private ClosedTrade onlyTrade() {
    var trades = report(365).trades();
    assertThat(trades).hasSize(1);
    return trades.getFirst();
  }

  private static void money(BigDecimal actual, String expected) {
    assertThat(actual).isEqualByComparingTo(expected);
  }

  private static double number(Figure figure) {
    return requireNonNull(figure.value());
  }

  @Test
  void aTradeGoesFromFlatToFlatThroughAllThatIsAddedAndTakenOff() {
    desk.trade(100);
    desk.buy("1").place();
    desk.trade(100);
    desk.buy("1").place();
    desk.trade(110);
    desk.sell("1").place();
    desk.trade(120);
    assertThat(report(365).trades()).isEmpty();
    assertThat(report(365).openPositions()).isEqualTo(1);
    desk.sell("1").place();
    desk.trade(130);

    var trade = onlyTrade();
    money(trade.quantity(), "2");
    money(trade.entryPrice(), "105");
    money(trade.exitPrice(), "125");
    money(trade.fees(), "0.92");
    money(trade.net(), "39.08");
    assertThat(trade.change()).isCloseTo(39.08 / 210, offset(1e-12));
    assertThat(trade.direction()).isEqualTo(1);
    assertThat(trade.exitTime() - trade.entryTime()).isEqualTo(3 * SECOND);
    assertThat(report(365).openPositions()).isZero();
  }

  @Test
  void aFillThatTurnsThePositionEndsOneTradeAndBeginsTheNext() {
    desk.trade(100);
    desk.buy("1").place();
    desk.trade(100);
    desk.sell("3").place();
    desk.trade(90);
    desk.buy("2").place();
    desk.trade(80);

    var report = report(365);
    assertThat(report.trades()).extracting(ClosedTrade::direction).containsExactly(1, -1);
    money(report.trades().getFirst().net(), "-10.38");
    money(report.trades().getLast().net(), "19.32");
    assertThat(report.longTrades().count()).isEqualTo(1);
    assertThat(report.shortTrades().count()).isEqualTo(1);
    money(report.longTrades().net(), "-10.38");
    money(report.shortTrades().net(), "19.32");
    money(report.allTrades().net(), "8.94");
  }

  @Test
  void excursionsAreOfTheProfitOfAllThatIsHeld() {
    desk.trade(100);
    desk.buy("1").place();
    desk.trade(100);
    desk.trade(95);
    desk.buy("1").place();
    desk.trade(90); // 2 at 95: -10
    desk.trade(85); // -20
    desk.trade(105); // +20
    desk.sell("1").place();
    desk.trade(110); // 15 booked, 1 at 95: 15 more
    desk.trade(70); // 15 - 25
    desk.sell("1").place();
    desk.trade(100); // 15 + 5

    money(onlyTrade().mae(), "-20");
    money(onlyTrade().mfe(), "30");
  }

  @Test
  void aShortTradeSuffersFromTheHighOfABar() {
    desk.bar(100, 100, 100, 100);
    desk.sell("1").place();
    desk.bar(100, 104, 93, 99);
    desk.buy("1").place();
    desk.bar(98, 150, 50, 100);

    money(onlyTrade().mae(), "-4");
    money(onlyTrade().mfe(), "7");
  }

  @Test
  void ofABarWithinWhichItWasEnteredOnlyTheCloseCounts() {
    desk.bar(100, 100, 100, 100);
    desk.buy("1").limit("95").place();
    desk.bar(100, 120, 90, 97);
    desk.bar(97, 98, 96, 97);
    desk.sell("1").place();
    desk.bar(97, 99, 50, 97);

    money(onlyTrade().entryPrice(), "95");
    money(onlyTrade().mae(), "0");
    money(onlyTrade().mfe(), "3");
  }

  @Test
  void exposureIsTheShareOfTimeWithAPosition() {
    desk.trade(100); // 1 s
    desk.buy("1").place();
    desk.trade(100); // 2 s
    desk.sell("2").place();
    desk.trade(100); // 3 s: long until here, short from here
    desk.time += 4 * SECOND;
    desk.buy("1").place();
    desk.trade(100); // 8 s
    desk.time += SECOND;
    desk.trade(100); // 10 s

    var report = report(365);
    assertThat(report.allTrades().exposure().value()).isEqualTo(0.6);
    assertThat(report.longTrades().exposure().value()).isEqualTo(0.1);
    assertThat(report.shortTrades().exposure().value()).isEqualTo(0.5);
  }

  @Test
  void anOpenPositionIsInExposureAndTurnoverAndEquityButNoTrade() {
    desk.trade(100);
    desk.buy("10").place();
    desk.trade(100);
    desk.trade(101);

    var report = report(365);
    assertThat(report.trades()).isEmpty();
    assertThat(report.allTrades().winRate().reason()).isEqualTo("no closed trade");
    assertThat(report.allTrades().exposure().value()).isCloseTo(1 / 3.0, offset(1e-12));
    money(report.finalEquity(), "100008");
    assertThat(report.allTrades().turnover().value())
        .isCloseTo(1000 / ((100_000 + 100_008) / 2.0), offset(1e-12));
    assertThat(report.shortTrades().turnover().value()).isZero();
  }

  @Test
  void equityIsTakenWhenADayEndsAndDaysWithoutEventsAreFilledIn() {
    desk.trade(100);
    desk.buy("10").place();
    desk.trade(100);
    desk.time = DAY - 2 * SECOND;
    desk.trade(110);
    desk.time = 3 * DAY;
    desk.trade(90);

    var calendar = report(365);
    assertThat(calendar.equity())
        .extracting(EquityPoint::time)
        .containsExactly(0L, DAY, 2 * DAY, 3 * DAY, 3 * DAY + SECOND);
    assertThat(calendar.equity())
        .extracting(point -> point.equity().doubleValue())
        .containsExactly(100_000.0, 100_098.0, 100_098.0, 100_098.0, 99_898.0);
    assertThat(calendar.days()).isEqualTo(4);

    var trading = report(252);
    assertThat(trading.equity())
        .extracting(EquityPoint::time)
        .containsExactly(0L, DAY, 3 * DAY + SECOND);
    assertThat(trading.days()).isEqualTo(2);
  }

  @Test
  void theBarThatEndsAtMidnightBelongsToItsDayAndATradeAtMidnightToTheNext() {
    desk.time = DAY - 60 * SECOND;
    desk.bar(100, 100, 100, 100);
    assertThat(desk.time).isEqualTo(DAY);
    desk.closing(DAY);
    assertThat(report(365).equity()).extracting(EquityPoint::time).containsExactly(0L, DAY);
    desk.time = DAY - SECOND;
    desk.trade(100);
    desk.time = DAY + 5 * SECOND;
    desk.trade(100);
    assertThat(report(365).equity())
        .extracting(EquityPoint::time)
        .containsExactly(0L, DAY, DAY + 6 * SECOND);
  }

  @Test
  void theBenchmarkBuysAtTheFirstPriceAndHolds() {
    desk.bar(50, 60, 40, 55);
    desk.time = DAY;
    desk.bar(55, 60, 40, 60);

    var report = report(365);
    assertThat(report.benchmark().symbol()).isEqualTo("X");
    assertThat(report.benchmark().total().value()).isCloseTo(0.2, offset(1e-12));
    assertThat(report.benchmark().excessReturn().value()).isCloseTo(-0.2, offset(1e-12));
    assertThat(report.equity())
        .extracting(EquityPoint::benchmark)
        .containsExactly(100_000.0, 110_000.0, 120_000.0);
  }

  @Test
  void beforeTheFirstEventThereIsNothing() {
    var report = report(365);
    assertThat(report.days()).isZero();
    assertThat(report.returns().total().reason()).isEqualTo("no day has passed");
    assertThat(report.benchmark().total().reason()).isEqualTo("X had no price");
    assertThat(report.allTrades().exposure().reason()).isEqualTo("no time has passed");
    assertThat(report.monthly().years()).isEmpty();
  }

  @Test
  void otherPeriodsAreRefused() {
    assertThatThrownBy(() -> report(12))
        .hasMessage("periods a year must be 365 (calendar days) or 252 (trading days), was 12");
  }

  @Test
  void theReportAgreesWithTheJournalSeed11() {
    var random = new Random(11);
    var marks = new TreeMap<Long, Double>();
    double price = 100;
    int held = 0;
    for (int i = 0; i < 3_000; i++) {
      price = Math.round(price * 100 * (1 + random.nextGaussian() / 500)) / 100.0;
      desk.time += random.nextInt(900) * SECOND;
      desk.trade(price);
      marks.put(desk.time, desk.manager.account().equity());
      if (random.nextInt(4) == 0) {
        int size = 1 + random.nextInt(5);
        boolean buys = random.nextInt(7) - 3 > held;
        (buys ? desk.buy("" + size) : desk.sell("" + size)).place();
        held += buys ? size : -size;
      }
    }
    desk.manager.finish(desk.seq + 1, desk.time);
    var report = report(365);
    var positions =
        desk.journal.stream()
            .filter(OrderFilled.class::isInstance)
            .map(entry -> ((OrderFilled) entry).position())
            .toList();
    var closed = positions.stream().filter(position -> position.isClosed()).toList();
    var summary = desk.manager.summary();
    assertThat(closed).hasSizeGreaterThan(100);
    assertThat(report.allTrades().count())
        .isEqualTo(closed.size())
        .isEqualTo(summary.closedTrades());
    assertThat(report.allTrades().wins()).isEqualTo(summary.wins());
    assertThat(report.allTrades().net())
        .isEqualByComparingTo(
            closed.stream().map(each -> each.net()).reduce(BigDecimal.ZERO, BigDecimal::add));
    assertThat(report.longTrades().count() + report.shortTrades().count())
        .isEqualTo(report.allTrades().count());
    for (var trade : report.trades()) {
      var gross = trade.net().add(trade.fees());
      assertThat(trade.mae()).isLessThanOrEqualTo(gross.min(BigDecimal.ZERO));
      assertThat(trade.mfe()).isGreaterThanOrEqualTo(gross.max(BigDecimal.ZERO));
    }
    assertThat(report.allTrades().exposure().value())
        .isCloseTo(
            number(report.longTrades().exposure()) + number(report.shortTrades().exposure()),
            offset(1e-9));
    var points = report.equity();
    assertThat(points).hasSizeGreaterThan(10);
    for (var point : points.subList(1, points.size() - 1)) {
      assertThat(point.equity().doubleValue())
          .as("%d", point.time())
          .isCloseTo(marks.lowerEntry(point.time()).getValue(), offset(1e-6));
    }
    money(report.finalEquity(), summary.finalEquity().toPlainString());
    assertThat(report.drawdown().max()).isGreaterThanOrEqualTo(summary.maxDrawdown() - 1e-12);
  }
}
