package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import sandpiper.testkit.SharedData;

class IsolationTest {
  private static final Isolation ISOLATION =
      new Isolation(Isolation.Mode.NONE, Isolation.Mode.PROCESS, 256, Duration.ofSeconds(5));

  private static Isolation.Mode of(String name, String text) {
    return ISOLATION.of(new Script(Play.ENGINE, name, text));
  }

  @Test
  void bundledIsWhatWasBuiltInToTheLastByte() throws IOException {
    var text = Files.readString(SharedData.home().resolve("strategies-js/sma-cross.js"));
    assertThat(of("sma-cross", text)).isEqualTo(Isolation.Mode.NONE);
    assertThat(of("sma-cross", text + "\n")).isEqualTo(Isolation.Mode.PROCESS);
    assertThat(of("other", text)).isEqualTo(Isolation.Mode.PROCESS);
    assertThat(of("../prelude", text)).isEqualTo(Isolation.Mode.PROCESS);
  }
}
