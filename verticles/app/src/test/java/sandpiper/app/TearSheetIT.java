package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// The tear sheet of real backtests, looked at in Debian's Chromium.
class TearSheetIT {
  /// Reverses, so that it has long and short trades; its texts are hostile.
  private static final String REVERSER =
      """
      export const meta = { name: 'reverser', api: 1 };
      export const params = {
        fast: { type: 'int', default: 24, min: 1 },
        slow: { type: 'int', default: 96, min: 2 },
        note: { type: 'string', default: '' },
      };
      export const data = () => ({ main: { bars: '1h' } });
      export const indicators = (p) => ({
        fast: { use: 'ema', on: 'main.close', period: p.fast },
        slow: { use: 'ema', on: 'main.close', period: p.slow },
      });
      export function onBar(ctx) {
        if (!ctx.ready) return;
        const { fast, slow } = ctx.ind;
        const held = ctx.position().size;
        if (fast.crossedAbove(slow) && held < 1) ctx.buy({ size: 1 - held });
        if (fast.crossedBelow(slow) && held > -1) ctx.sell({ size: 1 + held });
      }
      """;

  private static final String HOSTILE =
      "</td></table><script>document.title='broken'</script><img src=http://evil.example/x onerror=alert(1)>'\"&";

  private static final List<String> SECTIONS =
      List.of(
          "summary",
          "equity",
          "drawdown",
          "months",
          "distribution",
          "scatter",
          "returns",
          "benchmark",
          "excursions",
          "trades",
          "drawdowns",
          "conditions");

  private static Chromium chromium;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void open() {
    chromium = new Chromium();
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void aYearOfBitcoinWithHostileTexts(@TempDir Path folder) throws IOException {
    var strategy = Files.writeString(folder.resolve("reverser.js"), REVERSER);
    var sheet = folder.resolve("sheet.html");
    backtest(
        strategy.toString(),
        "--data",
        SharedData.path("data/btcusd_1m_2013_2019.csv.xz").toString(),
        "--from",
        "2018-10-01",
        "--to",
        "2019-12-20",
        "--cash",
        "40000",
        "--fee",
        "0.0005",
        "--param",
        "note=" + HOSTILE,
        "--report",
        sheet.toString());
    var page = visit(sheet, ColorScheme.LIGHT);
    assertThat(page.title()).isEqualTo("reverser – tear sheet");
    assertThat(page.locator("#conditions").innerText()).contains("note = " + HOSTILE);
    assertThat(page.locator("script, img").count()).isZero();
    everySectionIsDrawn(page);
    assertThat(page.locator("#months tbody tr").count()).isEqualTo(2);
    assertThat(page.locator("#months td:not(.empty):not(.total)").count()).isEqualTo(15);
    assertThat(page.locator("#drawdowns tbody tr").count()).isEqualTo(10);
    int trades = number(page, "#trades tbody tr:nth-child(1) td:nth-child(2)");
    assertThat(trades)
        .isGreaterThan(50)
        .isEqualTo(
            number(page, "#trades tbody tr:nth-child(1) td:nth-child(3)")
                + number(page, "#trades tbody tr:nth-child(1) td:nth-child(4)"))
        .isEqualTo(page.locator("#scatter .dot").count())
        .isEqualTo(page.locator("#excursions .dot").count());
    assertThat(page.locator("#scatter circle.won").count())
        .isEqualTo(number(page, "#trades tbody tr:nth-child(2) td:nth-child(2)"));
    screenshot(page, "tear-sheet-light");
    nothingOverlaps(page);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(14, 17, 22)");
    screenshot(page, "tear-sheet-dark");
    page.setViewportSize(390, 844);
    nothingOverflows(page);
    screenshot(page, "tear-sheet-390");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    nothingOverflows(page);
    page.close();
    nobodyComplained(sheet);
  }

  @Test
  void aWeekOfDemoTradesBesideABenchmarkThatMovesFarMore(@TempDir Path folder) {
    var sheet = folder.resolve("sheet.html");
    backtest(
        SharedData.home().resolve("strategies-js/sma-cross.js").toString(),
        "--data",
        "demo",
        "--periods",
        "252",
        "--report",
        sheet.toString());
    var page = visit(sheet, ColorScheme.DARK);
    everySectionIsDrawn(page);
    assertThat(page.locator("#equity-alone svg path.equity").count()).isEqualTo(1);
    assertThat(page.locator("#conditions").innerText()).contains("P = 252 periods a year");
    screenshot(page, "tear-sheet-week");
    nothingOverlaps(page);
    page.close();
    nobodyComplained(sheet);
  }

  @Test
  void aRunWithoutATradeSaysWhyThereAreNoFigures(@TempDir Path folder) throws IOException {
    var strategy =
        Files.writeString(
            folder.resolve("idle.js"),
            """
            export const meta = { name: 'idle', api: 1 };
            export const data = () => ({ main: { bars: '1m' } });
            export function onBar(ctx) {}
            """);
    var sheet = folder.resolve("sheet.html");
    backtest(strategy.toString(), "--data", "demo", "--report", sheet.toString());
    var page = visit(sheet, ColorScheme.LIGHT);
    assertThat(page.locator("#scatter").innerText()).contains("No trade was closed.");
    assertThat(page.locator("#summary").innerText())
        .contains("no closed trade", "returns never vary");
    assertThat(page.locator("#drawdowns").innerText()).contains("No drawdown.");
    assertThat(page.content()).doesNotContain("NaN", "Infinity", "∞", "null");
    nothingOverlaps(page);
    page.close();
    nobodyComplained(sheet);
  }

  private static void backtest(String... arguments) {
    var all = new ArrayList<>(List.of("backtest"));
    all.addAll(List.of(arguments));
    var run = Cli.run(all);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private Page visit(Path sheet, ColorScheme scheme) {
    var page =
        chromium
            .browser()
            .newPage(
                new Browser.NewPageOptions().setViewportSize(1280, 900).setColorScheme(scheme));
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> {
      complaints.add("dialog " + dialog.message());
      dialog.dismiss();
    });
    page.navigate(sheet.toUri().toString());
    return page;
  }

  private void nobodyComplained(Path sheet) {
    assertThat(requests).containsExactly(sheet.toUri().toString());
    assertThat(complaints).isEmpty();
  }

  private static void everySectionIsDrawn(Page page) {
    for (var section : SECTIONS) {
      var box = page.locator("#" + section).boundingBox();
      assertThat(box).as(section).isNotNull();
      assertThat(box.width).as(section).isGreaterThan(300);
      assertThat(box.height).as(section).isGreaterThan(60);
    }
    for (var drawn :
        List.of(
            "#equity path.equity",
            "#equity path.benchmark",
            "#drawdown path.under",
            "#distribution rect",
            "#scatter .dot",
            "#excursions .dot")) {
      var box = page.locator(drawn).first().boundingBox();
      assertThat(box).as(drawn).isNotNull();
      assertThat(box.width * Math.max(box.height, 1)).as(drawn).isGreaterThan(4);
    }
    assertThat(page.locator("#equity path.equity").boundingBox().width).isGreaterThan(900);
    assertThat(page.content()).doesNotContain("NaN", "Infinity", "∞");
  }

  /// Every text of a drawing is inside it and clear of the others; no cell is cut off.
  private static void nothingOverlaps(Page page) {
    var found =
        page.evaluate(
            """
            () => {
              const found = [];
              for (const svg of document.querySelectorAll('svg')) {
                const frame = svg.getBoundingClientRect();
                const boxes = [...svg.querySelectorAll('text')]
                  .map((text) => [text.textContent, text.getBoundingClientRect()]);
                boxes.forEach(([text, box], i) => {
                  if (box.width === 0) found.push(`${text} has no size`);
                  if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
                      box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
                    found.push(`${text} is outside`);
                  for (const [other, its] of boxes.slice(i + 1))
                    if (box.left < its.right && its.left < box.right && box.top < its.bottom - 2 &&
                        its.top < box.bottom - 2) found.push(`${text} lies over ${other}`);
                });
              }
              for (const cell of document.querySelectorAll('td, th, .value, h1, h2, .note'))
                if (cell.scrollWidth > cell.clientWidth + 1) found.push(`${cell.textContent} is cut off`);
              return found;
            }
            """);
    assertThat((List<?>) found).isEmpty();
    nothingOverflows(page);
  }

  private static void nothingOverflows(Page page) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0);
  }

  private static int number(Page page, String selector) {
    return Integer.parseInt(page.locator(selector).innerText().replace(",", ""));
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Chromium.screenshot(name)).setFullPage(true));
  }
}
