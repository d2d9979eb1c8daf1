package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.market.Bar;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyException;

/// What happens around a strategy that was stopped, and to those that were not meant.
@Timeout(60) // a guard against hanging, not a measure
class GuardTest {
  private static final String LOOP =
      "export function onBar(ctx, bar) { if (bar.close === 101) for (;;); ctx.log(bar.close); }";

  /// An instance by itself, as a session makes it.
  private static Strategy instance(String text) {
    return instance(Play.ENGINE, text);
  }

  private static Strategy instance(ScriptEngine engine, String text) {
    var script = new Script(engine, "s", text);
    var plan = script.plan("s", Map.of(), List.of("BTCUSD"), null);
    var made = new ArrayList<Strategy>();
    var spec =
        new SessionSpec(
            Play.PAPER_SESSION,
            SessionMode.PAPER,
            List.of(Play.instrument("BTCUSD")),
            new BigDecimal("1000"),
            List.of(plan),
            Play.START);
    new SessionEngine(
        spec,
        Map.of(),
        (_, context, snapshot) -> {
          made.add(script.start(context, snapshot));
          return made.getFirst();
        },
        _ -> {});
    return made.getFirst();
  }

  private static Bar bar(double close) {
    return (Bar) Play.bars(close).getFirst();
  }

  @Test
  void aStoppedStrategyIsDeadAndSaysSoAndCanBeClosed() {
    var strategy = instance(LOOP);
    strategy.onBar(bar(100), 0);
    assertThatThrownBy(() -> strategy.onBar(bar(101), 0))
        .isInstanceOf(StrategyException.class)
        .hasMessageMatching(
            "s\\.js:1:\\d+: onBar took longer than 250 ms and was stopped after \\d+ ms");
    assertThatThrownBy(() -> strategy.onBar(bar(102), 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the strategy was stopped before: s.js:1:")
        .hasMessageContaining(": onBar took longer than 250 ms");
    strategy.close();
    assertThatCode(strategy::close).doesNotThrowAnyException();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /// Ten calls may take longer than the others; one that always does is stopped, with the limit
  /// that holds for it then.
  @Test
  void aFewCallsMayBeSlow() {
    var budget =
        new Budget(
            Duration.ofMillis(2).toNanos(),
            Duration.ofSeconds(10).toNanos(),
            Duration.ofSeconds(5).toNanos(),
            Budget.LIVE.allocated(),
            Budget.LIVE.held(),
            Budget.LIVE.heldTogether(),
            1,
            1_000);
    try (var engine = new ScriptEngine(budget, budget)) {
      var strategy =
          instance(
              engine,
              "export function onBar() { let x = 1; for (let i = 0; i < 5e6; i++) x = (x * 7 + i) % 11; }");
      int calls = 0;
      @Nullable StrategyException stopped = null;
      while (stopped == null && calls <= 2 * Budget.CALLS_FOR_A_SLOW_ONE) {
        try {
          calls++;
          strategy.onBar(bar(100), 0);
        } catch (StrategyException e) {
          stopped = e;
        }
      }
      assertThat(stopped).hasMessageContaining("onBar took longer than 2 ms and was stopped");
      assertThat(calls).isGreaterThan(Budget.SLOW_CALLS);
      strategy.close();
    }
  }

  @Test
  void anErrorOfItsOwnDoesNotKillAStrategy() {
    var strategy = instance("export function onBar(ctx, bar) { if (bar.close === 101) x; }");
    assertThatThrownBy(() -> strategy.onBar(bar(101), 0)).isInstanceOf(StrategyException.class);
    strategy.onBar(bar(102), 0);
    strategy.close();
  }

  @Test
  void twoHungStrategiesAreBothStoppedWhileAThirdWorks() throws Exception {
    try (var threads = Executors.newFixedThreadPool(3)) {
      var first = threads.submit(() -> instance(LOOP).onBar(bar(101), 0));
      var second = threads.submit(() -> instance(LOOP).onBar(bar(101), 0));
      var third = threads.submit(() -> instance(LOOP).onBar(bar(100), 0));
      third.get();
      for (var hung : List.of(first, second)) {
        assertThatThrownBy(hung::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(StrategyException.class)
            .hasMessageContaining("onBar took longer than 250 ms");
      }
    }
  }

  @Test
  void aStrategyRunsOnPlatformThreadsOnly() throws Exception {
    var strategy = instance(LOOP);
    var thrown = new ArrayList<Throwable>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            strategy.onBar(bar(100), 0);
          } catch (IllegalStateException e) {
            thrown.add(e);
          }
        })
        .join();
    assertThat(thrown)
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo(
            "strategies run on platform threads, whose use of time and memory can be measured");
  }

  @Test
  void aBacktestIsMorePatient() {
    var text =
        """
        export function onBar(ctx) {
          let sum = 0;
          for (let i = 0; i < 2400; i++) sum += new Float64Array(12_500).fill(1)[i];
          ctx.log(sum);
        }
        """; // 240 MB: long past the 64 of a live session, for a watch-dog that comes late
    assertThat(new Play().with(text).over(Play.bars(100)).log()).containsExactly("2400");
    assertThat(new Play().live().with(text).over(Play.bars(100)).of(Alert.class))
        .singleElement()
        .extracting(Alert::text)
        .asString()
        .contains("onBar allocated more than 64 MB and was stopped at ");
  }

  @Test
  void muchGarbageThatIsLetGoIsNotHeld() {
    var text =
        """
        let last;
        export function onBar(ctx, bar) { last = new Float64Array(100_000); }
        export function onStop(ctx) { ctx.log(last.length); }
        """;
    var prices = new double[400]; // 320 MB in all
    Arrays.fill(prices, 100);
    assertThat(new Play().live().with(text).over(Play.bars(prices)).log())
        .containsExactly("100000");
  }

  @Test
  void aSourceHasALimit() {
    var longest = "//" + "ä".repeat(131_071); // 262,144 bytes
    assertThatCode(() -> Play.script(longest)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Play.script(longest + "x"))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: a source may have 262144 bytes, has 262145");
  }

  @Test
  void instancesOfASessionShareWhatTheyHold() {
    var budget = new Budget(1, 1, 1, 1, 64, 1000, 100, 1);
    assertThat(budget.shared(1)).isSameAs(budget);
    assertThat(budget.shared(15).held()).isEqualTo(64);
    assertThat(budget.shared(16).held()).isEqualTo(62);
    assertThat(budget.shared(100).held()).isEqualTo(10);
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatThrownBy(() -> new Budget(0, 1, 1, 1, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("callback must be above zero, was 0");
    assertThatThrownBy(() -> new Budget(1, 1, 1, 1, -1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("held must be above zero, was -1");
  }

  /// The language that strategies are written in still works, though all of it is frozen.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          String(new (class A { toString() { return 'mine'; } })())             | mine
          (() => { const o = {}; o.toString = () => 'mine'; return `${o}`; })() | mine
          (() => { const o = {}; o.constructor = 1; o.valueOf = 2; o.hasOwnProperty = 3; return JSON.stringify(o); })() | {"constructor":1,"valueOf":2,"hasOwnProperty":3}
          (() => { const e = new Error(); e.message = 'mine'; e.name = 'Mine'; return String(e); })() | Mine: mine
          (() => { class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; } } return String(new Mine('x')); })() | Mine: x
          (() => { const a = [1]; a.toString = () => 'mine'; return `${a}`; })() | mine
          (() => { const f = () => 1; f.toString = () => 'mine'; return `${f}`; })() | mine
          (() => { const o = Object.create(Array.prototype); o.constructor = 5; return o.constructor; })() | 5
          (() => { function A() {} A.prototype.toString = () => 'mine'; return `${new A()}`; })() | mine
          JSON.stringify(Object.assign({}, { toString: 1, constructor: 2, name: 3 })) | {"toString":1,"constructor":2,"name":3}
          JSON.stringify({ ...{ valueOf: 1 }, ['constructor']: 2 })              | {"valueOf":1,"constructor":2}
          JSON.stringify(JSON.parse('{"toString":1,"__proto__":2,"name":"x"}'))  | {"toString":1,"__proto__":2,"name":"x"}
          JSON.stringify({ a: 1, b: 2, c: [3] }, ['a', 'c'], 1).replace(/\\s/g, '') | {"a":1,"c":[3]}
          [3, 1, 2].sort((a, b) => a - b).map((x) => x * 2).filter((x) => x > 2).reduce((a, b) => a + b) | 10
          [[1], [2, [3]]].flat(Infinity).concat([4], 5).indexOf(5)               | 4
          [...[1, 2, 3].entries()].join(';')                                     | 0,1;1,2;2,3
          [1, 2, 3].slice(1).toSpliced(0, 1, 9).with(1, 8).toReversed().join()   | 8,9
          Array.from({ length: 3 }, (_, i) => i * i).join()                      | 0,1,4
          Array.from(new Map([[1, 2]])).join()                                   | 1,2
          Array.from('abc', (c) => c.toUpperCase()).join('')                     | ABC
          Array.from(new Set([1, 1, 2])).length                                  | 2
          (() => { class List extends Array {} return List.from([1, 2]).map((x) => x) instanceof List; })() | true
          (() => { class Base { name = 'b'; } class Sub extends Base { constructor() { super(); this.name = 's'; } } return new Sub().name; })() | s
          [...(function* () { yield 1; yield* [2, 3]; })()].join()               | 1,2,3
          ((strings, ...values) => strings.raw.join('/') + values)`a${1}b`       | a/b1
          'a-b-c'.replace(/-(\\w)/g, (_, c) => c.toUpperCase())                  | aBC
          [...'a1b2'.matchAll(/[a-z](?<digit>\\d)/g)].map((m) => m.groups.digit).join() | 1,2
          new Map([[1, 'x']]).get(1) + new Set([1, 2]).size                      | x2
          new Float64Array([3, 1, 2]).sort().map((x) => x / 2).join()            | 0.5,1,1.5
          new WeakMap([[Object, 1]]).get(Object)                                 | 1
          Object.entries(Object.groupBy([1, 2, 3], (x) => x % 2 ? 'odd' : 'even')).join(';') | odd,1,3;even,2
          Math.max(...[1, 5, 3]) + Math.hypot(3, 4)                              | 10
          Reflect.ownKeys({ b: 1, a: 2, 1: 3 }).join()                           | 1,b,a
          """)
  void ordinaryCodeWorks(String expression, String value) {
    var text = "export function onStart(ctx) { ctx.log(String(" + expression + ")); }";
    assertThat(new Play().with(text).over(List.of()).log()).containsExactly(value);
  }

  @Test
  void asynchronousCodeWorks() {
    var text =
        """
        const later = async function* () { yield 1; yield 2; };
        export async function onStart(ctx) {
          let sum = 0;
          for await (const each of later()) sum += each;
          const all = await Promise.all([1, Promise.resolve(2)]);
          const settled = await Promise.allSettled([Promise.reject(new Error('x'))]);
          ctx.log(sum, all.join(), settled[0].reason.message);
        }
        """;
    assertThat(new Play().with(text).over(List.of()).log()).containsExactly("3 1,2 x");
  }
}
