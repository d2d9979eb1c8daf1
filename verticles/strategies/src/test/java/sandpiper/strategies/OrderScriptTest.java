package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.session.StrategyException;

/// Orders as scripts write them. The session begins on 2020-01-01T00:00:00Z, a trade a second.
class OrderScriptTest {
  private static final String TICKS = "export const data = () => ({ ticks: { trades: true } });\n";

  private static final String HEARS =
      """
      export function onOrder(ctx, o) {
        ctx.log(o.id.slice(-1), o.type, o.status, o.side, o.size, o.price, o.trigger, o.reason ?? '');
      }
      """;

  private static List<String> ticks(String text, double... prices) {
    return new Play().with(TICKS + text).over(Play.trades(prices)).log();
  }

  /// Places one order at the first trade, and hears what becomes of it.
  private static List<String> first(String call, double... prices) {
    return ticks(
        "export function onTrade(ctx, t) { if (t.price === 100) " + call + "; }\n" + HEARS, prices);
  }

  @Test
  void anEntryWithABracketAsTheGuideWritesIt() {
    var text =
        TICKS
            + """
            export function onTrade(ctx, trade) {
              if (trade.price !== 100) return;
              const signal = ctx.signal('long', { reason: 'cross' });
              const ticket = ctx.buy({ size: 1, type: 'limit', price: 99, postOnly: true, tif: 'GTD:2m',
                bracket: { stopLoss: 97, takeProfit: { r: 2 } }, signal });
              ctx.log(Object.values(ticket).map((v) => String(v).replace('0000000000000001', '')));
              ctx.log(Object.isFrozen(ticket));
            }
            export function onOrder(ctx, o) {
              ctx.log(o.id.slice(-1), o.type, o.status, o.price, o.trigger, o.tif, o.expires, o.postOnly,
                o.reduceOnly, o.after?.slice(-1), o.signalId.slice(-1));
            }
            """;
    // Filled at 99, two below it is the stop, so that twice the distance is 103.
    assertThat(new Play().with(text).over(Play.trades(100, 99.5, 98, 103)).log())
        .containsExactly(
            "[\"ord_-1-1\",\"sig_-1-1\",\"1\",\"99\",\"null\",\"ord_-1-2\",\"ord_-1-3\"]",
            "true",
            "1 LIMIT WORKING 99 null GTD 1577836920000 true false undefined 1",
            "2 STOP PENDING null 97 GTC null false true 1 1",
            "3 LIMIT PENDING null null GTC null false true 1 1",
            "1 LIMIT FILLED 99 null GTD 1577836920000 true false undefined 1",
            "2 STOP WORKING null 97 GTC null false true 1 1",
            "3 LIMIT WORKING 103 null GTC null false true 1 1",
            "3 LIMIT FILLED 103 null GTC null false true 1 1",
            "2 STOP CANCELLED null 97 GTC null false true 1 1");
  }

  @Test
  void everyTypeOfOrder() {
    assertThat(first("ctx.buy({ size: 1, type: 'stop', trigger: 105.009 })", 100, 106))
        .containsExactly(
            "1 STOP WORKING BUY 1 null 105 ",
            "1 STOP TRIGGERED BUY 1 null 105 ",
            "1 STOP FILLED BUY 1 null 105 ");
    assertThat(
            first("ctx.sell({ size: 1, type: 'stop-limit', trigger: 95, price: 94 })", 100, 94.5))
        .containsExactly(
            "1 STOP_LIMIT WORKING SELL 1 94 95 ",
            "1 STOP_LIMIT TRIGGERED SELL 1 94 95 ",
            "1 STOP_LIMIT FILLED SELL 1 94 95 ");
    assertThat(first("ctx.sell({ size: 1, type: 'take-profit', trigger: 105 })", 100, 105))
        .containsExactly(
            "1 TAKE_PROFIT WORKING SELL 1 null 105 ",
            "1 TAKE_PROFIT TRIGGERED SELL 1 null 105 ",
            "1 TAKE_PROFIT FILLED SELL 1 null 105 ");
    // 10 % below 120 is 108.
    assertThat(
            first(
                "ctx.sell({ size: 1, type: 'trailing-stop', trail: { percent: 10 } })",
                100,
                120,
                107))
        .containsExactly(
            "1 TRAILING_STOP WORKING SELL 1 null 90 ",
            "1 TRAILING_STOP TRIGGERED SELL 1 null 108 ",
            "1 TRAILING_STOP FILLED SELL 1 null 108 ");
    assertThat(
            first("ctx.buy({ size: 1, type: 'trailing-stop', trail: { offset: 3 } })", 100, 90, 93))
        .last()
        .isEqualTo("1 TRAILING_STOP FILLED BUY 1 null 93 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GTC, ",
    "DAY, 1577923200000",
    "GTD:90s, 1577836890000",
    "GTD:2020-01-01T00:00:30Z, 1577836830000",
    "GTD:1577836830000, 1577836830000"
  })
  void aTimeInForceSaysWhenTheOrderEnds(String tif, String expires) {
    var log =
        ticks(
            """
            export const onStart = (ctx) => ctx.buy({ size: 1, price: 50, tif: '%s' });
            export const onTrade = (ctx) => ctx.cancelAll();
            export const onOrder = (ctx, o) => ctx.log(o.status, o.tif, o.expires);
            """
                .formatted(tif),
            100);
    // Nothing is seen before the first trade, but a limit order is reckoned at its limit.
    assertThat(log.getFirst()).isEqualTo("WORKING " + tif.substring(0, 3) + " " + expires);
  }

  @Test
  void anOrderThatExpiresSaysSo() {
    assertThat(first("ctx.buy({ size: 1, price: 99, tif: 'GTD:1s' })", 100, 98))
        .containsExactly(
            "1 LIMIT WORKING BUY 1 99 null ",
            "1 LIMIT EXPIRED BUY 1 99 null GTD: its time is over");
    assertThat(first("ctx.buy({ size: 1, price: 99, tif: 'IOC' })", 100, 99.5))
        .last()
        .isEqualTo(
            "1 LIMIT EXPIRED BUY 1 99 null IOC: the first price it met, 99.5, was beyond its limit");
  }

  @Test
  void ofAnOcoOnlyOneFills() {
    var log =
        ticks(
            """
            export function onTrade(ctx, t) {
              if (t.price !== 100) return;
              const tickets = ctx.oco([
                { side: 'buy', size: 1, type: 'stop', trigger: 105 },
                { side: 'sell', size: 1, price: 110 } ]);
              ctx.log(tickets.length, tickets[0].trigger, tickets[1].price, Object.isFrozen(tickets));
            }
            """
                + HEARS,
            100,
            105,
            111);
    assertThat(log)
        .containsExactly(
            "2 105 110 true",
            "1 STOP WORKING BUY 1 null 105 ",
            "2 LIMIT WORKING SELL 1 110 null ",
            "1 STOP TRIGGERED BUY 1 null 105 ",
            "1 STOP FILLED BUY 1 null 105 ",
            "2 LIMIT CANCELLED SELL 1 110 null order ord_0000000000000001-1-1 of the same group has"
                + " filled");
  }

  @Test
  void anOcoThatIsWrongPlacesNothing() {
    var log =
        ticks(
            """
            export function onTrade(ctx, t) {
              try {
                ctx.oco([{ side: 'buy', size: 1, price: 90 }, { side: 'sell', size: -1, price: 110 }]);
              } catch (e) { ctx.log('caught'); }
            }
            """
                + HEARS,
            100,
            80);
    assertThat(log).containsExactly("caught", "caught");
  }

  @Test
  void anOrderAfterAnother() {
    var log =
        ticks(
            """
            export function onTrade(ctx, t) {
              if (t.price !== 100) return;
              const entry = ctx.buy({ size: 1, price: 95 });
              ctx.sell({ size: 1, price: 98, after: entry });
            }
            """
                + HEARS,
            100,
            99,
            95,
            98);
    assertThat(log)
        .containsExactly(
            "1 LIMIT WORKING BUY 1 95 null ",
            "2 LIMIT PENDING SELL 1 98 null ",
            "1 LIMIT FILLED BUY 1 95 null ",
            "2 LIMIT WORKING SELL 1 98 null ",
            "2 LIMIT FILLED SELL 1 98 null ");
  }

  @Test
  void ordersCanBeListedChangedAndCancelled() {
    var log =
        ticks(
            """
            let limit, stop;
            export function onTrade(ctx, t) {
              if (t.price === 100) {
                limit = ctx.buy({ size: 1, price: 90 });
                stop = ctx.sell({ size: 2, type: 'stop', trigger: 80 });
              } else if (t.price === 101) {
                const orders = ctx.orders();
                ctx.log(orders.map((o) => [o.side, o.type, o.size, o.filled, o.price, o.trigger, o.status]));
                ctx.log(Object.isFrozen(orders), orders.every(Object.isFrozen), orders[0].id === limit.id);
                ctx.amend(limit, { price: 91.239, size: 2 });
                ctx.amend(stop.id, { trigger: 81 });
                ctx.amend(stop, { price: 81 });
              } else if (t.price === 102) ctx.cancelAll('BTCUSD');
              else ctx.log(ctx.orders().length);
            }
            """
                + HEARS,
            100,
            101,
            102,
            103);
    assertThat(log)
        .containsExactly(
            "1 LIMIT WORKING BUY 1 90 null ",
            "2 STOP WORKING SELL 2 null 80 ",
            "[[\"BUY\",\"LIMIT\",1,0,90,null,\"WORKING\"],[\"SELL\",\"STOP\",2,0,null,80,\"WORKING\"]]",
            "true true true",
            "1 LIMIT WORKING BUY 2 91.23 null ",
            "2 STOP WORKING SELL 2 null 81 ",
            "2 STOP WORKING SELL 2 null 81 a STOP order has no limit price",
            "1 LIMIT CANCELLED BUY 2 91.23 null the strategy asked for it",
            "2 STOP CANCELLED SELL 2 null 81 the strategy asked for it",
            "0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ctx.buy({ size: 1, trigger: 5 })      | TypeError: an order with a trigger or a trail needs a type, one of 'market', 'limit', 'stop', 'stop-limit', 'trailing-stop', 'take-profit', was undefined
          ctx.buy({ size: 1, type: 'stop' })    | TypeError: a stop order needs a trigger, was undefined
          ctx.buy({ size: 1, type: 'stop', trigger: 5, price: 5 }) | TypeError: a stop order has no price, was 5
          ctx.buy({ size: 1, type: 'stop', trigger: -5 })          | trigger must be a number above zero, was -5.0
          ctx.buy({ size: 1, type: 'stop-limit', price: 5 })       | TypeError: a stop-limit order needs a trigger, was undefined
          ctx.buy({ size: 1, type: 'limit', price: 5, trail: { offset: 1 } }) | TypeError: a limit order has no trail, was {"offset":1}
          ctx.buy({ size: 1, type: 'trailing-stop' })              | TypeError: a trailing-stop order needs a trail, was undefined
          ctx.buy({ size: 1, type: 'trailing-stop', trail: 5 })    | TypeError: trail must be { percent: 1.5 } or { offset: 10 }, was 5
          ctx.buy({ size: 1, type: 'trailing-stop', trail: { percent: 100 } }) | TypeError: percent of trail must be a number above zero and below 100, was 100
          ctx.buy({ size: 1, type: 'trailing-stop', trail: { percent: 1, offset: 1 } }) | TypeError: trail must be { percent: 1.5 } or { offset: 10 }, was {"percent":1,"offset":1}
          ctx.buy({ size: 1, tif: 5 })          | TypeError: tif must be a string such as 'GTC' or 'GTD:2m', was 5
          ctx.buy({ size: 1, tif: 'GTD' })      | tif must be 'GTC', 'IOC', 'FOK', 'DAY' or 'GTD:' with a duration or a time, such as 'GTD:2m' or 'GTD:2020-01-31T12:00:00Z', was 'GTD'
          ctx.buy({ size: 1, tif: 'GTD:soon' }) | tif must be 'GTC', 'IOC', 'FOK', 'DAY' or 'GTD:' with a duration or a time, such as 'GTD:2m' or 'GTD:2020-01-31T12:00:00Z', was 'GTD:soon'
          ctx.buy({ size: 1, tif: 'GTD:2019-12-31T00:00:00Z' }) | tif must end after now, 2020-01-01T00:00:00Z, was 'GTD:2019-12-31T00:00:00Z'
          ctx.buy({ size: 1, type: 'stop', trigger: 5, tif: 'IOC' }) | tif 'IOC' is for market and limit orders, was with STOP
          ctx.buy({ size: 1, price: 5, tif: 'FOK', postOnly: true }) | postOnly and tif 'FOK' exclude each other
          ctx.buy({ size: 1, postOnly: true })  | TypeError: postOnly is for limit orders, this is a market order
          ctx.buy({ size: 1, price: 5, postOnly: 1 }) | TypeError: postOnly must be true or false, was 1
          ctx.buy({ size: 1, reduceOnly: 'no' }) | TypeError: reduceOnly must be true or false, was 'no'
          ctx.buy({ size: 1, reduceOnly: true, bracket: { stopLoss: 5 } }) | TypeError: an order with reduceOnly has no bracket
          ctx.buy({ size: 1, bracket: 5 })      | TypeError: bracket must be an object such as { stopLoss: 95, takeProfit: { r: 2 } }, was 5
          ctx.buy({ size: 1, bracket: {} })     | TypeError: a bracket needs a stopLoss, a takeProfit or both, was {}
          ctx.buy({ size: 1, bracket: { stop: 5 } }) | TypeError: a bracket has no 'stop'; it takes stopLoss, takeProfit
          ctx.buy({ size: 1, bracket: { stopLoss: 'low' } }) | TypeError: stopLoss must be a price, { percent }, { offset } or { trail: { percent } }, was 'low'
          ctx.buy({ size: 1, bracket: { stopLoss: { r: 2 } } }) | TypeError: stopLoss must be a price, { percent }, { offset } or { trail: { percent } }, was {"r":2}
          ctx.buy({ size: 1, bracket: { stopLoss: { percent: 0 } } }) | TypeError: percent of stopLoss must be a number above zero and below 100, was 0
          ctx.buy({ size: 1, bracket: { stopLoss: { trail: { offset: 0 } } } }) | TypeError: offset of trail of stopLoss must be a number above zero, was 0
          ctx.buy({ size: 1, bracket: { takeProfit: { r: 2 } } }) | TypeError: takeProfit in multiples of r needs a stopLoss, was {"r":2}
          ctx.buy({ size: 1, bracket: { stopLoss: 5, takeProfit: { trail: 2 } } }) | TypeError: takeProfit must be a price, { percent }, { offset } or { r }, was {"trail":2}
          ctx.buy({ size: 1, bracket: { stopLoss: NaN } }) | TypeError: stopLoss must be a number above zero, was NaN
          ctx.buy({ size: 1, after: 5 })        | TypeError: after takes a ticket or an order id, was 5
          ctx.buy({ size: 1, after: 'ord_x' })  | the strategy has no order 'ord_x'
          ctx.buy({ size: 1, side: 'buy' })     | TypeError: an order has no 'side'; it takes size, type, price, trigger, trail, tif, postOnly, reduceOnly, bracket, after, signal, symbol
          ctx.oco()                             | TypeError: oco takes an array of at least two orders, each with a side, was undefined
          ctx.oco([{ side: 'buy', size: 1 }])   | TypeError: oco takes an array of at least two orders, each with a side, was [{"side":"buy","size":1}]
          ctx.oco([{ size: 1 }, { size: 1 }])   | TypeError: side must be 'buy' or 'sell', was undefined
          ctx.amend()                           | TypeError: amend takes a ticket or an order id, was undefined
          ctx.amend('ord_x')                    | TypeError: changes of an order are an object such as { price: 100 }, was undefined
          ctx.amend('ord_x', {})                | the strategy has no order 'ord_x'
          ctx.amend('ord_x', { tif: 'GTC' })    | TypeError: amend has no 'tif'; it takes price, size, trigger
          ctx.amend('ord_x', { size: 0 })       | TypeError: size must be a number above zero, was 0
          ctx.amend(ctx.buy({ size: 1 }), {})   | amend needs a price, a size or a trigger, was none
          ctx.cancelAll(5)                      | TypeError: symbol must be a string, was 5
          ctx.cancelAll('X')                    | symbol must be one of [BTCUSD, ETHUSD], was 'X'
          """)
  void aWrongArgumentIsNamedWithItsPlaceInTheScript(String call, String message) {
    assertThatThrownBy(() -> ticks("export function onTrade(ctx) {\n    " + call + ";\n}", 100))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js:3:5: " + message);
  }
}
