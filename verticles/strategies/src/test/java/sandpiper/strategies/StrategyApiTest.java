package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.Margin;

/// What `ctx` offers, seen from a script.
class StrategyApiTest {
  private static final String TICKS = "export const data = () => ({ ticks: { trades: true } });\n";
  private static final String MINUTES = "export const data = () => ({ main: { bars: '1m' } });\n";

  private static List<String> log(String text, List<MarketEvent> market) {
    return new Play().with(text).over(market).log();
  }

  @Test
  void anIndicatorLooksBackRisesAndFalls() {
    var text =
        MINUTES
            + """
            export const indicators = () => ({ last: { use: 'sma', on: 'main.close', period: 1 } });
            export function onBar(ctx) {
              const { last } = ctx.ind;
              ctx.log(last.value, last.prev(), last.prev(2), last.rising(), last.rising(2), last.falling(2));
            }
            """;
    assertThat(log(text, Play.bars(10, 11, 12, 11, 10)))
        .containsExactly(
            "10 NaN NaN false false false",
            "11 10 NaN true false false",
            "12 11 10 true true false",
            "11 12 11 false false false",
            "10 11 12 false false true");
  }

  @Test
  void anIndicatorOfTheOrderBookIsTheBookOfTheMoment() {
    var text =
        """
        export const data = { ticks: { trades: true }, depth: { book: true } };
        export const indicators = { lean: { use: 'imbalance', depth: 1 } };
        export function onBook(ctx, book) {
          ctx.log(ctx.ind.lean.value, ctx.ind.lean.prev(), ctx.ind.lean.value === book.imbalance(1));
        }
        """;
    var one = new Levels(new double[] {101}, new double[] {1});
    var market =
        List.<MarketEvent>of(
            new BookSnapshot(
                "BTCUSD", Play.START, 1, new Levels(new double[] {99}, new double[] {3}), one),
            new BookUpdate(
                "BTCUSD",
                Play.START + 1,
                2,
                2,
                new Levels(new double[] {99}, new double[] {1}),
                Levels.NONE));
    assertThat(log(text, market)).containsExactly("0.5 NaN true", "0 0.5 true");
  }

  @Test
  void anOrderBookCanBeReadLikeAnArrayAndNotBeWritten() {
    var text =
        """
        export const data = { depth: { book: true } };
        let first = null;
        export function onBook(ctx, book) {
          first ??= book;
          const attempts = [
            () => { book.bid = 1; },
            () => { book.bids[0] = 1; },
            () => { book.bids.push(1); },
            () => { book.bids[0].price = 1; },
            () => { book.bids.length = 0; },
          ];
          let refused = 0;
          for (const attempt of attempts) { try { attempt(); } catch { refused++; } }
          ctx.log(refused, book.bids.length, book.bids[0].price, book.bids.map((level) => level.size),
            [...book.asks].length, book.bids[5] === undefined, book.imbalance(1), first.bid);
        }
        """;
    var market =
        List.<MarketEvent>of(
            new BookSnapshot(
                "BTCUSD",
                Play.START,
                1,
                new Levels(new double[] {99, 98}, new double[] {3, 2}),
                new Levels(new double[] {101}, new double[] {1})),
            new BookUpdate(
                "BTCUSD",
                Play.START + 1,
                2,
                2,
                new Levels(new double[] {99}, new double[] {0}),
                Levels.NONE));
    assertThat(log(text, market))
        .containsExactly("5 2 99 [3,2] 1 true 0.5 99", "5 1 98 [2] 1 true 0.3333333333333333 99");
  }

  @Test
  void historyEndsAtTheBarThatClosed() {
    var text =
        MINUTES
            + """
            export function onBar(ctx, bar) {
              const { main } = ctx.history;
              const { open, high, low, close, volume, time } = main.bar();
              ctx.log(main.length, main.close(), main.close(1), main.values('close', 2), time === bar.time,
                high - low, open - close, volume, main.bar(5));
            }
            """;
    assertThat(log(text, Play.bars(10, 11, 12)))
        .containsExactly(
            "1 10 NaN [10] true 2 0 10 null",
            "2 11 10 [10,11] true 2 0 10 null",
            "3 12 11 [11,12] true 2 0 10 null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ctx.history.main.close(-1)         | close takes a whole number from 0 up, was -1
          ctx.history.main.bar(0.5)          | bar takes a whole number from 0 up, was 0.5
          ctx.history.main.values('vwap', 3) | values takes one of time, open, high, low, close, volume, was 'vwap'
          ctx.position('TYPO')               | symbol must be one of BTCUSD, ETHUSD, was 'TYPO'
          ctx.price('TYPO')                  | symbol must be one of BTCUSD, ETHUSD, was 'TYPO'
          ctx.alert('fatal', 'x')            | level of an alert must be 'info', 'warn' or 'error', was 'fatal'
          ctx.metric('', 1)                  | name of a metric must be a string that is not empty, was ''
          ctx.metric('x', '1')               | value must be a number, was '1'
          ctx.plot.line('x', null)           | value must be a number, was null
          ctx.plot.marker('high')            | price must be a number, was 'high'
          ctx.timers.every('5 min', 'x')     | interval must be a number and one of s, m, h, d, such as 30s, 1m, 4h or 1d, was '5 min'
          ctx.timers.every('5m')             | id of a timer must be a string that is not empty, was undefined
          ctx.timers.at(1e20, 'x')           | time of a timer must be milliseconds since 1970, was 1.0E20
          ctx.size.riskPct(0.01, { entry: 9, stop: 9 }) | stop must differ from entry, both were 9
          ctx.size.riskPct(-1, { entry: 9, stop: 8 })   | risk must be a number above zero, was -1
          ctx.size.riskPct(0.01, { entree: 9 })         | riskPct has no 'entree'; it takes entry, stop, symbol
          ctx.size.notional('all')           | notional must be a number above zero, was 'all'
          ctx.size.all(9)                    | all takes an object, was 9
          """)
  void whatMakesNoSenseIsRefusedWithItsPlace(String expression, String message) {
    var text = MINUTES + "export function onBar(ctx) { " + expression + "; }";
    assertThatThrownBy(() -> new Play().with(text).over(Play.bars(10)))
        .isInstanceOf(StrategyException.class)
        .hasMessageStartingWith("s.js:2:")
        .hasMessageEndingWith(message);
  }

  /// Cash is 1000, the fee 0.1 %, the lot 0.01.
  @Test
  void sizesAreRoundedDownToTheLotAndWithinTheCash() {
    var text =
        MINUTES
            + """
            export function onBar(ctx) {
              const { size } = ctx;
              ctx.log(size.riskPct(0.01, { entry: 100, stop: 97 }), size.riskPct(0.5, { entry: 100, stop: 99 }),
                size.notional(250), size.notional(10, { price: 3 }), size.all(), size.all({ price: 50 }));
              ctx.log(ctx.account.cash, ctx.account.equity, ctx.account.free, ctx.price(), ctx.price('ETHUSD'));
            }
            """;
    // 1 % of 1000 is 10, over a distance of 3: 3.33. Half of it over 1 would be 500 units, but 1000
    // buys 1000 / 1.001 / 100 = 9.99.
    assertThat(log(text, Play.bars(100)))
        .containsExactly("3.33 9.99 2.5 3.33 9.99 19.98", "1000 1000 1000 100 null");
  }

  @Test
  void onMarginTheCashBuysItsMultiple() {
    var text = MINUTES + "export function onBar(ctx) { ctx.log(ctx.size.all()); }";
    var maintenance =
        new Maintenance(new BigDecimal("0.01"), BigDecimal.ZERO, Maintenance.Basis.MARK);
    var margin = new Margin(BigDecimal.TEN, maintenance, BigDecimal.ZERO, null);
    var play =
        new Play().with(text).on(new AccountRules(CostBasis.AVERAGE, margin)).over(Play.bars(100));
    // 1000 / (0.1 + 0.001) / 100
    assertThat(play.log()).containsExactly("99");
  }

  @Test
  void theAccountFollowsTheOrders() {
    var text =
        TICKS
            + """
            let trades = 0;
            export function onTrade(ctx) {
              if (++trades === 1) { ctx.buy({ size: 1 }); ctx.buy({ size: 1, price: 50 }); }
              const { cash, equity, free } = ctx.account;
              ctx.log(cash, equity, free);
            }
            """;
    // Bought 1 at 100 for a fee of 0.1; the other order sets aside 50 and its fee of 0.05.
    assertThat(log(text, Play.trades(100, 100, 110)))
        .containsExactly("1000 1000 1000", "899.9 999.9 849.85", "899.9 1009.9 849.85");
  }

  @Test
  void alertsMetricsAndPlotsAreWrittenDown() {
    var text =
        TICKS
            + """
            export function onTrade(ctx, trade) {
              ctx.alert('warn', 'look', { at: trade.price });
              ctx.metric('price', trade.price);
              ctx.plot.line('stop', 99.5);
              ctx.plot.line('size', 2, 'risk');
              ctx.plot.marker(trade.price, 'here');
            }
            """;
    var play = new Play().with(text).over(Play.trades(100));
    assertThat(play.of(Alert.class))
        .extracting(Alert::level, Alert::text)
        .containsExactly(tuple("warn", "look {\"at\":100}"));
    assertThat(play.of(Metric.class))
        .extracting(Metric::name, Metric::value)
        .containsExactly(tuple("price", 100.0));
    assertThat(play.of(PlotPoint.class))
        .extracting(PlotPoint::pane, PlotPoint::series, PlotPoint::value, PlotPoint::text)
        .containsExactly(
            tuple("price", "stop", 99.5, null),
            tuple("risk", "size", 2.0, null),
            tuple("price", "", 100.0, "here"));
  }

  @Test
  void timersRunByTheSessionsClock() {
    var text =
        TICKS
            + """
            export function onStart(ctx) {
              ctx.timers.every('2s', 'beat');
              ctx.timers.after('3s', 'later');
              ctx.timers.at(Date.UTC(2020, 0, 1, 0, 0, 1), 'then');
              ctx.log(ctx.timers.ids());
            }
            export function onTimer(ctx, id) {
              ctx.log(id, new Date().toISOString(), ctx.time === Date.now());
              if (id === 'later') ctx.log(ctx.timers.cancel('beat'), ctx.timers.cancel('beat'));
            }
            """;
    assertThat(log(text, Play.trades(1, 1, 1, 1, 1, 1)))
        .containsExactly(
            "[\"beat\",\"later\",\"then\"]",
            "then 2020-01-01T00:00:01.000Z true",
            "beat 2020-01-01T00:00:02.000Z true",
            "later 2020-01-01T00:00:03.000Z true",
            "true false");
  }

  @Test
  void quotesAndSeveralSymbols() {
    var text =
        """
        export const data = () => ({ btc: { quotes: true }, eth: { trades: true, symbol: 'ETHUSD' } });
        export function onQuote(ctx, q, stream) { ctx.log(stream, q.symbol, q.bid, q.ask, q.bidSize, q.askSize); }
        export function onTrade(ctx, t, stream) {
          ctx.log(stream, t.symbol, t.price, ctx.price(), ctx.symbols);
          if (ctx.position('ETHUSD').flat) ctx.buy({ symbol: 'ETHUSD', size: 2 });
        }
        export function onPosition(ctx, p) { ctx.log('position', p.symbol, p.size, p.averagePrice); }
        """;
    var market = new ArrayList<MarketEvent>();
    market.add(new Quote("BTCUSD", Play.START, 99, 101, 3, 4));
    market.add(new Trade("ETHUSD", Play.START + 1, 10, 1));
    market.add(new Trade("ETHUSD", Play.START + 2, 11, 1));
    assertThat(log(text, market))
        .containsExactly(
            "btc BTCUSD 99 101 3 4",
            "eth ETHUSD 10 100 [\"BTCUSD\",\"ETHUSD\"]",
            "position ETHUSD 2 11",
            "eth ETHUSD 11 100 [\"BTCUSD\",\"ETHUSD\"]");
  }

  @Test
  void aRefusalOfRiskIsHeardByOnRisk() {
    var text =
        TICKS
            + """
            export function onStart(ctx) { ctx.buy({ size: 100, price: 100 }); }
            export function onRisk(ctx, o) { ctx.log(o.rule, o.status); }
            """;
    assertThat(log(text, Play.trades(100))).containsExactly("buying-power REJECTED");
  }

  @Test
  void aSymbolThatCannotBeTradedIsNamed() {
    var text = TICKS + "export function onStart(ctx) { ctx.buy({ size: 1, symbol: 'X' }); }";
    assertThatThrownBy(() -> new Play().with(text).over(Play.trades(1)))
        .hasMessage("s.js:2:32: symbol must be one of [BTCUSD, ETHUSD], was 'X'");
  }

  @Test
  void microtasksAreOverBeforeTheCallbackReturns() {
    var text =
        TICKS
            + """
            export function onTrade(ctx, trade) {
              Promise.resolve().then(() => ctx.log('then', trade.price));
              (async () => { await null; await null; ctx.log('async', trade.price); })();
              ctx.log('sync', trade.price);
            }
            """;
    assertThat(log(text, Play.trades(1, 2)))
        .containsExactly("sync 1", "then 1", "async 1", "sync 2", "then 2", "async 2");
  }

  @Test
  void stepsOfAParameterAreCountedFromItsMinimum() {
    var text = "export const params = { x: { type: 'float', default: 0.3, min: 0.1, step: 0.1 } };";
    var script = Play.script(text);
    assertThat(script.plan("s", Map.of("x", 0.7), List.of("BTCUSD"), null).parameters())
        .containsEntry("x", 0.7);
    assertThatThrownBy(() -> script.plan("s", Map.of("x", 0.75), List.of("BTCUSD"), null))
        .hasMessage("s.js: parameter x must be a number from 0.1 in steps of 0.1, was 0.75");
  }

  @Test
  void onlyLiveParametersChangeWhileRunning() {
    var script =
        Play.script(
            """
            export const params = {
              risk: { type: 'float', default: 0.1, min: 0, max: 1, live: true },
              fast: { type: 'int', default: 5 } };
            """);
    var present = script.plan("s", Map.of(), List.of("BTCUSD"), null).parameters();
    assertThat(script.change(present, Map.of("risk", 0.5)))
        .containsEntry("risk", 0.5)
        .containsEntry("fast", 5L);
    assertThatThrownBy(() -> script.change(present, Map.of("fast", 9)))
        .hasMessage(
            "s.js: parameter fast cannot change while the strategy runs: it is not declared with"
                + " live: true");
    assertThatThrownBy(() -> script.change(present, Map.of("risk", 2)))
        .hasMessage("s.js: parameter risk must be a number from 0 up to 1, was 2");
    assertThatThrownBy(() -> script.change(present, Map.of("typo", 2)))
        .hasMessage("s.js: unknown parameter 'typo'; there are risk, fast");
  }

  @Test
  void aManyTimesRepeatedRunIsTheSame() {
    var text =
        TICKS
            + """
            export function onTrade(ctx, t) {
              ctx.log(Math.random(), Date.now());
              if (Math.random() < 0.5) ctx.buy({ size: Math.random() + 0.01 });
            }
            """;
    var market = Play.trades(IntStream.range(0, 50).mapToDouble(i -> 1 + i % 7).toArray());
    assertThat(new Play().with(text).over(market).journal)
        .isEqualTo(new Play().with(text).over(market).journal);
  }
}
