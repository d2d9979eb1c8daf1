package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.testkit.SharedData;

/// `backtest --save` keeps the session, once however often it is run.
class SavedBacktestIT {
  @Test
  void aSavedBacktestIsThereOnceAndAfterARestart(@TempDir Path folder) throws IOException {
    var database = TestPlatform.freshDirectory();
    var config =
        Files.writeString(
            folder.resolve("config.yaml"), "database: {port: 0, directory: " + database + "}\n");
    var strategy = SharedData.home().resolve("strategies-js/sma-cross.js").toString();
    String id = "";
    for (int i = 0; i < 2; i++) {
      var run =
          Cli.run(
              "backtest",
              strategy,
              "--data",
              "demo",
              "--json",
              "--save",
              "--config",
              config.toString());
      assertThat(run.code()).as(run.err()).isZero();
      id = new JsonObject(run.out()).getString("session_id");
    }
    try (var platform = TestPlatform.start(database)) {
      assertThat(platform.rows(HistoryKind.SIGNALS, id)).hasSize(436);
      assertThat(platform.rows(HistoryKind.FILLS, id)).hasSize(436);
      assertThat(platform.rows(HistoryKind.POSITIONS, id)).hasSize(218);
      var versions =
          TestPlatform.await(
              platform.bus.ask(Channels.LIST_VERSIONS, new ListVersions("sma-cross")));
      assertThat(versions.versions())
          .extracting(StrategyVersion::number, StrategyVersion::author)
          .containsExactly(tuple(1, "command line"));
    }
  }
}
