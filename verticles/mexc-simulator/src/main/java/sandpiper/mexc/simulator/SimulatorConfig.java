package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a simulated exchange is made of.
///
/// @param port on loopback; zero for any that is free
/// @param symbols that trade themselves, at random, from a price on; zero for those that lie still
/// @param contracts that trade themselves when the symbol does that they are on, else lie still
/// @param recordings that symbols and contracts play, from the history on; by symbol
/// @param stepMillis between two moments of those that trade themselves
/// @param historyHours for which those have traded before the start
public record SimulatorConfig(
    int port,
    long seed,
    Map<SymbolRules, BigDecimal> symbols,
    List<ContractRules> contracts,
    Map<String, Recording> recordings,
    List<AccountConfig> accounts,
    Limits limits,
    int stepMillis,
    int historyHours,
    InstantSource clock) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_HISTORY = 48;

  public SimulatorConfig {
    require("port", port, 0, MAX_PORT);
    require("stepMillis", stepMillis, 1, 60_000);
    require("historyHours", historyHours, 0, MAX_HISTORY);
    if (symbols.isEmpty()) {
      throw new IllegalArgumentException("symbols must not be empty");
    }
    for (var symbol : recordings.keySet()) {
      var spot = spotOf(symbol, contracts);
      var price = priceOf(spot, symbols);
      if (price == null && spot.equals(symbol)) {
        throw new IllegalArgumentException(
            "a recording must be of a symbol or a contract that is there, was of " + symbol);
      }
      if (price != null && price.signum() > 0) {
        throw new IllegalArgumentException(
            symbol + " trades at random or from a recording, not both");
      }
    }
  }

  /// Of a contract what it is on, of all else itself.
  private static String spotOf(String symbol, List<ContractRules> contracts) {
    return contracts.stream()
        .filter(contract -> contract.symbol().equals(symbol))
        .map(ContractRules::index)
        .findFirst()
        .orElse(symbol);
  }

  private static @Nullable BigDecimal priceOf(String symbol, Map<SymbolRules, BigDecimal> symbols) {
    for (var each : symbols.entrySet()) {
      if (each.getKey().symbol().equals(symbol)) {
        return each.getValue();
      }
    }
    return null;
  }

  /// Without contracts.
  public SimulatorConfig(
      int port,
      long seed,
      Map<SymbolRules, BigDecimal> symbols,
      Map<String, Recording> recordings,
      List<AccountConfig> accounts,
      Limits limits,
      int stepMillis,
      int historyHours,
      InstantSource clock) {
    this(
        port,
        seed,
        symbols,
        List.of(),
        recordings,
        accounts,
        limits,
        stepMillis,
        historyHours,
        clock);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", was " + value);
    }
  }
}
