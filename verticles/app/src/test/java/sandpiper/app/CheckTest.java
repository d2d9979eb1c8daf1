package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sandpiper check`, on the demo trades.
class CheckTest {
  @TempDir private Path folder;

  private Cli check(String text, String... options) throws IOException {
    var file = Files.writeString(folder.resolve("mine.js"), text);
    var arguments = new String[options.length + 2];
    arguments[0] = "check";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Cli.run(arguments);
  }

  @Test
  void aStrategyOnClosedBarsKnowsNoFutureAndWarmsUp() throws IOException {
    var cli =
        check(
            """
            export const indicators = () => ({ sma: { use: 'sma', on: 'main.close', period: 30 } });
            export function onBar(ctx, bar) {
              if (ctx.ready && bar.close > ctx.ind.sma.value) ctx.signal('above');
            }
            """,
            "--json");
    assertThat(cli.code()).as(cli.err()).isZero();
    var outcome = new JsonObject(cli.out());
    assertThat(outcome.getBoolean("ok")).isTrue();
    var decisions = outcome.getJsonObject("decisions");
    assertThat(decisions.getJsonArray("look_ahead")).isEmpty();
    assertThat(decisions.getInteger("decisions")).isPositive();
    // 30 bars of a minute are some of the 100,000 trades, and not most of them.
    assertThat(decisions.getInteger("warm_up_bars")).isBetween(30, 50_000);
  }

  @Test
  void anErrorIsShownWithItsPlaceAndTheFunctionsUnderWay() throws IOException {
    var cli =
        check(
            """
            const helper = (ctx) => ctx.nothing.here;
            export function onBar(ctx) {
              helper(ctx);
            }
            """);
    assertThat(cli.code()).isEqualTo(Main.FAILED);
    assertThat(cli.out())
        .startsWith("mine.js:1:25: TypeError: Cannot read property 'here' of undefined")
        .contains("1 | const helper = (ctx) => ctx.nothing.here;")
        .contains("\n  | " + " ".repeat(24) + "^")
        .contains("at helper (mine.js:1:25)")
        .contains("at onBar (mine.js:3:3)")
        .doesNotContain("java.")
        .doesNotContain("prelude");
  }

  @Test
  void aSyntaxErrorIsShownWithItsLine() throws IOException {
    var cli = check("export const a = 1;\nexport const b = ;\n");
    assertThat(cli.code()).isEqualTo(Main.FAILED);
    assertThat(cli.out())
        .startsWith("mine.js:2:18: SyntaxError: ")
        .contains("\n2 | export const b = ;\n  | " + " ".repeat(17) + "^");
  }

  @Test
  void aFileThatIsNotThereIsWrongUsage() {
    var cli = Cli.run("check", folder.resolve("none.js").toString());
    assertThat(cli.code()).isEqualTo(Main.WRONG_USAGE);
    assertThat(cli.err()).contains("no such strategy file");
  }
}
