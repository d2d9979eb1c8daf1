package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;

class ScriptTest {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final Interval HOUR = Interval.parse("1h");
  private static final List<String> SYMBOLS = List.of("BTCUSD", "ETHUSD");

  private static final String FULL =
      """
      export const params = { fast: { type: 'int', default: 5, min: 1, max: 50 } };
      export const data = () => ({
        main: { bars: '5m' }, trend: { bars: '1h', symbol: 'ETHUSD' }, ticks: { trades: true } });
      export const indicators = (p) => ({
        fast: { use: 'ema', on: 'main.close', period: p.fast, plot: 'price' },
        range: { use: 'atr', on: 'trend' },
        rsi: { use: 'rsi', on: 'ticks.price', period: 7, plot: 'RSI' } });
      """;

  /// All five types; the last has neither bound.
  private static final String PARAMETERS =
      """
      export const params = {
        count: { type: 'int', default: 10, min: 1, max: 20 },
        share: { type: 'float', default: 0.5, min: 0.1, max: 0.9 },
        on: { type: 'bool', default: true },
        kind: { type: 'choice', options: ['sma', 'ema', 3], default: 'ema' },
        note: { type: 'string', default: 'none' },
        any: { type: 'float', default: -1e6 } };
      """;

  private static StrategyPlan plan(String text) {
    return plan(text, Map.of());
  }

  private static StrategyPlan plan(String text, Map<String, Object> parameters) {
    return Play.script(text).plan("one", parameters, SYMBOLS, null);
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> plan(text)).isInstanceOf(StrategyException.class).hasMessage(message);
  }

  @Test
  void aPlanNamesInstanceStreamsAndIndicators() {
    var script = Play.script(FULL);
    var plan = script.plan("one", Map.of("fast", 7), SYMBOLS, null);
    var fiveMinutes = Interval.parse("5m");
    assertThat(plan)
        .isEqualTo(
            new StrategyPlan(
                "one",
                "s",
                script.hash(),
                Map.of("fast", 7L),
                List.of(
                    new StreamSpec("main", "BTCUSD", fiveMinutes),
                    new StreamSpec("trend", "ETHUSD", HOUR),
                    new StreamSpec("ticks", "BTCUSD", null)),
                List.of(
                    new NamedIndicator(
                        "fast",
                        new IndicatorSpec(
                            "ema", "BTCUSD", fiveMinutes, "close", Map.of("period", 7.0)),
                        "price"),
                    new NamedIndicator(
                        "range",
                        new IndicatorSpec("atr", "ETHUSD", HOUR, "", Map.of("period", 14.0)),
                        ""),
                    new NamedIndicator(
                        "rsi",
                        new IndicatorSpec("rsi", "BTCUSD", null, "price", Map.of("period", 7.0)),
                        "RSI"))));
  }

  @Test
  void theIntervalOfTheSessionReplacesThatOfMainAlone() {
    var plan = Play.script(FULL).plan("one", Map.of(), SYMBOLS, Interval.parse("15m"));
    assertThat(plan.streams())
        .containsExactly(
            new StreamSpec("main", "BTCUSD", Interval.parse("15m")),
            new StreamSpec("trend", "ETHUSD", HOUR),
            new StreamSpec("ticks", "BTCUSD", null));
    assertThat(plan.indicators().getFirst().spec().interval()).isEqualTo(Interval.parse("15m"));
    assertThat(plan.indicators().get(1).spec().interval()).isEqualTo(HOUR);
  }

  @Test
  void aScriptThatNamesNoDataGetsMinuteBarsOfTheFirstSymbol() {
    var plan = plan("export const indicators = { e: { use: 'ema' } };");
    assertThat(plan.streams()).containsExactly(new StreamSpec("main", "BTCUSD", MINUTE));
    assertThat(plan.indicators())
        .containsExactly(
            new NamedIndicator(
                "e",
                new IndicatorSpec("ema", "BTCUSD", MINUTE, "close", Map.of("period", 20.0)),
                ""));
  }

  @Test
  void anIndicatorThatNamesNoStreamTakesTheFirstAndAChoiceIsAWord() {
    var plan = plan("export const indicators = { v: { use: 'vwap', anchor: 'week' } };");
    assertThat(plan.indicators())
        .containsExactly(
            new NamedIndicator(
                "v", new IndicatorSpec("vwap", "BTCUSD", MINUTE, "", Map.of("anchor", 1.0)), ""));
    assertThat(plan.indicators().getFirst().outputs()).containsExactly("vwap", "upper", "lower");
  }

  @Test
  void dataHearsOfParametersAndInterval() {
    var script =
        Play.script(
            """
            export const params = { times: { type: 'int', default: 2 } };
            export const data = (p, session) =>
              ({ main: { bars: session.interval }, slow: { bars: `${p.times}h` } });
            """);
    assertThat(script.plan("one", Map.of(), SYMBOLS, HOUR).streams())
        .containsExactly(
            new StreamSpec("main", "BTCUSD", HOUR),
            new StreamSpec("slow", "BTCUSD", Interval.parse("2h")));
  }

  @Test
  void theSameTextGivesTheSameHashAndAnotherTextAnother() {
    assertThat(Play.script("export const a = 1;").hash())
        .isEqualTo(new Script(Play.ENGINE, "other", "export const a = 1;").hash())
        .isEqualTo("683314ed22112e8dea8095c8c6173afa2c61279f5fe07968ebe0e21fff16871d")
        .isNotEqualTo(Play.script("export const a = 2;").hash());
  }

  @Test
  void aSyntaxErrorNamesLineAndColumn() {
    assertThatThrownBy(() -> Play.script("export const a = 1;\nexport const b = ;\n"))
        .asInstanceOf(type(StrategyException.class))
        .satisfies(e -> {
          assertThat(e).hasMessage("s.js:2:18: SyntaxError: Expected an operand but found ;");
          assertThat(e.strategy()).isEqualTo("s.js");
          assertThat(e.line()).isEqualTo(2);
          assertThat(e.column()).isEqualTo(18);
        });
  }

  @Test
  void anErrorOnTheTopLevelNamesLineAndColumn() {
    refused("const a = 1;\n  missing.call();", "s.js:2:3: ReferenceError: missing is not defined");
    refused("\nthrow new Error('not today');", "s.js:2:7: Error: not today");
  }

  @Test
  void anErrorInDataOrIndicatorsNamesLineAndColumn() {
    refused(
        "export const data = (p) =>\n  ({ main: p.no.way });",
        "s.js:2:12: TypeError: Cannot read property 'way' of undefined");
    refused(
        "export function indicators() {\n  throw new RangeError('too far');\n}",
        "s.js:2:9: RangeError: too far");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                             | data must be an object such as { main: { bars: '1m' } }, was 5
          [1]                           | data must be an object such as { main: { bars: '1m' } }, was [1]
          null                          | data must name at least one stream, such as { main: { bars: '1m' } }
          {}                            | data must name at least one stream, such as { main: { bars: '1m' } }
          { m: 1 }                      | stream m must be { bars: '1m' }, { trades: true }, { quotes: true } or { book: true }, was 1
          { m: {} }                     | stream m must be { bars: '1m' }, { trades: true }, { quotes: true } or { book: true }, was {}
          { m: { trades: 'yes' } }      | stream m must be { bars: '1m' }, { trades: true }, { quotes: true } or { book: true }, was {"trades":"yes"}
          { m: { trades: true, bars: '1m' } } | stream m must be { bars: '1m' }, { trades: true }, { quotes: true } or { book: true }, was {"trades":true,"bars":"1m"}
          { m: { bars: '1w' } }         | interval must be a number and one of s, m, h, d, such as 30s, 1m, 4h or 1d, was '1w'
          { m: { bars: '1m', symbol: 'XRPUSD' } } | symbol of stream m must be one of [BTCUSD, ETHUSD], was 'XRPUSD'
          """)
  void aStreamThatMakesNoSenseIsRefused(String data, String message) {
    refused("export const data = () => (" + data + ");", "s.js: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7                                     | indicators must be an object such as { fast: { use: 'ema', on: 'main.close' } }, was 7
          { a: 1 }                              | indicator a must be an object such as { use: 'ema', on: 'main.close' }, was 1
          { a: { use: 'tea' } }                 | indicator a: unknown indicator 'tea'; the nearest of 145 are tema, sma, ema
          { a: { use: 'ema', length: 3 } }      | indicator a: indicator ema has no parameter 'length'; it takes period
          { a: { use: 'ema', period: '3' } }    | indicator a: indicator ema: period must be a whole number from 1 to 100000, was '3'
          { a: { use: 'ema', period: 0.5 } }    | indicator a: indicator ema: period must be a whole number from 1 to 100000, was 0.5
          { a: { use: 'ema', on: 'x.close' } }  | indicator a: 'on' must begin with one of the streams [main], was 'x'
          { a: { use: 'ema', on: 'main.last' } }| indicator a: field must be one of open, high, low, close, volume, hl2, hlc3, ohlc4 of a stream of bars, was 'last'
          { a: { use: 'vwap', anchor: 'year' } }| indicator a: indicator vwap: anchor must be one of day, week, month, none, was 'year'
          { a: { use: 'atr', on: 'main.close' } }| indicator a: indicator atr takes whole bars: 'on' must be the name of a stream of bars, was field 'close'
          """)
  void anIndicatorThatMakesNoSenseIsRefused(String indicators, String message) {
    refused("export const indicators = () => (" + indicators + ");", "s.js: " + message);
  }

  @Test
  void parametersTakeTheirDefaults() {
    assertThat(plan(PARAMETERS).parameters())
        .isEqualTo(
            Map.of(
                "count", 10L, "share", 0.5, "on", true, "kind", "ema", "note", "none", "any",
                -1e6));
  }

  @Test
  void parametersMayBeTextAsTypedByAUser() {
    var typed =
        Map.<String, Object>of(
            "count", "20", "share", "0.1", "on", "false", "kind", "3", "note", "5", "any", "1e3");
    assertThat(plan(PARAMETERS, typed).parameters())
        .isEqualTo(
            Map.of("count", 20L, "share", 0.1, "on", false, "kind", 3, "note", "5", "any", 1000.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count | 0    | count must be a whole number from 1 up to 20, was 0
          count | 21   | count must be a whole number from 1 up to 20, was 21
          count | 2.5  | count must be a whole number from 1 up to 20, was 2.5
          count | many | count must be a whole number from 1 up to 20, was many
          count | 1d   | count must be a whole number from 1 up to 20, was 1d
          count | NaN  | count must be a whole number from 1 up to 20, was NaN
          share | 0.99 | share must be a number from 0.1 up to 0.9, was 0.99
          any   | 1e999| any must be a number, was 1e999
          on    | yes  | on must be true or false, was yes
          kind  | wma  | kind must be one of [sma, ema, 3], was wma
          """)
  void aParameterThatDoesNotFitIsRefused(String name, String value, String message) {
    assertThatThrownBy(() -> plan(PARAMETERS, Map.of(name, value)))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: parameter " + message);
  }

  @Test
  void textIsTextAndNothingElse() {
    assertThatThrownBy(() -> plan(PARAMETERS, Map.of("note", 5)))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: parameter note must be text, was 5");
  }

  @Test
  void anUnknownParameterIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> plan(FULL, Map.of("slow", 5)))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: unknown parameter 'slow'; there are fast");
    assertThatThrownBy(() -> plan("export const a = 1;", Map.of("slow", 5)))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: unknown parameter 'slow'; there are none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                                          | params must be an object such as { fast: { type: 'int', default: 10 } }, was 5
          { a: 5 }                                   | parameter a must be declared as an object such as { type: 'int', default: 10 }
          { a: { type: 'long', default: 1 } }        | type of parameter a must be int, float, bool, choice or string, was 'long'
          { a: { default: 1 } }                      | type of parameter a must be int, float, bool, choice or string, was ''
          { a: { type: 'int' } }                     | parameter a must be a whole number, was null
          { a: { type: 'int', default: 9, max: 5 } } | parameter a must be a whole number up to 5, was 9
          { a: { type: 'int', default: 1, min: 2 } } | parameter a must be a whole number from 2, was 1
          { a: { type: 'int', default: 1, min: 'x' } } | min of parameter a must be a number, was x
          { a: { type: 'bool', default: 1 } }        | parameter a must be true or false, was 1
          { a: { type: 'choice', options: ['x'], default: 'y' } } | parameter a must be one of [x], was y
          { a: { type: 'choice', options: 'x', default: 'x' } }   | options of parameter a must be an array, was x
          """)
  void aDeclarationThatMakesNoSenseIsRefusedWhenTheScriptIsRead(String declared, String message) {
    assertThatThrownBy(() -> Play.script("export const params = " + declared + ";"))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js: " + message);
  }

  @Test
  void theSchemaIsWhatTheScriptDeclares() {
    assertThat(Play.script(FULL).parameterSchema())
        .isEqualTo(Map.of("fast", Map.of("type", "int", "default", 5, "min", 1, "max", 50)));
  }
}
