package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a platform holds does not grow with the time that it runs: see [Soak].
class SoakIT {
  private static final Percentage FLAT = Percentage.withPercentage(5);

  /// Of one class, in bytes: less than one small object for each of the 37,000 orders between the
  /// first mark and the last.
  private static final long NEGLIGIBLE = 256 * 1_024;

  /// A day and a night: the afternoon of 7 October 2013 in New York, and the next morning. Beside
  /// 318,000 trades of SPY there are bars of BTCUSD. With `-Dsandpiper.soak=week` a week instead,
  /// 1.7 million trades.
  @Test
  void aDayHoldsNoMoreThanAnHour(@TempDir Path folder) throws Exception {
    if (System.getProperty("sandpiper.soak", "day").equals("week")) {
      soak(
          folder,
          false,
          "2013-10-07T16:00:00Z",
          "2013-10-07T20:00:00Z",
          "2013-10-08T20:00:00Z",
          "2013-10-09T20:00:00Z",
          "2013-10-10T20:00:00Z",
          "2013-10-11T19:30:00Z",
          "2013-10-14T16:00:00Z");
    } else {
      soak(
          folder,
          true,
          "2013-10-07T16:00:00Z",
          "2013-10-07T18:00:00Z",
          "2013-10-07T20:00:00Z",
          "2013-10-08T13:30:00Z",
          "2013-10-08T15:30:00Z",
          "2013-10-08T16:00:00Z");
    }
  }

  /// @param deleted whether the session is deleted at its end, screen and all
  private static void soak(Path folder, boolean deleted, String... times) throws Exception {
    var marks = run(folder, times);
    var before = marks.removeFirst();
    var lastShort = marks.removeLast();
    var firstShort = marks.removeLast();
    var after = marks.removeLast();
    var first = marks.getFirst();
    assertThat(marks).hasSize(times.length - 2);
    for (var mark : marks) {
      assertThat(heap(mark)).as("heap at %s", name(mark)).isLessThanOrEqualTo(limit(first));
      assertThat(threads(mark)).as("threads at %s", name(mark)).isEqualTo(threads(first));
    }
    assertThat(growing(marks)).as("classes that grow").isEmpty();

    if (deleted) {
      assertThat(heap(after)).as("heap after the session").isLessThanOrEqualTo(limit(before));
    }
    assertThat(threads(after)).as("threads after the session").isEqualTo(threads(before));
    assertThat(contexts(after)).as("scripts' contexts").isEqualTo(contexts(before));
    assertThat(contexts(first)).isEqualTo(contexts(before) + 4);

    assertThat(heap(lastShort))
        .as("heap after more sessions")
        .isLessThanOrEqualTo(limit(firstShort));
    assertThat(threads(lastShort)).isEqualTo(threads(before));
    assertThat(contexts(lastShort)).isEqualTo(contexts(before));
    assertThat(growing(List.of(firstShort, lastShort))).as("classes that sessions leave").isEmpty();
  }

  private static String name(JsonObject mark) {
    return mark.getString("name");
  }

  private static long heap(JsonObject mark) {
    return mark.getLong("heap");
  }

  /// Five per cent above.
  private static long limit(JsonObject mark) {
    return Math.round(heap(mark) * (1 + FLAT.value / 100));
  }

  /// Apart from those of compilers, of the soak's own questions, and Netty's one for whatever has
  /// no loop, which ends when it was idle for a second: they come and go.
  private static List<String> threads(JsonObject mark) {
    return mark.getJsonArray("threads").stream()
        .map(String.class::cast)
        .filter(name ->
            !name.matches(
                "(TruffleCompiler|Innocuous|HttpClient|process reaper|globalEventExecutor).*"))
        .toList();
  }

  /// Realms of scripts: one for each context.
  private static long contexts(JsonObject mark) {
    return mark.getJsonObject("classes")
        .getJsonArray("com.oracle.truffle.js.runtime.JSRealm", new JsonArray().add(0L))
        .getLong(0);
  }

  /// Those that are more at each mark than at the one before, and at the last by more than a fifth
  /// and more than a little: the latest 10,000 trades take a little more or less, as they go.
  private static Map<String, List<Long>> growing(List<JsonObject> marks) {
    var growing = new TreeMap<String, List<Long>>();
    for (var each : marks.getLast().getJsonObject("classes").fieldNames()) {
      var bytes =
          marks.stream()
              .map(mark ->
                  mark.getJsonObject("classes")
                      .getJsonArray(each, new JsonArray().add(0L).add(0L))
                      .getLong(1))
              .toList();
      boolean more = true;
      for (int i = 1; i < bytes.size(); i++) {
        more &= bytes.get(i) > bytes.get(i - 1);
      }
      long growth = bytes.getLast() - bytes.getFirst();
      if (more && growth > NEGLIGIBLE && growth > bytes.getFirst() / 5) {
        growing.put(each, bytes);
      }
    }
    return growing;
  }

  /// @return the marks, of which a table is printed
  private static List<JsonObject> run(Path folder, String... times)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-D") && !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dsandpiper.home=" + Home.path(),
            "-Dpolyglot.engine.AllowExperimentalOptions=true",
            "-Dpolyglot.engine.CompilerIdleDelay=500",
            "-cp",
            System.getProperty("java.class.path"),
            Soak.class.getName(),
            folder.toString()));
    command.addAll(List.of(times));
    var out = folder.resolve("marks").toFile();
    var process =
        new ProcessBuilder(command).redirectError(Redirect.INHERIT).redirectOutput(out).start();
    try {
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroy();
    }
    return marks(out);
  }

  private static List<JsonObject> marks(File out) throws IOException {
    var marks = new ArrayList<JsonObject>();
    for (var line : Files.readAllLines(out.toPath())) {
      if (line.startsWith(Soak.FILLS)) {
        assertThat(Integer.parseInt(line.substring(Soak.FILLS.length()))).isGreaterThan(40_000);
      }
      if (line.startsWith(Soak.MARK)) {
        var mark = new JsonObject(line.substring(Soak.MARK.length()));
        marks.add(mark);
        System.out.printf(
            "%-22s %4d s %,12d bytes %3d threads%n",
            name(mark), mark.getLong("seconds"), heap(mark), threads(mark).size());
      }
    }
    return marks;
  }
}
