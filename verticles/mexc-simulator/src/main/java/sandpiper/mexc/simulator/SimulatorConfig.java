package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What a simulated exchange is made of.
///
/// @param port on loopback; zero for any that is free
/// @param symbols that trade themselves, at random, from a price on; zero for those that lie still
/// @param contracts that trade themselves when the symbol does that they are on, else lie still
/// @param recordings of trades that symbols play, from the history on; by symbol
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
