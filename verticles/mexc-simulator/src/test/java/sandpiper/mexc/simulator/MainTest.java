package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @ParameterizedTest
  @CsvSource({
    "--port=99999, 'port must be from 0 to 65535, was 99999'",
    "--history=49, 'historyHours must be from 0 to 48, was 49'",
    "--step=0, 'stepMillis must be from 1 to 60000, was 0'",
    "--seed=x, 'x'",
    "--colour=red, '--colour'",
    "--recording=/no/such.csv, '/no/such.csv'",
  })
  void wrongUseEndsWith2AndSaysWhy(String argument, String message) {
    var said = new StringWriter();
    var line = Main.commandLine().setErr(new PrintWriter(said));
    assertThat(line.execute(argument)).isEqualTo(2);
    assertThat(said.toString()).contains(message);
  }
}
