package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.GetStrategy;

/// The page of strategies in Debian's Chromium, over the real platform: database, files, replay.
class StrategiesPageIT extends StrategiesScreen {
  @Test
  void pagesAreReachedByRailAddressAndKeysAndStayAsTheyWere() {
    visit(platform, "");
    assertThat(element("page-live")).hasAttribute("aria-current", "page");
    assertThat(page).hasTitle("Live · Sandpiper");
    var session = replay("ema-cross");
    element("tab-fills").click();

    page.keyboard().press("g");
    page.keyboard().press("s");
    assertThat(element("page-strategies")).hasAttribute("aria-current", "page");
    assertThat(element("page-live")).not().hasAttribute("aria-current", "page");
    assertThat(page).hasURL(platform.url() + "/#/strategies");
    assertThat(page).hasTitle("Strategies · Sandpiper");
    element("strategy-grid").click();
    assertThat(page).hasURL(platform.url() + "/#/strategies/grid");
    assertThat(content()).isVisible();

    page.keyboard().press("g");
    page.keyboard().press("l");
    assertThat(element("tab-fills")).hasAttribute("aria-selected", "true");
    assertThat(element("candle-count")).hasText(Pattern.compile("[1-9][0-9]*"));
    stop(session);

    element("page-strategies").click();
    assertThat(page).hasURL(platform.url() + "/#/strategies/grid");
    content().click();
    page.keyboard().type("gl");
    assertThat(element("unsaved-grid")).isVisible();
    assertThat(page).hasURL(platform.url() + "/#/strategies/grid");
  }

  @Test
  void strategiesAreListedAndOneIsOpened() {
    keep(SOURCE);
    visit(platform, "/#/strategies");
    assertThat(element("strategy-" + name)).containsText("v1");
    assertThat(element("strategy-" + name)).containsText("Counts bars.");
    assertThat(page.getByText("A strategy from the list opens here.")).isVisible();
    element("strategy-" + name).click();

    assertThat(content()).containsText("ctx.state.bars++;");
    assertThat(element("editor-version")).hasText("version 1, by test");
    assertThat(element("strategy-" + name)).hasAttribute("aria-current", "true");
    assertThat(element("unsaved")).hasText("");
  }

  @Test
  void completionKnowsTheContextAndTheIndicators() {
    edit();
    write("export function onBar(ctx) {\n  ctx");
    page.keyboard().type(".po");
    assertThat(completions()).containsText("position");
    assertThat(page.locator(".cm-completionInfo")).containsText("What the strategy holds");
    completions().click();
    assertThat(content()).containsText("ctx.position");

    write("export const indicators = { fast: { use: ");
    page.keyboard().type("'superT");
    assertThat(completions()).containsText("supertrend");
    assertThat(page.locator(".cm-completionInfo")).containsText("Warm-up");
    assertThat(page.locator(".cm-completionInfo")).containsText("Source: ");
    completions().click();
    assertThat(content()).containsText("use: 'supertrend'");

    write("export const indicators = { fast: { use: 'bollinger',");
    page.keyboard().type(" pe");
    assertThat(completions()).containsText("when left out");
    completions().click();
    assertThat(content()).containsText("period: 20");
  }

  @Test
  void pointingAtAWordExplainsIt() {
    edit();
    write("export const indicators = { fast: { use: 'ema' } };\nbye();\n");
    // Once the hints are there nothing else changes below the pointer.
    assertThat(page.locator(".cm-lintRange-hint")).hasText("bye");
    page.getByText("'ema'").hover();
    assertThat(page.locator(".cm-tooltip-hover")).containsText("Exponential moving average");
    assertThat(page.locator(".cm-tooltip-hover")).containsText("Warm-up");

    write("export function onBar(ctx) {\n  ctx.bye(ctx.state);\n}\n");
    assertThat(page.locator(".cm-lintRange-hint")).hasText("bye");
    page.mouse().move(0, 0);
    content().getByText("state").hover();
    assertThat(page.locator(".cm-tooltip-hover")).containsText("kept over a hot reload");
  }

  @Test
  void aCallShowsItsSignature() {
    edit();
    write("export function onBar(ctx) {\n  ctx.size.riskPct");
    page.keyboard().type("(");
    assertThat(page.locator(".signature .popup-current")).hasText("share: number");
    page.keyboard().type("0.01, ");
    assertThat(page.locator(".signature .popup-current")).containsText("given: {");
    page.keyboard().press("Escape");
    page.keyboard().press("Escape");
    assertThat(page.locator(".signature")).hasCount(0);
    page.keyboard().press("Control+Shift+Space");
    assertThat(page.locator(".signature")).containsText("riskPct(share: number");
  }

  @Test
  void whatTheTypesFindIsAHint() {
    edit();
    write("export function onBar(ctx) {\n  ctx.bye();\n}\n");
    assertThat(page.locator(".cm-lintRange-hint")).hasText("bye");
    assertThat(page.locator(".cm-lintRange-error")).hasCount(0);
    content().press("F8");
    assertThat(page.locator(".cm-tooltip-lint, .cm-panel-lint")).containsText("'bye'");
  }

  @Test
  void anErrorIsMarkedAtItsLineAndTheOldVersionKeepsRunning() {
    provoked.add("status of 400");
    var session = replay(edit());
    write(SOURCE.replace("ctx.state.bars++;", "ctx.state.bars = ;"));
    page.keyboard().press("Control+s");

    assertThat(element("refused")).containsText("SyntaxError");
    assertThat(element("refused")).containsText("line 5");
    assertThat(element("refused")).containsText("Version 1 keeps running.");
    assertThat(page.locator(".cm-lintRange-error")).hasText(";");
    assertThat(page.locator(".cm-gutter-lint .cm-lint-marker-error")).hasCount(1);
    assertThat(element("editor-version")).containsText("version 1");
    assertThat(latest().number()).isEqualTo(1);
    assertThat(platform.session(session).suspended()).isEmpty();

    page.getByText("Go to line 5").click();
    page.keyboard().press("Home");
    page.keyboard().press("Shift+End");
    page.keyboard().insertText("  ctx.state.bars += 2;");
    element("save").click();
    assertThat(element("saved")).containsText("Version 2 saved");
    assertThat(page.locator(".cm-lintRange-error")).hasCount(0);
    stop(session);
  }

  @Test
  void aSaveIsAVersionThatARunningSessionTakesOver() {
    var session = replay(edit());
    assertThat(element("strategy-" + name)).containsText("running in 1 session");
    write(SOURCE.replace("bars++", "bars += 2"));
    assertThat(element("unsaved")).containsText("unsaved");

    long begun = System.nanoTime();
    page.keyboard().press("Control+s");
    assertThat(element("saved")).containsText("Version 2 saved");
    System.out.printf(
        "from Ctrl+S to the version on screen: %.0f ms%n", (System.nanoTime() - begun) / 1e6);
    assertThat(element("reloads")).containsText(name + " in " + session + " runs version 2 now");
    assertThat(element("editor-version")).hasText("version 2, by you");
    assertThat(element("strategy-" + name)).containsText("v2");
    assertThat(element("unsaved")).hasText("");
    assertThat(platform.session(session).suspended()).isEmpty();

    element("save").click();
    assertThat(element("saved")).containsText("Version 2 is that already");
    stop(session);
  }

  @Test
  void aStrategyIsDeletedUnlessASessionRunsItAndItsVersionsStay() {
    provoked.add("409");
    var session = replay(edit());
    element("delete-strategy").click();
    assertThat(element("delete-strategy-dialog-keep")).isFocused();
    element("delete-strategy-dialog-confirm").click();
    assertThat(element("delete-strategy-dialog-error")).containsText(session + " runs strategy");
    element("delete-strategy-dialog-keep").click();
    stop(session);

    element("delete-strategy").click();
    element("delete-strategy-dialog-confirm").click();
    assertThat(element("strategy-" + name)).hasCount(0);
    assertThat(element("strategy-ema-cross")).isVisible();
    org.assertj.core.api.Assertions.assertThat(folder.resolve(name + ".js")).doesNotExist();
    save(SOURCE, 1);
    assertThat(element("strategy-" + name)).containsText("v1");
  }

  @Test
  void aConflictShowsTheDifferenceAndCanBeOverwritten() {
    provoked.add("status of 409");
    edit();
    write(SOURCE + "// mine\n");
    save(SOURCE + "// theirs\n", 1);
    page.keyboard().press("Control+s");
    assertThat(element("conflict")).containsText("Version 2, by test, was made since");
    assertThat(latest().number()).isEqualTo(2);

    element("conflict-difference").click();
    assertThat(page.locator(".cm-merge-a")).containsText("// theirs");
    assertThat(page.locator(".cm-merge-b")).containsText("// mine");
    element("conflict-difference").click();
    assertThat(content()).containsText("// mine");

    element("conflict-overwrite").click();
    assertThat(element("saved")).containsText("Version 3 saved");
    assertThat(element("conflict")).hasCount(0);
    assertThat(latest().source()).isEqualTo(SOURCE + "// mine\n");
  }

  @Test
  void aConflictCanEndWithTheirText() {
    provoked.add("status of 409");
    edit();
    write(SOURCE + "// mine\n");
    save(SOURCE + "// theirs\n", 1);
    element("save").click();
    element("conflict-theirs").click();
    assertThat(content()).containsText("// theirs");
    assertThat(element("conflict")).hasCount(0);
    assertThat(element("editor-version")).hasText("version 2, by test");

    content().press("Control+z");
    assertThat(content()).containsText("// mine");
  }

  @Test
  void anOlderVersionIsComparedAndRestored() {
    edit();
    write(SOURCE + "// second\n");
    element("save").click();
    assertThat(element("saved")).containsText("Version 2 saved");
    element("history-toggle").click();
    assertThat(element("version-2")).containsText("current");
    assertThat(element("version-1")).containsText("by test");
    element("version-1").click();
    assertThat(page.locator(".cm-merge-b .cm-changedLine")).containsText("// second");

    element("restore").click();
    assertThat(element("saved")).containsText("Version 3 brings back version 1");
    assertThat(element("version-3")).containsText("from version 1");
    assertThat(content()).not().containsText("// second");
    assertThat(latest().source()).isEqualTo(SOURCE);
  }

  @Test
  void unsavedTextSurvivesOtherStrategiesAndPagesAndIsWarnedOf() {
    edit();
    write(SOURCE + "// not saved\n");
    element("strategy-grid").click();
    assertThat(content()).containsText("A ladder of buy orders");
    assertThat(element("unsaved-" + name)).isVisible();
    element("page-live").click();
    assertThat(element("page-live")).hasAttribute("aria-current", "page");
    element("page-strategies").click();
    element("strategy-" + name).click();
    assertThat(content()).containsText("// not saved");

    var asked = new CopyOnWriteArrayList<String>();
    page.onDialog(dialog -> {
      asked.add(dialog.type());
      dialog.accept();
    });
    page.reload();
    assertThat(asked).containsExactly("beforeunload");
    assertThat(content()).not().containsText("// not saved");
  }

  @Test
  void discardingBringsTheVersionBack() {
    edit();
    write("// nothing\n");
    element("discard").click();
    assertThat(content()).containsText("ctx.state.bars++;");
    assertThat(element("unsaved")).hasText("");
  }

  @Test
  void aNewStrategyHasANameAndWorks() {
    visit(platform, "/#/strategies");
    element("new-strategy").click();
    element("new-name").fill("Not Allowed");
    element("new-create").click();
    assertThat(element("new-problem")).containsText("beginning with a letter");
    element("new-name").fill("grid");
    assertThat(element("new-problem")).containsText("already");
    element("new-name").fill("my-first");
    element("new-name").press("Enter");
    assertThat(page).hasURL(platform.url() + "/#/strategies/my-first");
    assertThat(element("editor-version")).hasText("no version yet");
    assertThat(element("unsaved-my-first")).isVisible();

    page.keyboard().press("Control+s");
    assertThat(element("saved")).containsText("Version 1 saved");
    assertThat(element("strategy-my-first")).containsText("v1");
    var session = replay("my-first");
    assertThat(element("strategy-my-first")).containsText("running in 1 session");
    stop(session);
  }

  @Test
  void anEditOfTheFileArrivesInTheEditor() throws IOException {
    edit();
    Files.writeString(folder.resolve(name + ".js"), SOURCE + "// by hand\n");
    assertThat(content()).containsText("// by hand");
    assertThat(element("editor-version")).hasText("version 2, by file");
    Files.writeString(folder.resolve(name + ".js"), "export {");
    assertThat(element("file-error")).containsText("Version 2 is what runs");
    element("save").click();
    assertThat(element("file-error")).hasCount(0);
    assertThat(Files.readString(folder.resolve(name + ".js"))).isEqualTo(SOURCE + "// by hand\n");
  }

  @Test
  void withoutAConnectionNothingCanBeSavedAndNothingIsLost() {
    var sockets = new CopyOnWriteArrayList<WebSocketRoute>();
    page.routeWebSocket(
        Pattern.compile(".*/eventbus/websocket"),
        socket -> {
          sockets.add(socket);
          if (sockets.size() != 2) {
            socket.connectToServer();
          }
        });
    edit();
    write(SOURCE + "// typed\n");
    assertThat(element("save")).isEnabled();
    sockets.getLast().close();
    assertThat(element("save")).isDisabled();
    assertThat(content()).containsText("// typed");
    page.waitForCondition(() -> sockets.size() == 2);
    sockets.getLast().close();
    assertThat(element("save")).isEnabled();
  }

  @Test
  void aFailureStaysInItsPanelWithARetry() {
    provoked.add("net::ERR_FAILED");
    keep(SOURCE);
    page.route(Pattern.compile(".*/api/strategies(/.*)?$"), Route::abort);
    visit(platform, "/#/strategies/" + name);
    assertThat(element("list-error")).containsText("did not answer");
    page.unroute(Pattern.compile(".*/api/strategies(/.*)?$"));
    page.route(Pattern.compile(".*/api/strategies/.*"), Route::abort);
    element("list-error").getByRole(AriaRole.BUTTON).click();
    assertThat(element("editor-error")).containsText("did not answer");
    assertThat(element("list-error")).hasCount(0);
    page.unroute(Pattern.compile(".*/api/strategies/.*"));
    element("editor-error").getByRole(AriaRole.BUTTON).click();
    assertThat(content()).containsText("Counts bars.");
  }

  @Test
  void withoutAStrategyThePageOffersToWriteOne() {
    page.route(
        Pattern.compile(".*/api/strategies$"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setBody(new JsonObject().put("strategies", List.of()).encode())));
    visit(platform, "/#/strategies");
    element("no-strategies").getByRole(AriaRole.BUTTON).click();
    assertThat(element("new-name")).isFocused();
  }

  @Test
  void onANarrowScreenListAndEditorTakeTurnsAboveTheRail() {
    keep(SOURCE);
    page.setViewportSize(390, 844);
    visit(platform, "/#/strategies");
    element("strategy-" + name).click();
    assertThat(content()).containsText("Counts bars.");
    assertThat(element("strategy-" + name)).not().isVisible();
    var rail = page.getByRole(AriaRole.NAVIGATION).boundingBox();
    assertThat(rail.y + rail.height).isEqualTo(844);
    assertThat(rail.width).isEqualTo(390);
    page.getByText("All strategies").click();
    assertThat(element("strategy-" + name)).isVisible();
    assertThat(content()).not().isVisible();
  }

  @Test
  void everythingCanBeDoneWithTheKeyboard() {
    keep(SOURCE);
    visit(platform, "/#/strategies");
    element("strategy-" + name).focus();
    page.keyboard().press("Enter");
    content().focus();
    page.keyboard().press("Control+End");
    page.keyboard().type("// typed");
    page.keyboard().press("Escape"); // whatever may have popped up
    page.keyboard().press("Escape");
    page.keyboard().press("Tab");
    assertThat(content()).not().isFocused();
    element("history-toggle").press("Enter");
    element("save").press("Enter");
    assertThat(element("saved")).containsText("Version 2 saved");
    element("version-1").press("Enter");
    assertThat(page.locator(".cm-merge-b .cm-changedLine")).containsText("// typed");
    element("comparison-close").press("Enter");
    assertThat(content()).isVisible();
  }

  @Test
  void axeFindsNothingInBothThemesAndTheScreenIsPictured() {
    provoked.add("status of 409");
    provoked.add("status of 400");
    visit(platform, "/#/strategies/ema-cross");
    assertThat(content()).isVisible();
    var session = replay("ema-cross");
    assertThat(element("strategy-ema-cross")).containsText("running");
    assertThat(element("language-state")).hasAttribute("data-state", "ready");
    picture("strategies", "dark");
    picture("strategies", "light");

    var original =
        await(platform.bus.ask(Channels.GET_STRATEGY, new GetStrategy("ema-cross", null)));
    write(original.source() + "// mine\n");
    save("ema-cross", original.source().replace("default: 9,", "default: 10,"), 1);
    element("save").click();
    element("conflict-difference").click();
    assertThat(page.locator(".cm-merge-a")).containsText("default: 10,");
    picture("strategies-conflict", "dark");
    picture("strategies-conflict", "light");
    element("conflict-overwrite").click();
    assertThat(element("reloads")).containsText("runs version 3 now");
    element("history-toggle").click();
    element("version-1").click();
    assertThat(page.locator(".cm-merge-b")).containsText("// mine");
    picture("strategies-history", "dark");
    picture("strategies-history", "light");
    element("comparison-close").click();
    write("export function onBar(ctx) {\n  ctx.bye();\n  let a = ;\n}\n");
    element("save").click();
    assertThat(page.locator(".cm-lintRange-error")).hasCount(1);
    assertThat(page.locator(".cm-lintRange-hint").first()).isVisible();
    write("export function onBar(ctx) {\n  ctx.bye();\n  ctx");
    page.keyboard().type(".");
    assertThat(page.locator(".cm-tooltip-autocomplete")).containsText("signal");
    assertThat(page.locator(".cm-completionInfo")).isVisible();
    picture("strategies-completion", "light");
    picture("strategies-completion", "dark");
    page.keyboard().press("Escape");
    element("new-strategy").click();
    element("new-create").click();
    picture("strategies-new", "dark");
    picture("strategies-new", "light");
    page.keyboard().press("Escape");
    visit(platform, "/#/strategies");
    picture("strategies-list", "dark");
    picture("strategies-list", "light");
    stop(session);
  }
}
