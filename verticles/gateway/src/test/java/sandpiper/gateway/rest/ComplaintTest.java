package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sandpiper.gateway.RunningGateway;

/// Each refusal is one sentence: field, what it may be, what it was.
class ComplaintTest {
  private static final JsonObject GOOD =
      new JsonObject(
          """
          {"mode": "backtest", "symbols": ["BTCUSD"], "strategies": [{"name": "ema-cross"}]}\
          """);

  @SuppressWarnings("NullAway.Init")
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static Stream<Arguments> starts() {
    return Stream.of(
        Arguments.of(
            "{\"mode\": \"yolo\"}", "mode must be one of backtest, paper, live, was 'yolo'."),
        Arguments.of("{\"mode\": 1}", "mode must be one of backtest, paper, live, was 1."),
        Arguments.of("{\"mode\": null}", "mode must be one of backtest, paper, live, was null."),
        Arguments.of(
            "{\"symbols\": []}", "symbols must be a list of 1 to 50 different symbols, was []."),
        Arguments.of(
            "{\"symbols\": [\"A\", \"A\"]}",
            "symbols must be a list of 1 to 50 different symbols, was [\"A\",\"A\"]."),
        Arguments.of(
            "{\"symbols\": [\"A\", \"../x\"]}",
            "symbols[1] must be 1 to 32 letters, digits, '.', '_' or '-', was '../x'."),
        Arguments.of(
            "{\"strategies\": [{\"parameters\": {}}]}",
            "strategies[0].name is missing; it must be the name of a strategy as"
                + " /api/strategies lists it."),
        Arguments.of(
            "{\"strategies\": [{\"name\": \"a\", \"parameters\": {\"fast\": [1]}}]}",
            "strategies[0].parameters.fast must be a number, true, false or a text, was [1]."),
        Arguments.of(
            "{\"strategies\": [{\"name\": \"a\", \"speed\": 3}]}",
            "There is no field 'strategies[0].speed'; allowed are name, parameters."),
        Arguments.of(
            "{\"budget\": 100000}",
            "budget must be a decimal above zero as text, such as \"100000\", was 100000."),
        Arguments.of(
            "{\"budget\": \"0.00\"}",
            "budget must be a decimal above zero as text, such as \"100000\", was '0.00'."),
        Arguments.of(
            "{\"acceleration\": 0.5}",
            "acceleration must be a number from 1 to 1000, or max, was 0.5."),
        Arguments.of(
            "{\"acceleration\": \"fast\"}",
            "acceleration must be a number from 1 to 1000, or max, was 'fast'."),
        Arguments.of(
            "{\"data\": \"\"}",
            "data must be demo, mexc, mexc-futures, bridge:NAME or the path of a file, of several symbols"
                + " SYMBOL=FILE for each, 1 to 1000 characters, was ''."),
        Arguments.of(
            "{\"budgett\": \"1\"}",
            "There is no field 'budgett'; allowed are mode, symbols, strategies, budget, data,"
                + " confirmation, interval, acceleration, fill_rules, risk, account."));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aStartThatIsNotAllowedIsExplained(String change, String detail) {
    var response =
        gateway.post("/sessions/start", GOOD.copy().mergeIn(new JsonObject(change), false));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.type()).isEqualTo("/problems/validation");
    assertThat(response.detail()).isEqualTo(detail);
  }

  @Test
  void aMissingFieldIsNamed() {
    var response = gateway.post("/sessions/start", new JsonObject().put("mode", "backtest"));

    assertThat(response.detail())
        .isEqualTo("symbols is missing; it must be a list of 1 to 50 different symbols.");
  }

  @Test
  void aBodyThatIsNoObjectIsExplained() {
    var response = gateway.post("/sessions/start", Buffer.buffer("[1]"), "application/json");

    assertThat(response.detail())
        .isEqualTo("The body must be an object with mode, symbols and strategies, was [1].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/trading/orders                            | session_id is missing; it must be the id of a session, which begins with bt_, pp_ or lv_.
          /api/trading/orders?session_id=nope            | session_id must be the id of a session, which begins with bt_, pp_ or lv_, was 'nope'.
          /api/trading/orders?session_id=bt_1&limit=0    | limit must be a whole number from 1 to 5000, was '0'.
          /api/trading/orders?session_id=bt_1&limit=5001 | limit must be a whole number from 1 to 5000, was '5001'.
          /api/trading/orders?session_id=bt_1&limit=ten  | limit must be a whole number from 1 to 5000, was 'ten'.
          /sessions/execution-status?session_id=x        | session_id must be the id of a session, which begins with bt_, pp_ or lv_, was 'x'.
          """)
  void aQueryThatIsNotAllowedIsExplained(String path, String detail) {
    var response = gateway.get(path);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).isEqualTo(detail);
  }
}
