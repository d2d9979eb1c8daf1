package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Interval;

class FillRulesTest {
  @ParameterizedTest
  @CsvSource({
    "any,none,none",
    "bar,fixed:0.05,50ms",
    "trade,percent:0.01,uniform:20ms:80ms",
    "quote,volume:0.1:0.25,lognormal:50ms:0.5",
    "book,fixed:1,250us",
    "book,none,2s"
  })
  void rulesReadAndWriteTheSame(String model, String slippage, String latency) {
    assertThat(FillRules.parse(model, slippage, latency))
        .hasToString(model + ", slippage " + slippage + ", latency " + latency);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fixed",
        "fixed:",
        "fixed:-1",
        "fixed:1:2",
        "percent:1e3",
        "volume:0.1",
        "volume:1:.1.",
        "some:1"
      })
  void slippageThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Slippage.parse(text))
        .hasMessage(
            "slippage must be none, fixed:OFFSET, percent:PERCENT or volume:LIMIT:IMPACT, was '"
                + text
                + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "50", "50 ms", "-1ms", "uniform:1ms", "lognormal:1ms", "normal:1ms:1"})
  void latencyThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Latency.parse(text))
        .hasMessage(
            "latency must be none, a time such as 50ms, uniform:20ms:80ms or lognormal:50ms:0.5,"
                + " was '"
                + text
                + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          book    | volume:0.1:0.1 | none | slippage by volume share is for bars, trades and quotes: an order book says itself how much there is at which price; was volume:0.1:0.1
          mid     | none           | none | fill model must be one of any, bar, trade, quote, book, was 'mid'
          any     | fixed:0        | none | offset of slippage must be above zero, was 0
          any     | percent:100    | none | percent of slippage must be below 100, was 100
          any     | volume:1.5:0.1 | none | volume limit of slippage must be at most 1, was 1.5
          any     | volume:0.5:1   | none | impact of slippage must be from 0 to below 1, was 1
          any     | none | 3601s          | latency must be from 0 to an hour, was 3601000000 microseconds
          any     | none | uniform:2s:1s  | the least latency must not be above the most, was 2s and 1s
          any     | none | lognormal:1s:4 | sigma of a latency must be above 0 and at most 3, was 4.0
          """)
  void whatMakesNoSenseIsRefused(String model, String slippage, String latency, String message) {
    assertThatThrownBy(() -> FillRules.parse(model, slippage, latency)).hasMessage(message);
  }

  private static Desk through() {
    var desk = new Desk(FillRules.parse("any", "none", "none", "through"));
    desk.trade(100);
    return desk;
  }

  @Test
  void throughATouchIsNotEnough() {
    var desk = through();
    desk.buy("1").limit("95").place();
    desk.sell("1").limit("105").place();
    assertThat(desk.trade(100)).isEmpty();
    assertThat(desk.trade(95)).isEmpty();
    assertThat(desk.trade(94.99)).containsExactly("1 filled 1 @ 95");
    assertThat(desk.trade(105)).isEmpty();
    assertThat(desk.trade(105.01)).containsExactly("2 filled 1 @ 105");
  }

  @Test
  void throughABarItsLowMustBeBelow() {
    var desk = through();
    desk.buy("1").limit("95").place();
    assertThat(desk.bar(100, 101, 95, 100)).isEmpty();
    assertThat(desk.bar(100, 101, 94.5, 100)).containsExactly("1 filled 1 @ 95");
    desk.buy("1").limit("95").place();
    assertThat(desk.bar(100, 101, 99, 100)).isEmpty();
    assertThat(desk.bar(94, 96, 93, 95)).containsExactly("2 filled 1 @ 94");
  }

  @Test
  void whatTakesOnArrivalTakesAtItsLimitToo() {
    var desk = through();
    desk.buy("1").limit("100").place();
    assertThat(desk.trade(100)).containsExactly("1 filled 1 @ 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          any, slippage none, latency none                     | any, slippage percent:0.05, latency 100ms, limits through
          bar, slippage fixed:0.5, latency 2s                  | bar, slippage fixed:1, latency 4s, limits through
          trade, slippage percent:0.01, latency none           | trade, slippage percent:0.05, latency 100ms, limits through
          trade, slippage percent:60, latency none             | trade, slippage percent:99.99, latency 100ms, limits through
          quote, slippage volume:0.1:0.2, latency uniform:1s:2s | quote, slippage volume:0.1:0.4, latency uniform:2s:4s, limits through
          book, slippage none, latency lognormal:50ms:0.5      | book, slippage percent:0.05, latency lognormal:100ms:0.5
          """)
  void thePessimisticEnd(String base, String pessimistic) {
    var parts = base.split(", (slippage |latency )?", -1);
    var rules = FillRules.parse(parts[0], parts[1], parts[2]);
    assertThat(rules.pessimistic()).hasToString(pessimistic);
    assertThat(rules.optimistic()).hasToString(parts[0] + ", slippage none, latency none");
  }

  @Test
  void anOrderBookHasItsOwnQueue() {
    assertThatThrownBy(() -> FillRules.parse("book", "none", "none", "through"))
        .hasMessage(
            "limit fill through is for bars, trades and quotes: in an order book the queue says"
                + " what fills; was through");
    assertThatThrownBy(() -> LimitFill.parse("never"))
        .hasMessage("limit fill must be one of touch, through, was 'never'");
  }

  @Test
  void aModelMustFitTheData() {
    var bars = Map.of("X", Interval.parse("1m"));
    var symbols = List.of("X");
    FillModel.ANY.requireFor(symbols, bars);
    FillModel.BAR.requireFor(symbols, bars);
    FillModel.BOOK.requireFor(symbols, Map.of());
    assertThatThrownBy(() -> FillModel.TRADE.requireFor(symbols, bars))
        .hasMessage(
            "fill model trade would never fill an order of X: its data are bars; use bar or any");
    assertThatThrownBy(() -> FillModel.BAR.requireFor(symbols, Map.of()))
        .hasMessage(
            "fill model bar would never fill an order of X: its data have no bars; use trade,"
                + " quote, book or any");
  }

  @Test
  void aModelFillsOnItsOwnEventsAlone() {
    var trades = Desk.of("trade", "none", "none");
    trades.trade(100);
    trades.buy("1").place();
    assertThat(trades.quote(99, 101)).isEmpty();
    assertThat(trades.bar(100, 101, 99, 100)).isEmpty();
    assertThat(trades.trade(100)).containsExactly("1 filled 1 @ 100");
  }

  @ParameterizedTest
  @CsvSource({"trade,1 filled 1 @ 100", "quote,1 filled 1 @ 102", "any,1 filled 1 @ 102"})
  void whatFillsFirstIsUpToTheModel(String model, String filled) {
    var desk = Desk.of(model, "none", "none");
    desk.trade(100);
    desk.buy("1").place();
    var told = desk.quote(101, 102);
    assertThat(told.isEmpty() ? desk.trade(100) : told).containsExactly(filled);
  }

  /// Buys fill higher, sells lower, on the tick.
  @ParameterizedTest
  @CsvSource({
    "fixed:0.05,100.05,99.95",
    "fixed:0.001,100.01,99.99",
    "percent:0.5,100.5,99.5",
    "fixed:1000,1100,0.01"
  })
  void takersPayTheSlippage(String slippage, String bought, String sold) {
    var desk = Desk.of("any", slippage, "none");
    desk.trade(100);
    desk.buy("1").place();
    assertThat(desk.trade(100)).containsExactly("1 filled 1 @ " + bought);
    desk.sell("1").place();
    assertThat(desk.trade(100)).containsExactly("2 filled 1 @ " + sold);
  }

  @Test
  void aLimitBoundsTheSlippageAndMakersPayNone() {
    var desk = Desk.of("any", "fixed:0.05", "none");
    desk.trade(100);
    desk.buy("1").limit("100.03").place();
    assertThat(desk.trade(100)).containsExactly("1 filled 1 @ 100.03");
    desk.buy("1").limit("99").place();
    assertThat(desk.trade(100)).isEmpty();
    assertThat(desk.trade(98)).containsExactly("2 filled 1 @ 99");
  }

  @Test
  void stopsSlipFromWhereTheyAreHit() {
    var desk = Desk.of("bar", "fixed:0.5", "none");
    desk.bar(100, 101, 99, 100);
    desk.buy("1").place();
    desk.bar(100, 101, 99, 100);
    desk.sell("1").stop("98").place();
    assertThat(desk.bar(100, 101, 97, 100)).containsExactly("2 triggered", "2 filled 1 @ 97.5");
  }

  /// Half of the volume at most. The whole volume would move the price by a tenth; half of it, the
  /// square of a half, by a fortieth.
  @Test
  void ordersShareTheVolumeOfABar() {
    var desk = Desk.of("any", "volume:0.5:0.1", "none");
    desk.barOf(100, 101, 99, 100, 10);
    desk.buy("8").place();
    desk.buy("1").place();
    assertThat(desk.barOf(100, 110, 90, 100, 10)).containsExactly("1 filled 5 @ 102.5");
    assertThat(desk.barOf(100, 110, 90, 100, 10))
        .containsExactly("1 filled 3 @ 100.9", "2 filled 1 @ 100.1");
  }

  @Test
  void theSidesOfAQuoteAreApart() {
    var desk = Desk.of("quote", "volume:1:0", "none");
    desk.quote(99, 101, 2, 3);
    desk.buy("4").place();
    desk.sell("4").limit("99").place();
    assertThat(desk.quote(99, 101, 2, 3)).containsExactly("1 filled 3 @ 101", "2 filled 2 @ 99");
    assertThat(desk.quote(99, 101, 2, 3)).containsExactly("1 filled 1 @ 101", "2 filled 2 @ 99");
  }

  @Test
  void immediateOrdersTakeWhatIsThereOrNothing() {
    var desk = Desk.of("trade", "volume:1:0", "none");
    desk.trade(100, 1);
    desk.buy("3").tif(TimeInForce.IOC).place();
    desk.buy("3").tif(TimeInForce.FOK).place();
    assertThat(desk.trade(100, 2)).containsExactly("1 filled 2 @ 100", "1 expired", "2 expired");
    desk.buy("3").tif(TimeInForce.FOK).place();
    assertThat(desk.trade(100, 3)).containsExactly("3 filled 3 @ 100");
  }

  @Test
  void partialFillsKeepTheSumExact() {
    var desk = Desk.of("trade", "volume:0.3:0", "none");
    desk.trade(100, 1);
    desk.buy("1").place();
    assertThat(desk.trade(100, 0.123)).containsExactly("1 filled 0.03 @ 100");
    assertThat(desk.trade(101, 1.5)).containsExactly("1 filled 0.45 @ 101");
    assertThat(desk.trade(102, 0.01)).isEmpty();
    assertThat(desk.trade(103, 10)).containsExactly("1 filled 0.52 @ 103");
    desk.manager.finish(++desk.seq, desk.time);
    var spent = new BigDecimal("3").add(new BigDecimal("45.45")).add(new BigDecimal("53.56"));
    var fees = spent.multiply(new BigDecimal("0.002"));
    assertThat(desk.manager.summary().fees()).isEqualByComparingTo(fees);
    assertThat(desk.manager.account().cash())
        .isEqualTo(new BigDecimal("100000").subtract(spent).subtract(fees).doubleValue());
  }

  /// The exits come to life with the first part of the entry, grow with the second; of two exits
  /// the one shrinks with what the other fills.
  @Test
  void exitsFollowThePartsOfTheirEntry() {
    var desk = Desk.of("trade", "volume:1:0", "none");
    desk.trade(100, 1);
    desk.buy("5")
        .bracket(new ExitPrice.At(new BigDecimal("90")), new ExitPrice.At(new BigDecimal("110")))
        .place();
    assertThat(desk.trade(100, 2))
        .containsExactly("1 filled 2 @ 100", "2 activated", "3 activated");
    assertThat(desk.trade(100, 3)).containsExactly("1 filled 3 @ 100", "2 amended", "3 amended");
    assertThat(desk.trade(110, 4)).containsExactly("3 filled 4 @ 110", "2 amended");
    assertThat(desk.trade(90, 9)).containsExactly("2 triggered", "2 filled 1 @ 90", "3 cancelled");
  }

  @Test
  void anExitThatFillsEndsTheRestOfItsEntry() {
    var desk = Desk.of("trade", "volume:1:0", "none");
    desk.trade(100, 1);
    desk.buy("5").limit("100").bracket(null, new ExitPrice.At(new BigDecimal("110"))).place();
    assertThat(desk.trade(100, 2)).containsExactly("1 filled 2 @ 100", "2 activated");
    assertThat(desk.trade(110, 2)).containsExactly("2 filled 2 @ 110", "1 cancelled");
  }

  @Test
  void anOrderMeetsTheMarketAfterItsLatency() {
    var desk = Desk.of("trade", "none", "2s");
    desk.trade(100);
    desk.buy("1").place();
    assertThat(desk.trade(101)).isEmpty();
    assertThat(desk.trade(102)).containsExactly("1 filled 1 @ 102");
  }

  @Test
  void aCancelIsOnItsWayTooAndMayBeTooLate() {
    var desk = Desk.of("trade", "none", "2s");
    desk.trade(100);
    desk.buy("1").limit("90").place();
    desk.buy("1").limit("95").place();
    desk.trade(100);
    desk.trade(100);
    assertThat(desk.cancel(1)).isEmpty();
    assertThat(desk.cancel(2)).isEmpty();
    assertThat(desk.amend(1, null, "91", null)).isEmpty();
    assertThat(desk.trade(95)).containsExactly("2 filled 1 @ 95");
    assertThat(desk.trade(80)).containsExactly("1 cancelled", "2 cancelrefused", "1 amendrefused");
  }

  @Test
  void whatWasSentFirstArrivesFirst() {
    var desk = Desk.of("trade", "none", "uniform:0s:9s");
    desk.trade(100);
    for (int i = 0; i < 40; i++) {
      desk.buy("0.01").place();
    }
    var expected = new ArrayList<String>();
    var told = new ArrayList<String>();
    for (int i = 1; i <= 40; i++) {
      expected.add(i + " filled 0.01 @ 100");
    }
    int events = 0;
    while (told.size() < 40) {
      var now = desk.trade(100);
      events += now.isEmpty() ? 0 : 1;
      told.addAll(now);
    }
    assertThat(told).isEqualTo(expected);
    assertThat(events).isGreaterThan(1);
  }

  /// The median of a log-normal is its median, and a distribution is the same for the same seed.
  @Test
  void latenciesAreDrawnAsTheirDistributionSays() {
    var random = new Random(1);
    var again = new Random(1);
    var uniform = Latency.parse("uniform:20ms:80ms");
    var logNormal = Latency.parse("lognormal:50ms:0.5");
    int below = 0;
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      long drawn = uniform.next(random);
      assertThat(drawn).isBetween(20_000L, 80_000L).isEqualTo(uniform.next(again));
      sum += drawn;
      below += logNormal.next(random) < 50_000 ? 1 : 0;
      logNormal.next(again);
    }
    assertThat(sum / 10_000).isBetween(49_000L, 51_000L);
    assertThat(below).isBetween(4_850, 5_150);
  }
}
