package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadlineTest {
  @Test
  void isTheFirstSentenceOfTheCommentOnTop() {
    assertThat(Headline.of("// Buys 1.5 times\n// too much. Always.\n//\n// More.\nlet a;"))
        .isEqualTo("Buys 1.5 times too much.");
    assertThat(Headline.of("// Buys\n//\n// More.")).isEqualTo("Buys");
    assertThat(Headline.of("\n\n  // Waits\nlet a; // for this.")).isEqualTo("Waits");
  }

  @Test
  void mayStandInABlock() {
    assertThat(Headline.of("/* Sells. */ let a;")).isEqualTo("Sells.");
    assertThat(Headline.of("/**\n * Sells\n * high.\n *\n * Parameters: none\n */\nlet a;"))
        .isEqualTo("Sells high.");
    assertThat(Headline.of("/* Sells */\n// and this does not belong to it")).isEqualTo("Sells");
  }

  @Test
  void passesOverWhatSpeaksToTools() {
    var source =
        """
        // @ts-check
        /// <reference path="./strategy.d.ts" />

        // A grid.
        """;
    assertThat(Headline.of(source)).isEqualTo("A grid.");
  }

  @Test
  void isMissingWithoutSuchAComment() {
    assertThat(Headline.of("")).isNull();
    assertThat(Headline.of("let a; // no")).isNull();
    assertThat(Headline.of("//\n//\nlet a;")).isNull();
  }

  @Test
  void isCutWhenItDoesNotEnd() {
    assertThat(Headline.of("// " + "long ".repeat(100))).hasSize(160).endsWith("…");
  }
}
