package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.SessionSummary;

/// Bars of one symbol and trades of the other, in one thread (a backtest) and on the bus (paper):
/// the same rows in the database, but for the id of the session.
class TwoSymbolsIT {
  private static final List<String> SYMBOLS = List.of("BTCUSD", "SPY");

  private record Decisions(SessionSummary summary, Map<HistoryKind, List<String>> rows) {}

  @Test
  void oneThreadAndTheBusDecideTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    var data = TwoSymbols.write(folder);
    try (var platform = TestPlatform.start()) {
      var inThread = run(platform, SessionMode.BACKTEST, data);
      var onBus = run(platform, SessionMode.PAPER, data);
      for (var kind : HistoryKind.values()) {
        assertThat(onBus.rows.get(kind)).as(kind.name()).isEqualTo(inThread.rows.get(kind));
      }
      assertThat(onBus.summary).isEqualTo(inThread.summary);
      assertThat(onBus.summary.closedTrades()).isGreaterThan(1);
      for (var symbol : SYMBOLS) {
        assertThat(onBus.rows.get(HistoryKind.FILLS))
            .anyMatch(row -> row.contains("\"symbol\":\"" + symbol + '"'));
      }
    }
  }

  private static Decisions run(TestPlatform platform, SessionMode mode, String data)
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
    var id = TestPlatform.await(platform.bus.ask(Channels.START_SESSION, request)).sessionId();
    var ended = platform.untilEnded(id);
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
    var summary = ended.summary();
    if (summary == null) {
      throw new AssertionError("no summary of " + id);
    }
    var rows = new EnumMap<HistoryKind, List<String>>(HistoryKind.class);
    for (var kind : HistoryKind.values()) {
      rows.put(
          kind,
          platform.rows(kind, id).stream()
              .map(row -> row.replace(id, "ID").replace(id.substring(3), "ID"))
              .toList());
    }
    return new Decisions(summary, rows);
  }
}
