package sandpiper.mexc.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tests trade, and who trades.
final class Samples {
  /// Trades itself.
  static final SymbolRules BTC = SymbolRules.of("BTC", "USDT", 2, 6).withFees("0", "0.0005");

  /// Lies still: what is in its book was put there by the test.
  static final SymbolRules SIM = SymbolRules.of("SIM", "USDT", 4, 2).withFees("0.0002", "0.001");

  /// Trades itself.
  static final ContractRules BTC_CONTRACT = ContractRules.of("BTC", "USDT", 1, "0.0001");

  /// Lies still, as what it is on. A contract is of a tenth of a SIM.
  static final ContractRules SIM_CONTRACT =
      ContractRules.of("SIM", "USDT", 4, "0.1").withFees("0.0002", "0.001");

  static final AccountConfig ALICE = account("alice", "SIM", "1000", "USDT", "10000", "BTC", "1");
  static final AccountConfig BOB = account("bob", "SIM", "1000", "USDT", "10000", "BTC", "1");

  private Samples() {}

  static AccountConfig account(String name, String... balances) {
    var map = new LinkedHashMap<String, BigDecimal>();
    for (int i = 0; i < balances.length; i += 2) {
      map.put(balances[i], new BigDecimal(balances[i + 1]));
    }
    return AccountConfig.of("key-" + name, "secret-" + name, map)
        .withFutures(Map.of("USDT", new BigDecimal("10000")));
  }

  static SimulatorConfig config(Limits limits, int stepMillis, InstantSource clock) {
    var symbols = new LinkedHashMap<SymbolRules, BigDecimal>();
    symbols.put(BTC, new BigDecimal("60000"));
    symbols.put(SIM, BigDecimal.ZERO);
    return new SimulatorConfig(
        0,
        1,
        symbols,
        List.of(BTC_CONTRACT, SIM_CONTRACT),
        Map.of(),
        List.of(ALICE, BOB),
        limits,
        stepMillis,
        2,
        clock);
  }

  static SimulatorConfig config(int stepMillis) {
    return config(Limits.NONE, stepMillis, InstantSource.system());
  }

  static SimulatorConfig config() {
    return config(20);
  }

  static SimulatorConfig quiet(Map<SymbolRules, BigDecimal> symbols, AccountConfig... accounts) {
    return new SimulatorConfig(
        0, 1, symbols, Map.of(), List.of(accounts), Limits.NONE, 1_000, 0, InstantSource.system());
  }

  /// Before its Vertx closes: that would wait half a minute for sockets between clients and
  /// exchange.
  static void undeploy(Vertx vertx) {
    Future.all(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()).await();
  }
}
