package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;

/// Bars of one symbol and trades of the other, in one thread (a backtest) and on the bus (paper):
/// the same rows in the database, but for the id of the session.
class TwoSymbolsIT {
  private static final List<String> SYMBOLS = List.of("BTCUSD", "SPY");

  @Test
  void oneThreadAndTheBusDecideTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    var data = TwoSymbols.write(folder);
    try (var platform = TestPlatform.start()) {
      var inThread = run(platform, SessionMode.BACKTEST, data);
      var onBus = run(platform, SessionMode.PAPER, data);
      onBus.requireSame(inThread);
      assertThat(onBus.summary().closedTrades()).isGreaterThan(1);
      for (var symbol : SYMBOLS) {
        assertThat(onBus.rows().get(HistoryKind.FILLS))
            .anyMatch(row -> row.contains("\"symbol\":\"" + symbol + '"'));
      }
    }
  }

  private static TestPlatform.Outcome run(TestPlatform platform, SessionMode mode, String data)
      throws InterruptedException {
    var request =
        new StartSession(
            mode,
            SYMBOLS,
            List.of(new StrategyRequest("pairs", Map.of("window", 10, "enter", 1.0))),
            new BigDecimal("100000"),
            data,
            null,
            null);
    return platform.outcome(request);
  }
}
