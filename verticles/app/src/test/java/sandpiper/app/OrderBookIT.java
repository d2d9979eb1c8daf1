package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.testkit.SharedData;

/// A strategy with `onBook` over a real order book, its trades and its best prices, its orders
/// filled by that book: in one thread, on the bus and in a process of its own, the same rows in the
/// database but for the session's id.
class OrderBookIT {
  private static final String FOLDER = "data/binance_raw_ws_2024/";

  /// All there is of the spot market: 10 minutes and 50 seconds, about 100,000 messages in two
  /// files, the second of which goes on where the first one ends.
  private static String bothDays(Path folder) throws IOException {
    var both = folder.resolve("both.gz");
    try (var out = Files.newOutputStream(both)) {
      for (var day : List.of("20240808", "20240809")) {
        Files.copy(SharedData.path(FOLDER + "binance_spot_btcusdt_" + day + ".gz"), out);
      }
    }
    return both.toString();
  }

  @Test
  void oneThreadAndTheBusDecideTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    var data = bothDays(folder);
    try (var platform = TestPlatform.start()) {
      var inThread = run(platform, SessionMode.BACKTEST, data);
      run(platform, SessionMode.PAPER, data).requireSame(inThread);
      assertThat(inThread.summary().fills()).isGreaterThan(50);
    }
  }

  @Test
  void aProcessOfItsOwnDecidesTheSame() throws IOException, InterruptedException {
    var data = SharedData.path(FOLDER + "binance_spot_btcusdt_20240808.gz").toString();
    TestPlatform.Outcome inThread;
    try (var platform = TestPlatform.start()) {
      inThread = run(platform, SessionMode.BACKTEST, data);
    }
    try (var platform = TestPlatform.startIsolated()) {
      run(platform, SessionMode.PAPER, data).requireSame(inThread);
    }
    assertThat(inThread.summary().fills()).isGreaterThan(10);
  }

  private static TestPlatform.Outcome run(TestPlatform platform, SessionMode mode, String data)
      throws InterruptedException {
    var request =
        new StartSession(
            mode,
            List.of("BTCUSDT"),
            List.of(new StrategyRequest("market-maker", Map.of())),
            new BigDecimal("100000"),
            data,
            null,
            null,
            FillRules.parse("book", "none", "20ms"),
            RiskLimits.NONE,
            AccountRules.STANDARD);
    return platform.outcome(request);
  }
}
