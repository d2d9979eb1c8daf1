package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sandpiper.testkit.SharedData;

/// A client that a public generator makes of the contract, type-checked and run by Node against the
/// real platform: `npm run client` in `webroot`.
class GeneratedClientIT {
  @Test
  void aGeneratedClientWorks() throws Exception {
    try (var platform = TestPlatform.start()) {
      var process =
          new ProcessBuilder("npm", "run", "client")
              .directory(new File(SharedData.home().toFile(), "webroot"))
              .redirectErrorStream(true);
      process.environment().put("SANDPIPER_URL", platform.url());
      process.environment().put("SANDPIPER_TOKEN", platform.token());
      var running = process.start();
      var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(running.exitValue()).as(output).isZero();
      assertThat(output).contains("4 passed");
    }
  }
}
