package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.session.StrategyException;

/// What a script tries in order to get out, and that it does not.
class SandboxTest {
  private static final String TICKS = "export const data = () => ({ ticks: { trades: true } });\n";
  private static final String NO_EVALUATION = "EvalError: dynamic evaluation of code is disabled.";

  /// Everything that ECMAScript 2024 puts into the global object, annex B included, less what needs
  /// threads, a garbage collector's whim or big integers, and less Proxy, see harden.js.
  private static final List<String> STANDARD_GLOBALS =
      Arrays.asList(
          """
          AggregateError Array ArrayBuffer Boolean DataView Date Error EvalError Float32Array \
          Float64Array Function Infinity Int16Array Int32Array Int8Array JSON Map Math NaN Number \
          Object Promise RangeError ReferenceError Reflect RegExp Set String Symbol \
          SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray \
          WeakMap WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval \
          globalThis isFinite isNaN parseFloat parseInt undefined unescape\
          """
              .split(" "));

  /// What `onStart` logs when its body is `code`; `say` logs.
  private static List<String> run(String code) {
    var text =
        TICKS
            + "export function onStart(ctx) { const say = (...v) => ctx.log(...v);"
            + code
            + "\n}";
    return new Play().with(text).over(List.of()).log();
  }

  /// What the expression gives, or the error that it throws, as text.
  private static String attempt(String expression) {
    return run("let r; try { r = (" + expression + "); } catch (e) { r = e; } say(String(r));")
        .getFirst();
  }

  private static void fails(String text, String message) {
    assertThatThrownBy(() -> new Play().with(text).over(Play.trades(100)))
        .isInstanceOf(StrategyException.class)
        .hasMessage(message);
  }

  @Test
  void theGlobalObjectHoldsTheLanguageAndNothingElse() {
    assertThat(run("Object.getOwnPropertyNames(globalThis).forEach((name) => say(name));"))
        .containsExactlyInAnyOrderElementsOf(STANDARD_GLOBALS);
    assertThat(attempt("Object.getOwnPropertySymbols(globalThis).map(String)"))
        .isEqualTo("Symbol(Symbol.toStringTag)");
    assertThat(attempt("Object.getPrototypeOf(globalThis) === Object.prototype")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Java",
        "Packages",
        "java",
        "Polyglot",
        "Graal",
        "load",
        "loadWithNewGlobal",
        "print",
        "printErr",
        "console",
        "require",
        "module",
        "process",
        "read",
        "readline",
        "quit",
        "exit",
        "Intl",
        "WeakRef",
        "FinalizationRegistry",
        "Proxy",
        "SharedArrayBuffer",
        "Atomics",
        "BigInt",
        "WebAssembly",
        "ShadowRealm",
        "Temporal",
        "Worker",
        "performance",
        "setTimeout",
        "queueMicrotask",
        "fetch",
        "XMLHttpRequest",
        "arguments",
        "host"
      })
  void whatALanguageHostMightOfferIsNotThere(String name) {
    assertThat(attempt("typeof globalThis." + name)).isEqualTo("undefined");
    assertThat(attempt("typeof " + (name.equals("arguments") ? "globalThis.x" : name)))
        .isEqualTo("undefined");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval('1 + 1')",
        "(0, eval)('1 + 1')",
        "new Function('return 1')()",
        "Function('return 1')()",
        "(() => 1).constructor('return globalThis')()",
        "[].constructor.constructor('return globalThis')()",
        "ctx.buy.constructor('return globalThis')()",
        "Date.constructor('return 1')()",
        "(async () => 1).constructor('return 1')()",
        "(function* () {}).constructor('return 1')()",
        "(async function* () {}).constructor('return 1')()",
        "Reflect.construct(Function, ['return 1'])"
      })
  void textIsNeverRunAsCode(String expression) {
    assertThat(attempt(expression)).isEqualTo(NO_EVALUATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fs                     | Operation is not allowed for: fs
          ./other.js             | Operation is not allowed for: other.js
          /etc/passwd            | Operation is not allowed for: /etc/passwd
          file:///etc/passwd     | Operation is not allowed for: /etc/passwd
          https://example.com/x  | Error reading module 'https://example.com/x' imported from s.js: Socket IO is not allowed
          node:fs                | Error reading module 'node:fs' imported from s.js: Socket IO is not allowed
          data:text/javascript,export%20default%201                | code from a data: URL is not allowed
          data:text/javascript;base64,ZXhwb3J0IGRlZmF1bHQgMQ==     | code from a data: URL is not allowed
          """)
  void nothingCanBeImported(String what, String message) {
    assertThat(run("import('" + what + "').then(() => say('got it'), (e) => say(e.message));"))
        .containsExactly(message);
    assertThatThrownBy(() -> Play.script("import x from '" + what + "';\n" + TICKS))
        .isInstanceOf(StrategyException.class)
        .hasMessageEndingWith(": " + message);
  }

  @Test
  void anEventShowsItsFieldsAndNothingOfItsClass() {
    var text =
        TICKS
            + """
            export function onTrade(ctx, trade) {
              ctx.log(Object.getOwnPropertyNames(trade));
              for (const name of ['getClass', 'class', 'hashCode', 'wait', 'static', 'equals']) {
                if (trade[name] !== undefined || name in trade) ctx.log('has', name);
              }
              ctx.log(trade.constructor === Object, String(trade));
            }
            """;
    assertThat(new Play().with(text).over(Play.trades(100)).log())
        .containsExactly("[\"symbol\",\"time\",\"price\",\"amount\"]", "true [object Object]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trade.price = 1        | s.js:2:39: TypeError: 'price' of an event cannot be changed or called
          trade.other = 1        | s.js:2:39: TypeError: 'other' of an event cannot be changed or called
          trade.getClass()       | s.js:2:39: TypeError: 'getClass' of an event cannot be changed or called
          delete trade.price     | s.js:2:8: TypeError: 'price' of an event cannot be changed or called
          Object.defineProperty(trade, 'price', { value: 1 }) | s.js:2:39: TypeError: Object.defineProperty called on non-object
          """)
  void anEventCannotBeChanged(String code, String message) {
    fails(TICKS + "export function onTrade(ctx, trade) { " + code + "; }", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ctx.ind.m.value = 1         | s.js:2:32: TypeError: Cannot set property value of [object Object] which has only a getter
          ctx.ind.m.histogram = 1     | s.js:2:32: TypeError: Cannot set property histogram of [object Object] which has only a getter
          ctx.ind.m.prev = 1          | s.js:2:32: TypeError: Cannot assign to read only property 'prev' of
          ctx.ind.other = 1           | s.js:2:8: TypeError: Cannot add new property "other" to non-extensible [object Object]
          ctx.ind = {}                | s.js:2:32: TypeError: Cannot assign to read only property 'ind' of
          ctx.params.size = 1         | s.js:2:8: TypeError: Cannot add new property "size" to non-extensible [object Object]
          ctx.buy = 1                 | s.js:2:32: TypeError: Cannot assign to read only property 'buy' of
          ctx.other = 1               | s.js:2:8: TypeError: Cannot add new property "other" to non-extensible [object Object]
          ctx.position().size = 1     | s.js:2:32: TypeError: Cannot assign to read only property 'size' of {flat: true, long: false, short: false, size: 0, averagePrice: null}
          ctx.log.info = 1            | s.js:2:32: TypeError: Cannot assign to read only property 'info' of function log() { [native code] }
          """)
  void whatTheContextHoldsCannotBeChanged(String code, String message) {
    var text =
        "export const indicators = { m: { use: 'macd' } };\nexport function onStart(ctx) { "
            + code
            + "; }";
    assertThatThrownBy(() -> new Play().with(text).over(List.of()))
        .isInstanceOf(StrategyException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void nothingOfTheLanguageCanBeReplaced() {
    var paths =
        """
        Object.freeze
        Object.prototype.toString
        Object.prototype.hasOwnProperty
        Map.prototype.get
        Map.prototype.set
        JSON.parse
        JSON.stringify
        Array.from
        Array.prototype.map
        Array.prototype.constructor
        String.prototype.split
        Function.prototype.call
        Promise.prototype.then
        Math.random
        Date.now
        Date.prototype.getTime
        Error.prepareStackTrace
        Error.stackTraceLimit
        globalThis.Date
        globalThis.Object
        globalThis.undefined
        (function* () {}).constructor.prototype.prototype.next
        (async () => 1).constructor.prototype.constructor
        (async function* () {}).constructor.prototype.prototype.next
        Object.getPrototypeOf([][Symbol.iterator]()).next
        Object.getPrototypeOf(new Map().keys()).next
        Object.getPrototypeOf(new Set().keys()).next
        Object.getPrototypeOf('x'[Symbol.iterator]()).next
        Object.getPrototypeOf('x'.matchAll(/x/g)).next
        Object.getPrototypeOf(Int8Array).prototype.set
        """;
    var attempts = new StringBuilder();
    for (var path : paths.lines().toList()) {
      int dot = path.lastIndexOf('.');
      var owner = path.substring(0, dot);
      var name = path.substring(dot + 1);
      attempts
          .append("attempt('" + name + "', () => { " + path + " = () => 7; });\n")
          .append("attempt('" + name + "', () => Object.defineProperty(" + owner)
          .append(", '" + name + "', { value: () => 7 }));\n");
      if (owner.equals("Error")) {
        continue; // the engine lets go of these two, and they cannot be set again
      }
      attempts.append("attempt('" + name + "', () => delete (" + owner + ")." + name + ");\n");
    }
    assertThat(paths.lines()).hasSize(30);
    assertThat(
            run(
                """
                const attempt = (name, work) => {
                  try { work(); say('replaced', name); } catch (e) { if (!(e instanceof TypeError)) say(name, e.message); }
                };
                """
                    + attempts
                    + "say('done');"))
        .containsExactly("done");
  }

  @Test
  void anErrorOfTheHostShowsItsSentenceAndNothingOfJava() {
    var shown =
        run(
            """
            try { ctx.buy({ size: -1 }); } catch (e) {
              say(e.message);
              say(e instanceof Error, Object.getOwnPropertyNames(e));
              for (const name of ['getStackTrace', 'getCause', 'getClass', 'cause', 'printStackTrace']) {
                if (e[name] !== undefined) say('has', name);
              }
              say(/java|graal|sandpiper/.test(e.stack));
            }\
            """);
    assertThat(shown)
        .containsExactly("size must be a number above zero, was -1.0", "true []", "false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new Date().getTime()                       | 1577836800000
          new Date().toISOString()                   | 2020-01-01T00:00:00.000Z
          Date.now()                                 | 1577836800000
          Date()                                     | Wed Jan 01 2020 00:00:00 GMT+0000 (GMT)
          Date(2024, 1, 1)                           | Wed Jan 01 2020 00:00:00 GMT+0000 (GMT)
          new Date.prototype.constructor().getTime() | 1577836800000
          new (new Date().constructor)().getTime()   | 1577836800000
          new Date().constructor === Date            | true
          Date.prototype.constructor.now()           | 1577836800000
          new (class extends Date {})().getTime()    | 1577836800000
          new (class extends Date {})() instanceof Date | true
          Reflect.construct(Date, []).getTime()      | 1577836800000
          Reflect.construct(Date, [], class extends Date {}).getTime() | 1577836800000
          new Date(5).getTime()                      | 5
          new Date(2020, 0, 2).toISOString()         | 2020-01-02T00:00:00.000Z
          new Date('2020-01-02').getTime()           | 1577923200000
          Date.parse('2020-01-02')                   | 1577923200000
          Date.UTC(2020, 0, 2)                       | 1577923200000
          new Date().getTimezoneOffset()             | 0
          (1234.5).toLocaleString()                  | 1,234.5
          new Date(0).toLocaleString().replace(/\\s/g, '_') | 1/1/1970,_12:00:00_AM
          """)
  void theOnlyClockIsTheSessions(String expression, String value) {
    assertThat(attempt(expression)).isEqualTo(value);
  }

  @Test
  void theClockMovesWithTheEvents() {
    var text =
        TICKS + "export function onTrade(ctx) { ctx.log(Date.now() - ctx.time, Date.now()); }";
    assertThat(new Play().with(text).over(Play.trades(100, 101)).log())
        .containsExactly("0 1577836800000", "0 1577836801000");
  }

  @Test
  void chanceRepeatsItselfBetweenRunsAndDiffersBetweenInstances() {
    var text = TICKS + "export function onStart(ctx) { ctx.log(Math.random(), Math.random()); }";
    var first = new Play().with(text).with(text).over(List.of()).log();
    assertThat(new Play().with(text).with(text).over(List.of()).log()).isEqualTo(first);
    assertThat(first).hasSize(2).doesNotHaveDuplicates();
    assertThat(
            attempt("Math.random() >= 0 && Math.random() < 1 && Math.random() !== Math.random()"))
        .isEqualTo("true");
  }

  @Test
  void mapsSetsAndPromisesSettleBeforeTheCallbackReturns() {
    var text =
        TICKS
            + """
            let settled = 'nothing';
            export async function onTrade(ctx, trade) {
              ctx.log('before', settled);
              const seen = new Map([[trade.price, new Set([1, 1])]]);
              const size = await Promise.resolve(seen.get(trade.price).size);
              await null;
              settled = `${trade.price} ${size}`;
              ctx.log('after', settled);
            }
            """;
    assertThat(new Play().with(text).over(Play.trades(100, 101)).log())
        .containsExactly("before nothing", "after 100 1", "before 100 1", "after 101 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Promise.reject(new Error('lost'))                    | s.js:2:47: Error: lost
          (async () => { throw new Error('lost'); })()         | s.js:2:53: Error: lost
          Promise.resolve().then(() => { throw new Error('lost'); }) | s.js:2:69: Error: lost
          """)
  void aRejectionThatNobodyHandlesIsAnErrorOfItsStrategy(String code, String message) {
    fails(TICKS + "export function onTrade(ctx) { " + code + "; }", message);
  }

  @Test
  void prototypesAndGlobalsOfOneInstanceAreNotThoseOfAnother() {
    var bad =
        TICKS
            + """
            const attempt = (work) => { try { work(); } catch (e) { if (!(e instanceof TypeError)) throw e; } };
            attempt(() => { Object.prototype.polluted = true; });
            attempt(() => { Array.prototype.at = () => 'mine'; });
            attempt(() => { Math.random = () => 7; });
            globalThis.shared = 1;
            export function onStart(ctx) { ctx.log({}.polluted, [1].at(0), globalThis.shared, Math.random() < 1); }
            """;
    var good =
        TICKS
            + """
            export function onStart(ctx) { ctx.log({}.polluted, [1].at(0), globalThis.shared, Math.random() < 1); }
            """;
    assertThat(new Play().with(bad).with(good).over(List.of()).log())
        .containsExactly("undefined 1 1 true", "undefined 1 undefined true");
  }

  @Test
  void aStringCannotGrowWithoutEnd() {
    assertThat(attempt("'x'.repeat(100000).length")).isEqualTo("100000");
    assertThat(attempt("'x'.repeat(100001)")).isEqualTo("RangeError: Invalid string length");
  }

  @Test
  void recursionWithoutEndIsAnErrorOfItsStrategy() {
    var text = TICKS + "export function onTrade() { onTrade(); }";
    assertThatThrownBy(() -> new Play().with(text).over(Play.trades(100)))
        .isInstanceOf(StrategyException.class)
        .hasMessageMatching(
            "s\\.js:2:\\d+: onTrade called more than 500 functions inside each other and was stopped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1n", "BigInt(1)", "<!-- x"})
  void bigIntegersAreNotPartOfTheLanguage(String expression) {
    assertThatThrownBy(() -> run("say(" + expression + ");")).isInstanceOf(StrategyException.class);
  }
}
