package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// A backtest run twice gives the same bytes.
class RepeatedRunTest {
  @Test
  void theAnswerIsTheSameButForItsTiming(@TempDir Path folder) throws IOException {
    assertThat(answer(folder.resolve("one.csv"))).isEqualTo(answer(folder.resolve("two.csv")));
    assertThat(folder.resolve("one.csv")).hasSameTextualContentAs(folder.resolve("two.csv"));
    assertThat(Files.readAllLines(folder.resolve("one.csv"))).hasSize(219);
  }

  private static String answer(Path trades) {
    var strategy = SharedData.home().resolve("strategies-js/sma-cross.js").toString();
    var run =
        Cli.run("backtest", strategy, "--data", "demo", "--json", "--trades", trades.toString());
    assertThat(run.code()).as(run.err()).isZero();
    var json = new JsonObject(run.out());
    assertThat(json.remove("timing")).isNotNull();
    return json.encode();
  }
}
