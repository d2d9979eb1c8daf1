package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyLibraryTest {
  @TempDir Path home;

  @SuppressWarnings("NullAway.Init") // before each test
  private StrategyLibrary library;

  @BeforeEach
  void threeFilesInAFolder() throws IOException {
    var folder = Files.createDirectory(home.resolve("strategies"));
    Files.writeString(folder.resolve("b.js"), "export function onStart() {}");
    Files.writeString(folder.resolve("a.js"), "export function onStart() {}");
    Files.writeString(folder.resolve("notes.txt"), "no strategy");
    Files.writeString(home.resolve("x.js"), "export function onStart() {}");
    library = new StrategyLibrary(Play.ENGINE, folder);
  }

  @Test
  void namesAreSortedAndWithoutEnding() {
    assertThat(library.names()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "../x", "x", "..", "a.js", "A", "notes.txt", "", "/etc/passwd"})
  void anUnknownNameIsRefusedWithTheKnownOnes(String name) {
    assertThatThrownBy(() -> library.load(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown strategy '" + name + "'; there are a, b");
  }

  @Test
  void aSourceThatWasReadBeforeIsTheSameScriptUntilItChanges() throws IOException {
    var first = library.load("a");
    assertThat(library.load("a")).isSameAs(first);
    Files.writeString(home.resolve("strategies/a.js"), "export function onStop() {}");
    assertThat(library.load("a").text()).isEqualTo("export function onStop() {}");
    assertThat(library.load("a").hash()).isNotEqualTo(first.hash());
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    var folder = Files.createDirectory(home.resolve("strategies/d.js"));
    assertThatThrownBy(() -> library.load("d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot read strategy file " + folder + ": Is a directory");
    var missing = home.resolve("missing.js");
    assertThatThrownBy(() -> library.load(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such strategy file: " + missing);
    var other = home.resolve("a.mjs");
    assertThatThrownBy(() -> library.load(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a strategy's file ends in .js, was " + other);
  }

  @Test
  void aMissingFolderIsNamed() {
    var missing = home.resolve("nowhere");
    assertThatThrownBy(() -> new StrategyLibrary(Play.ENGINE, missing).names())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot read the strategies' folder " + missing);
  }
}
