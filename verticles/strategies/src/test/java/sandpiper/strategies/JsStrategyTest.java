package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.session.StrategyException;

class JsStrategyTest {
  private static final String TICKS = "export const data = () => ({ ticks: { trades: true } });\n";

  private static List<String> ticks(String text, double... prices) {
    return new Play().with(TICKS + text).over(Play.trades(prices)).log();
  }

  private static List<Fill> fills(Play play) {
    return play.of(OrderFilled.class).stream().map(OrderFilled::fill).toList();
  }

  @Test
  void everyCallbackComesInOrderWithWhatItGets() {
    var text =
        """
        export const data = () => ({ main: { bars: '1m' }, ticks: { trades: true } });
        export function onStart(ctx) { ctx.log('start', ctx.time, ctx.symbol); }
        export function onTrade(ctx, trade, stream) {
          ctx.log(stream, trade);
          if (trade.price === 101) ctx.buy({ size: 1 });
        }
        export function onBar(ctx, bar, stream) { ctx.log(stream, bar, ctx.time); }
        export function onOrder(ctx, order) { ctx.log('order', order); }
        export function onFill(ctx, fill) { ctx.log('fill', fill); }
        export function onStop(ctx) { ctx.log('stop', ctx.time); }
        """;
    var order =
        "order {\"id\":\"ord_0000000000000001-2-1\",\"signalId\":\"sig_0000000000000001-2-1\","
            + "\"symbol\":\"BTCUSD\",\"side\":\"BUY\",\"type\":\"MARKET\",\"status\":";
    var plain =
        "\"tif\":\"GTC\",\"expires\":null,\"postOnly\":false,\"reduceOnly\":false,"
            + "\"after\":null,\"rule\":null,\"reason\":null}";
    assertThat(new Play().with(text).over(Play.trades(100, 101, 102)).log())
        .containsExactly(
            "start 1577836800000 BTCUSD",
            "ticks {\"symbol\":\"BTCUSD\",\"time\":1577836800000,\"price\":100,\"amount\":1}",
            "ticks {\"symbol\":\"BTCUSD\",\"time\":1577836801000,\"price\":101,\"amount\":1}",
            order
                + "\"WORKING\",\"size\":1,\"filled\":0,\"price\":null,\"trigger\":null,"
                + "\"averagePrice\":null,"
                + plain,
            order
                + "\"FILLED\",\"size\":1,\"filled\":1,\"price\":null,\"trigger\":null,"
                + "\"averagePrice\":102,"
                + plain,
            "fill {\"id\":\"fil_0000000000000001-3-1\",\"orderId\":\"ord_0000000000000001-2-1\","
                + "\"signalId\":\"sig_0000000000000001-2-1\",\"symbol\":\"BTCUSD\","
                + "\"side\":\"BUY\",\"time\":1577836802000,\"price\":102,\"size\":1,"
                + "\"fee\":0.102,\"maker\":false}",
            "ticks {\"symbol\":\"BTCUSD\",\"time\":1577836802000,\"price\":102,\"amount\":1}",
            "main {\"symbol\":\"BTCUSD\",\"time\":1577836800000,\"open\":100,\"high\":102,"
                + "\"low\":100,\"close\":102,\"volume\":3} 1577836860000",
            "stop 1577836860000");
  }

  @Test
  void anOrderPlacedInOnBarFillsAtTheNextEventOnly() {
    var play =
        new Play()
            .with(
                "export function onBar(ctx, bar) { if (bar.close === 100) ctx.buy({ size: 1 }); }")
            .over(Play.bars(100, 110, 120));
    assertThat(fills(play)).hasSize(1);
    var fill = fills(play).getFirst();
    assertThat(fill.price()).isEqualByComparingTo("110");
    assertThat(fill.time()).isEqualTo(Play.START + 60_000_000L);
    assertThat(fill.seq()).isEqualTo(play.of(OrderAccepted.class).getFirst().seq() + 1);
  }

  @Test
  void aTicketShowsTheOrderRoundedToLotAndTick() {
    var log =
        ticks(
            """
            export function onTrade(ctx, trade) {
              if (trade.price !== 100) return;
              const { size, price } = ctx.buy({ size: 1.23999, price: 99.999 });
              ctx.log(size, price);
              const sell = ctx.sell({ size: 0.019, type: 'limit', price: 150.001 });
              ctx.log(sell.size, sell.price, Object.isFrozen(sell), sell.id, sell.signalId);
              const market = ctx.buy({ size: 0.1 });
              ctx.log(market.size, market.price);
            }
            """,
            100);
    assertThat(log)
        .containsExactly(
            "1.23 99.99",
            "0.01 150.01 true ord_0000000000000001-1-2 sig_0000000000000001-1-2",
            "0.1 null");
  }

  @Test
  void aRefusalArrivesInOnOrderWithItsRuleAndReason() {
    var log =
        ticks(
            """
            export function onTrade(ctx) { ctx.buy({ size: 50 }); ctx.buy({ size: 0.001 }); }
            export function onOrder(ctx, order) { ctx.log(order.status, order.rule, '-', order.reason); }
            """,
            100);
    assertThat(log)
        .containsExactly(
            "REJECTED buying-power - the order needs 5005, free cash is 1000",
            "REJECTED quantity - quantity must be at least one lot, 0.01, was 0");
  }

  @Test
  void aCancelIsHeardInOnOrderAndASecondOneTooLate() {
    var log =
        ticks(
            """
            let ticket;
            export function onTrade(ctx, trade) {
              if (trade.price === 100) ticket = ctx.buy({ size: 1, price: 50 });
              if (trade.price === 101) ctx.cancel(ticket);
              if (trade.price === 102) ctx.cancel(ticket.id);
            }
            export function onOrder(ctx, order) { ctx.log(order.status, order.price, order.reason); }
            """,
            100,
            101,
            102);
    assertThat(log)
        .containsExactly(
            "WORKING 50 null",
            "CANCELLED 50 the strategy asked for it",
            "CANCELLED 50 the order is CANCELLED");
  }

  @Test
  void thePositionFollowsTheFillsAndIsKnownInOnOrder() {
    var log =
        ticks(
            """
            export function onTrade(ctx, trade) {
              if (trade.price === 100) ctx.buy({ size: 2 });
              if (trade.price === 102) ctx.sell({ size: 2 });
              if (trade.price === 104) ctx.sell({ size: 1 });
            }
            export function onOrder(ctx, order) { if (order.status === 'FILLED') ctx.log(ctx.position()); }
            export const onStart = (ctx) => ctx.log(ctx.position('ETHUSD').flat, ctx.position());
            """,
            100,
            102,
            104,
            106);
    var flat = "{\"flat\":true,\"long\":false,\"short\":false,\"size\":0,\"averagePrice\":null}";
    assertThat(log)
        .containsExactly(
            "true " + flat,
            "{\"flat\":false,\"long\":true,\"short\":false,\"size\":2,\"averagePrice\":102}",
            flat,
            "{\"flat\":false,\"long\":false,\"short\":true,\"size\":-1,\"averagePrice\":106}");
  }

  @Test
  void indicatorsHaveAValueAPreviousOneAndCrossings() {
    var text =
        """
        export const indicators = {
          fast: { use: 'sma', on: 'main.close', period: 1 },
          slow: { use: 'sma', on: 'main.close', period: 2 } };
        export function onBar(ctx) {
          const { fast, slow } = ctx.ind;
          ctx.log(ctx.ready, fast.value, fast.prev(), slow.value, slow.prev(),
            fast.crossedAbove(slow), fast.crossedBelow(slow), fast.crossedAbove(15), fast.crossedBelow(15));
        }
        """;
    assertThat(new Play().with(text).over(Play.bars(20, 10, 30, 30, 10)).log())
        .containsExactly(
            "false 20 NaN NaN NaN false false false false",
            "true 10 20 15 NaN false false false true",
            "true 30 10 20 15 true false true false",
            "true 30 30 30 20 false false false false",
            "true 10 30 20 30 false true false true");
  }

  @Test
  void anIndicatorOfManyOutputsHasEachByItsName() {
    var text =
        """
        export const indicators = { band: { use: 'bollinger', on: 'main.close', period: 2, deviations: 1 } };
        export function onBar(ctx) {
          const { band } = ctx.ind;
          ctx.log(Object.keys(band), band.upper, band.middle, band.lower, band.value, band.prev());
        }
        """;
    assertThat(new Play().with(text).over(Play.bars(10, 20, 40)).log())
        .containsExactly(
            "[\"upper\",\"middle\",\"lower\"] NaN NaN NaN NaN NaN",
            "[\"upper\",\"middle\",\"lower\"] 20 15 10 20 NaN",
            "[\"upper\",\"middle\",\"lower\"] 40 30 20 40 20");
  }

  @Test
  void parametersAreTheresAndFrozen() {
    assertThat(
            ticks(
                """
                export const params = { size: { type: 'float', default: 2 }, on: { type: 'bool', default: true } };
                export function onStart(ctx) { ctx.log(ctx.params, Object.isFrozen(ctx.params)); }
                """))
        .containsExactly("{\"on\":true,\"size\":2} true");
  }

  @Test
  void stateBeginsAsInitGivesItAndStaysBetweenCallbacks() {
    assertThat(
            ticks(
                """
                export const state = { version: 1, init: () => ({ seen: 0 }) };
                export function onTrade(ctx) { ctx.state.seen++; ctx.log(ctx.state); }
                """,
                100,
                101))
        .containsExactly("{\"seen\":1}", "{\"seen\":2}");
    assertThat(ticks("export function onStart(ctx) { ctx.log(ctx.state); }")).containsExactly("{}");
  }

  @Test
  void aLineOfTheLogHasALevelAndItsPartsAsText() {
    var play =
        new Play()
            .with(
                """
                export function onStart(ctx) {
                  ctx.log('a', 1, NaN, null, undefined, true, [1, 'b'], { c: 2 });
                  ctx.log.debug('d'); ctx.log.info('i'); ctx.log.warn('w'); ctx.log.error('e');
                  ctx.log();
                }
                """)
            .over(List.of());
    assertThat(play.of(LogLine.class))
        .extracting(line -> line.index() + " " + line.level() + " " + line.text())
        .containsExactly(
            "1 info a 1 NaN null undefined true [1,\"b\"] {\"c\":2}",
            "2 debug d",
            "3 info i",
            "4 warn w",
            "5 error e",
            "6 info ");
    assertThat(play.of(LogLine.class)).allMatch(line -> line.strategy().equals("s"));
  }

  @Test
  void aSignalCarriesReasonAndNumbersToItsOrders() {
    var play =
        new Play()
            .with(
                TICKS
                    + """
                    export function onTrade(ctx, trade) {
                      if (trade.price !== 100) return;
                      const signal = ctx.signal('long', { reason: 'cross', fast: 1.5, none: NaN });
                      const ticket = ctx.buy({ size: 1, signal });
                      const same = ctx.buy({ size: 1, signal: signal.id });
                      const again = ctx.buy({ size: 1, signal: ticket.signalId });
                      const other = ctx.buy({ size: 1, symbol: 'BTCUSD' });
                      const reused = ctx.sell({ size: 1, signal: other.signalId });
                      ctx.log(signal, [ticket, same, again, other, reused].map((t) => t.signalId.slice(-4)));
                    }
                    """)
            .over(Play.trades(100, 101));
    assertThat(play.log())
        .containsExactly(
            "{\"id\":\"sig_0000000000000001-1-1\",\"name\":\"long\"}"
                + " [\"-1-1\",\"-1-1\",\"-1-1\",\"-1-2\",\"-1-2\"]");
    assertThat(play.of(Signal.class))
        .containsExactly(
            new Signal(
                Play.SESSION,
                "sig_0000000000000001-1-1",
                1,
                Play.START,
                "s",
                "BTCUSD",
                "long",
                "cross",
                Map.of("fast", 1.5, "none", Double.NaN),
                null),
            new Signal(
                Play.SESSION,
                "sig_0000000000000001-1-2",
                1,
                Play.START,
                "s",
                "BTCUSD",
                "buy",
                "",
                Map.of(),
                null));
    assertThat(fills(play)).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ctx.buy()                            | TypeError: an order is an object such as { size: 1 }, was undefined
          ctx.sell(5)                          | TypeError: an order is an object such as { size: 1 }, was 5
          ctx.buy({})                          | TypeError: size must be a number, was undefined
          ctx.buy({ size: '1' })               | TypeError: size must be a number, was '1'
          ctx.buy({ size: -1 })                | size must be a number above zero, was -1.0
          ctx.buy({ size: NaN })               | size must be a number above zero, was NaN
          ctx.buy({ size: 1, stop: 5 })        | TypeError: an order has no 'stop'; it takes size, type, price, trigger, trail, tif, postOnly, reduceOnly, bracket, after, signal, symbol
          ctx.buy({ size: 1, type: 'iceberg' }) | TypeError: type must be one of 'market', 'limit', 'stop', 'stop-limit', 'trailing-stop', 'take-profit', was 'iceberg'
          ctx.buy({ size: 1, type: 'limit' })  | TypeError: a limit order needs a price, was undefined
          ctx.buy({ size: 1, type: 'market', price: 5 }) | TypeError: a market order has no price, was 5
          ctx.buy({ size: 1, price: 0 })       | price must be a number above zero, was 0.0
          ctx.buy({ size: 1, symbol: 'X' })    | symbol must be one of [BTCUSD, ETHUSD], was 'X'
          ctx.buy({ size: 1, symbol: 5 })      | TypeError: symbol must be a string, was 5
          ctx.buy({ size: 1, signal: 5 })      | TypeError: signal must be what ctx.signal gave, was 5
          ctx.buy({ size: 1, signal: {} })     | TypeError: signal must be what ctx.signal gave, was [object Object]
          ctx.buy({ size: 1, signal: 'sig_x' })| the strategy has no signal 'sig_x'
          ctx.cancel(5)                        | TypeError: cancel takes a ticket or an order id, was 5
          ctx.cancel()                         | TypeError: cancel takes a ticket or an order id, was undefined
          ctx.cancel('ord_x')                  | the strategy has no order 'ord_x'
          ctx.signal()                         | TypeError: a signal needs a name, was undefined
          ctx.signal('a', null)                | TypeError: details of a signal are an object such as { reason: 'cross' }, was null
          ctx.signal('a', { x: 'y' })          | TypeError: value 'x' of a signal must be a number, was 'y'
          ctx.signal('a', { symbol: 'X' })     | symbol must be one of [BTCUSD, ETHUSD], was 'X'
          ctx.ind.fast.value                   | TypeError: Cannot read property 'value' of undefined
          """)
  void aWrongArgumentIsNamedWithItsPlaceInTheScript(String call, String message) {
    assertThatThrownBy(() -> ticks("export function onTrade(ctx) {\n    " + call + ";\n}", 100))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js:3:5: " + message);
  }

  @ParameterizedTest
  @CsvSource({"onStart", "onTrade", "onBar", "onOrder", "onFill", "onStop"})
  void anErrorInACallbackNamesItsPlace(String callback) {
    var text =
        "export const data = () => ({ main: { bars: '1m' }, ticks: { trades: true } });\n"
            + (callback.equals("onTrade")
                ? ""
                : "export const onTrade = (ctx, t) => { if (t.price === 100) ctx.buy({ size: 1 }); };\n")
            + "export function "
            + callback
            + "(ctx) {\n  throw new RangeError('in "
            + callback
            + "');\n}\n";
    int line = callback.equals("onTrade") ? 3 : 4;
    assertThatThrownBy(() -> new Play().with(text).over(Play.trades(100, 101)))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js:" + line + ":9: RangeError: in " + callback);
  }

  @Test
  void whatIsNoFunctionCannotBeACallback() {
    assertThatThrownBy(() -> ticks("export const onTrade = 5;", 100))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: TypeError: onTrade must be a function, was number");
  }

  @Test
  void anErrorInInitNamesItsPlace() {
    assertThatThrownBy(() -> ticks("export const state = {\n init() { throw new Error('no'); } };"))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js:3:17: Error: no");
  }

  @Test
  void twoInstancesShareNothing() {
    var text =
        TICKS
            + """
            let count = 0;
            export function onTrade(ctx, trade) {
              count++;
              globalThis.seen = (globalThis.seen ?? 0) + 1;
              ctx.state.seen = (ctx.state.seen ?? 0) + 1;
              ctx.log(count, globalThis.seen, ctx.state.seen, ctx.position().size);
              if (trade.price === 100 && Math.random() >= 0) ctx.buy({ size: 1 });
            }
            export function onOrder(ctx, order) { ctx.log(order.status, order.id); }
            """;
    var silent =
        TICKS
            + """
            export function onTrade(ctx) { ctx.log('other', ctx.position().size); }
            export function onOrder(ctx) { ctx.log('must not hear of it'); }
            """;
    var play = new Play().with(text).with(text).with(silent).over(Play.trades(100, 101));
    assertThat(play.of(LogLine.class))
        .extracting(line -> line.strategy() + ": " + line.text())
        .containsExactly(
            "s: 1 1 1 0",
            "s-2: 1 1 1 0",
            "s-3: other 0",
            "s: WORKING ord_0000000000000001-1-1",
            "s-2: WORKING ord_0000000000000001-1-2",
            "s: FILLED ord_0000000000000001-1-1",
            "s-2: FILLED ord_0000000000000001-1-2",
            "s: 2 2 2 1",
            "s-2: 2 2 2 1",
            "s-3: other 0");
  }

  @Test
  void anotherStrategysOrderCannotBeCancelled() {
    var owner = TICKS + "export function onStart(ctx) { ctx.buy({ size: 1, price: 5 }); }";
    var thief = TICKS + "export function onTrade(ctx) { ctx.cancel('ord_0000000000000001-0-1'); }";
    var play = new Play().with(owner).with(thief).over(Play.trades(100));
    assertThat(play.of(Alert.class))
        .extracting(Alert::text)
        .containsExactly(
            "s-2 is suspended: s.js:2:32: the strategy has no order 'ord_0000000000000001-0-1'");
  }
}
