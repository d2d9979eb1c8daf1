package sandpiper.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// Runs a command in this JVM and keeps what it printed.
///
/// @param code exit code
record Cli(int code, String out, String err) {
  static Cli run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Cli(code, out.toString(), err.toString());
  }

  static Cli run(List<String> arguments) {
    return run(arguments.toArray(String[]::new));
  }
}
