package sandpiper.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sandpiper.gateway.FakeUsers;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.rest.Contract;

/// Every role at every operation. The table is written by hand: whoever adds an operation has to
/// say here who may call it.
class RolesTest {
  /// Operation; then whether nobody, viewer, trader, admin may call it with a token.
  private static final String TABLE =
      """
      acknowledgeAlert    - - + +
      amendOrder          - - + +
      askLedger           - + + +
      backtestCandles     - + + +
      backtestResult      - + + +
      cancelAll           - - + +
      cancelBacktest      - - + +
      cancelOrder         - - + +
      changePace          - - + +
      changeParameters    - - + +
      changePassword      - - - -
      changeUser          - - - +
      checkStrategy       - - + +
      closeAll            - - + +
      closePosition       - - + +
      collectionQuality   - + + +
      commandStrategy     - - + +
      compareBacktests    - + + +
      compareSessions     - + + +
      contract            - + + +
      createToken         - - - -
      createUser          - - - +
      deleteCollection    - - - +
      deleteSession       - - - +
      deleteStrategy      - - + +
      deleteToken         - + + +
      deleteUser          - - - +
      diffVersions        - + + +
      executionStatus     - + + +
      exportCollection    - + + +
      exportSession       - + + +
      forgetLimits        - - - +
      getAccount          - + + +
      getBacktest         - + + +
      getCollection       - + + +
      getLimits           - + + +
      getOrder            - + + +
      getSession          - + + +
      getSettings         - + + +
      getStrategy         - + + +
      health              + + + +
      importCollection    - - + +
      killAll             - - + +
      killSwitch          - - + +
      listAlerts          - + + +
      listAudit           - - - +
      listBacktests       - + + +
      listBars            - + + +
      listCollections     - + + +
      listDataSets        - + + +
      listEquity          - + + +
      listFills           - + + +
      listFunding         - + + +
      listIndicators      - + + +
      listInstruments     - + + +
      listLog             - + + +
      listMetrics         - + + +
      listOrders          - + + +
      listPlots           - + + +
      listPositions       - + + +
      listReadings        - + + +
      listRiskAlerts      - + + +
      listSessions        - + + +
      listSignals         - + + +
      listStrategies      - + + +
      listStrategyEvents  - + + +
      listTokens          - + + +
      listTrades          - + + +
      listUsers           - - - +
      listVersions        - + + +
      live                + + + +
      login               + + + +
      logout              - - - -
      metrics             - + + +
      pauseSession        - - + +
      placeOrder          - - + +
      ready               + + + +
      releaseTrading      - - + +
      resetPassword       - - - +
      restoreVersion      - - + +
      resumeSession       - - + +
      saveLimits          - - - +
      saveSettings        - - - -
      saveStrategy        - - + +
      sessionCandles      - + + +
      sessionParity       - + + +
      sessionPerformance  - + + +
      sessionResult       - + + +
      startBacktest       - - + +
      startCollection     - - + +
      startSession        - - + +
      stopCollection      - - + +
      stopSession         - - + +
      systemHealth        - + + +
      systemInfo          - + + +
      systemLog           - - - +
      whoAmI              - + + +
      """;

  @SuppressWarnings("NullAway.Init")
  private static RunningGateway gateway;

  private static final Map<String, Operation> OPERATIONS = new TreeMap<>();

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start();
    var contract =
        RunningGateway.await(Contract.load(gateway.vertx, RunningGateway.CONTRACT)).openApi();
    contract.operations().forEach(each -> OPERATIONS.put(each.getOperationId(), each));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void everyOperationStandsInTheTable() {
    assertThat(TABLE.lines().map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(OPERATIONS.keySet());
  }

  static List<String> rows() {
    return TABLE.lines().toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whoMayCallIt(String row) {
    var cells = row.split(" +");
    var tokens = new String[] {"", FakeUsers.VIEWER, FakeUsers.TRADER, FakeUsers.ADMIN};
    for (int i = 0; i < tokens.length; i++) {
      var operation = Objects.requireNonNull(OPERATIONS.get(cells[0]));
      int status = call(operation, tokens[i]);
      boolean may = cells[i + 1].equals("+");
      var who = operation.getOperationId() + " by " + tokens[i];
      if (may && !operation.getOperationId().equals("login")) {
        assertThat(status).as(who).isNotIn(401, 403, 404, 405);
      } else if (!may) {
        assertThat(status).as(who).isEqualTo(tokens[i].isEmpty() ? 401 : 403);
      }
    }
  }

  private static int call(Operation operation, String token) {
    var path =
        operation
            .getAbsoluteOpenAPIPath()
            .replaceAll("\\{name}", "ema-cross")
            .replaceAll("\\{token_id}", "tok_gone")
            .replaceAll("\\{user}", "nobody") // who is changed could not be asked again
            .replaceAll("(collection/sessions/)\\{session_id}", "$1dc_1")
            .replaceAll("\\{session_id}", "pp_1")
            .replaceAll("\\{order_id}", "ord_1")
            .replaceAll("\\{position_id}", "pos_1")
            .replaceAll("\\{[a-z_]+}", "1");
    var request = gateway.strange(operation.getHttpMethod(), path);
    if (!token.isEmpty()) {
      request.bearerTokenAuthentication(token);
    }
    request.putHeader("content-type", "application/json");
    boolean reads = operation.getHttpMethod().equals(HttpMethod.GET);
    var answer =
        new Reply(
            RunningGateway.await(
                reads ? request.send() : request.sendJsonObject(new JsonObject())));
    return answer.status() == 404 && answer.detail().startsWith("unknown") ? 200 : answer.status();
  }
}
