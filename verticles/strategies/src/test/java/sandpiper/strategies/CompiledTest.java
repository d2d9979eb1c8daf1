package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompiledTest {
  @Test
  void theTestsRunStrategiesAsMachineCode() {
    assertThat(Play.ENGINE.compiled())
        .as("the JVM of this test must run with the flags in the property graal.jvm.args")
        .isTrue();
    assertThat(Play.ENGINE.description()).startsWith("GraalVM CE ").endsWith(", compiled");
  }
}
