package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Refusal;

/// Expected texts are those of GNU diff 3.8, `diff -u --label p --label q`.
class SourceDiffTest {
  private static String diff(String from, String to) {
    return SourceDiff.unified("p", from, "q", to);
  }

  @Test
  void changesComeInHunksWithThreeLinesAround() {
    assertThat(
            diff(
                "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n",
                "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nm\nn\n"))
        .isEqualTo(
            """
            --- p
            +++ q
            @@ -1,5 +1,5 @@
             a
            -b
            +B
             c
             d
             e
            @@ -9,5 +9,5 @@
             i
             j
             k
            -l
             m
            +n
            """);
  }

  @Test
  void theSameSourceHasNoDiff() {
    assertThat(diff("a\nb", "a\nb")).isEmpty();
  }

  @Test
  void aLastLineWithoutItsEndSaysSo() {
    assertThat(diff("a\nb", "a\nb\n"))
        .isEqualTo(
            """
            --- p
            +++ q
            @@ -1,2 +1,2 @@
             a
            -b
            \\ No newline at end of file
            +b
            """);
    assertThat(diff("a\nb", "a\nb\nc"))
        .isEqualTo(
            """
            --- p
            +++ q
            @@ -1,2 +1,3 @@
             a
            -b
            \\ No newline at end of file
            +b
            +c
            \\ No newline at end of file
            """);
  }

  @Test
  void anEndOfLineOfAnotherSystemIsADifference() {
    assertThat(diff("x\r\ny\n", "x\ny\n"))
        .isEqualTo("--- p\n+++ q\n@@ -1,2 +1,2 @@\n-x\r\n+x\n y\n");
  }

  @Test
  void ofRandomSourcesOfSeed11EachDiffMakesOneOutOfTheOther() {
    var random = new Random(11);
    for (int i = 0; i < 300; i++) {
      var from = source(random);
      var to = source(random);
      assertThat(applied(from, diff(from, to))).isEqualTo(to);
    }
  }

  @Test
  void sourcesWithTooManyLinesAreRefused() {
    var long1 = "a\n".repeat(10_000);
    assertThat(diff(long1, "b\n".repeat(10_000))).contains("-1,10000 +1,10000");
    assertThatThrownBy(() -> diff(long1, "b\n".repeat(10_001)))
        .isInstanceOf(Refusal.class)
        .hasMessage("a diff is made of sources with at most 20000 lines together, was 20001");
  }

  /// Up to 30 lines of few letters, so that many are the same.
  private static String source(Random random) {
    var text = new StringBuilder();
    int lines = random.nextInt(1, 30);
    for (int i = 0; i < lines; i++) {
      text.append((char) ('a' + random.nextInt(4))).append('\n');
    }
    return text.toString();
  }

  /// What `patch` does, for sources whose last line has its end.
  private static String applied(String source, String diff) {
    var from = source.lines().toList();
    var to = new ArrayList<String>();
    int next = 0;
    for (var line : diff.isEmpty() ? List.<String>of() : diff.lines().skip(2).toList()) {
      if (line.startsWith("@@")) {
        var hunk = Pattern.compile("@@ -(\\d+),(\\d+) .*").matcher(line);
        assertThat(hunk.matches()).isTrue();
        int first = Integer.parseInt(hunk.group(1)) - (hunk.group(2).equals("0") ? 0 : 1);
        to.addAll(from.subList(next, first));
        next = first;
      } else if (line.startsWith("+")) {
        to.add(line.substring(1));
      } else {
        assertThat(from.get(next)).isEqualTo(line.substring(1));
        next++;
        if (line.startsWith(" ")) {
          to.add(line.substring(1));
        }
      }
    }
    to.addAll(from.subList(next, from.size()));
    return String.join("\n", to) + "\n";
  }
}
