package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// The npm package ccxt, which knows nothing of this code, trades on the simulated exchange. What
/// it does and expects is in `src/test/ccxt/client.js`; Maven installs it there (`npm ci`).
@ExtendWith(VertxExtension.class)
class CcxtIT {
  private static final Path FOLDER =
      SharedData.home().resolve("verticles/mexc-simulator/src/test/ccxt");

  @Test
  void ccxtTradesOnIt(Vertx vertx, @TempDir Path folder)
      throws IOException, InterruptedException, TimeoutException {
    assertThat(FOLDER.resolve("node_modules/ccxt/package.json"))
        .as("ccxt is installed by npm ci in " + FOLDER)
        .exists();
    var exchange = new SimulatedExchange(Samples.config());
    vertx.deployVerticle(exchange).await(20, SECONDS);
    var output = folder.resolve("output").toFile();
    var process =
        new ProcessBuilder(
                "node", "--test", "--test-force-exit", "--test-reporter=spec", "client.js")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    process.environment().put("EXCHANGE", "127.0.0.1:" + exchange.port());
    var running = process.start();
    boolean ended = running.waitFor(120, SECONDS);
    running.destroyForcibly().waitFor();
    var said = Files.readString(output.toPath());
    assertThat(ended).as("ccxt ends in time, it said: " + said).isTrue();
    assertThat(running.exitValue()).as(said).isZero();
    assertThat(said).contains("fail 0").contains("skipped 0").doesNotContain("pass 0");
  }

  @AfterEach
  void undeploy(Vertx vertx) {
    Samples.undeploy(vertx);
  }
}
