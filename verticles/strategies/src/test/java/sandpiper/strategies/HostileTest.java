package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.session.StrategyException;

/// Scripts that mean harm, in `hostile/`, each with what it tries and what must come of it:
///
/// - `stopped REGEX`: its budget ends it, with that reason
/// - `refused REGEX`: it fails by an error of its own, with that message
/// - `ended REGEX`: one or the other, whichever comes first
/// - `harmless`: it runs to its end, logs `done`, and no line that begins with BREACH
///
/// They run with the live budget, over thirty bars unless they ask for others.
class HostileTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/sandpiper/strategies/hostile").toAbsolutePath();

  private static final Script INNOCENT =
      new Script(
          Play.ENGINE,
          "innocent",
          """
          export const indicators = { mean: { use: 'sma', period: 2 } };
          export function onBar(ctx, bar) {
            const seen = [bar.close, ...[1, 2].map((x) => x * bar.close)];
            ctx.log(seen.join(), ctx.ind.mean.value);
          }
          """);

  static List<String> scripts() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  @Timeout(60) // a guard against hanging, not a measure
  void aHostileScriptEndsAsItsHeaderSaysAndTheNextStrategyWorks(String file) throws IOException {
    var text = Files.readString(FOLDER.resolve(file));
    var expected = header(text, "expect", "").split(" ", 2);
    var play = new Play().live();
    switch (expected[0]) {
      case "harmless" -> {
        run(play, file, text);
        assertThat(play.log()).contains("done").noneMatch(line -> line.startsWith("BREACH"));
      }
      case "stopped", "refused", "ended" -> {
        assertThat(failure(play, file, text)).containsPattern(Pattern.compile(expected[1]));
        assertThat(play.log()).noneMatch(line -> line.startsWith("BREACH"));
      }
      default -> throw new IllegalArgumentException(file + " expects " + expected[0]);
    }
    assertThat(new Play().live().with(INNOCENT).over(Play.bars(100, 110)).log())
        .containsExactly("100,100,200 NaN", "110,110,220 105");
  }

  @Test
  void thereAreAtLeastAHundredOfThem() throws IOException {
    assertThat(scripts()).hasSizeGreaterThan(100);
  }

  /// Why it could not begin, or why it was suspended, with an alert to say so.
  private static String failure(Play play, String file, String text) {
    try {
      run(play, file, text);
    } catch (StrategyException e) {
      return String.valueOf(e.getMessage());
    }
    assertThat(play.of(Alert.class)).isNotEmpty();
    // Its neighbour in the session heard of every bar.
    if (header(text, "market", "bars").equals("bars")) {
      assertThat(
              play.of(LogLine.class).stream().filter(line -> line.strategy().equals(play.last())))
          .hasSize(Integer.parseInt(header(text, "events", "30")));
    }
    return play.of(Alert.class).getFirst().text();
  }

  private static void run(Play play, String file, String text) {
    var script = new Script(Play.ENGINE, file.substring(0, file.length() - ".js".length()), text);
    for (int i = 0; i < Integer.parseInt(header(text, "instances", "1")); i++) {
      play.with(script);
    }
    play.with(INNOCENT);
    var prices = new double[Integer.parseInt(header(text, "events", "30"))];
    Arrays.fill(prices, 100);
    play.over(
        header(text, "market", "bars").equals("trades") ? Play.trades(prices) : Play.bars(prices));
  }

  private static String header(String text, String key, String standard) {
    var line = Pattern.compile("(?m)^// " + key + ": (.+)$").matcher(text);
    return line.find() ? line.group(1) : standard;
  }
}
