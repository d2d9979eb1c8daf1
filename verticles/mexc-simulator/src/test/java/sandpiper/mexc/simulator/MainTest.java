package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
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
    "--futures-recording=/no/such.csv, '/no/such.csv'",
  })
  void wrongUseEndsWith2AndSaysWhy(String argument, String message) {
    var said = new StringWriter();
    var line = Main.commandLine().setErr(new PrintWriter(said));
    assertThat(line.execute(argument)).isEqualTo(2);
    assertThat(said.toString()).contains(message);
  }

  /// Of bad recordings the file is named, the line and what is allowed there.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          time,first_id,last_id,bids,asks;1723161253000,,1,99:1,101:1;1723161254000,2,2,99:x, | recording.csv, line 3: bids must be price:size with spaces between, prices above zero and sizes from zero up, was "99:x"
          time,first_id,last_id,bids,asks;1723161253000,5,1,99:1,101:1 | recording.csv, line 2: first_id must not be above last_id, was 5 and 1
          time,price,amount;1723161253000,0,1 | recording.csv, line 2: price must be a number above zero, was "0"
          time,bid,ask,bid_size,ask_size;1723161253000,9,8,1,1 | recording.csv, line 2: bid must not be above ask, was 9.0 over 8.0
          timestamp_ms,open,high,low,close,volume;1723161240000,1,2,1,2,5;1723161300000,1,2,1,2,5 | recording.csv: bars of 1m: must hold trades, quotes or order books of BTCUSDT
          1723161254087896568 {"e":"trade","s":"ETHUSDT","p":"1","q":"1"} | recording.csv, line 1: symbol must be BTCUSDT, was "ETHUSDT"
          """)
  void aBadRecordingEndsWith2AndSaysWhere(String rows, String message, @TempDir Path folder)
      throws IOException {
    var file = folder.resolve("recording.csv");
    Files.writeString(file, rows.replace(';', '\n') + "\n");
    for (var option : List.of("--recording", "--futures-recording")) {
      var said = new StringWriter();
      var line = Main.commandLine().setErr(new PrintWriter(said));
      assertThat(line.execute(option, file.toString())).isEqualTo(2);
      assertThat(said.toString()).contains(message);
    }
  }
}
