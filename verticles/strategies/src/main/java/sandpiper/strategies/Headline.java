package sandpiper.strategies;

import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a strategy says of itself: the first sentence of the comment on top of its source.
final class Headline {
  private static final int LONGEST = 160;

  /// Lines that speak to tools: `// @ts-check`, `/// <reference …>`.
  private static final Pattern FOR_TOOLS = Pattern.compile("//\\s*@.*|///.*");

  private static final Pattern MARKS = Pattern.compile("^(//|/\\*+|\\*+/|\\*)\\s*|\\s*\\*+/$");
  private static final Pattern AFTER_SENTENCE = Pattern.compile("(?<=[.!?])\\s");

  private Headline() {}

  /// @return null when the source does not begin with a comment that says something
  static @Nullable String of(String source) {
    var words = new ArrayList<String>();
    boolean inBlock = false;
    for (var line : (Iterable<String>) source.lines().map(String::strip)::iterator) {
      if (words.isEmpty() && (line.isEmpty() || FOR_TOOLS.matcher(line).matches())) {
        continue;
      }
      inBlock |= line.startsWith("/*");
      if (!inBlock && !line.startsWith("//")) {
        break;
      }
      var text = MARKS.matcher(line).replaceAll("");
      boolean paragraphEnds = text.isEmpty() && !words.isEmpty();
      if (!text.isEmpty()) {
        words.add(text);
      }
      if (paragraphEnds || (inBlock && line.endsWith("*/"))) {
        break;
      }
    }
    if (words.isEmpty()) {
      return null;
    }
    var sentence = AFTER_SENTENCE.split(String.join(" ", words), 2)[0];
    return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST - 1) + "…";
  }
}
