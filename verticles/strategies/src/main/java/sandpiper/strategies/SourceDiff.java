package sandpiper.strategies;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.List;
import sandpiper.bus.Refusal;

/// The difference of two sources as `diff -u` writes it.
final class SourceDiff {
  private static final int CONTEXT = 3;

  /// The time that a diff takes grows with the product of the lines and of those that differ.
  private static final int MAX_LINES = 20_000;

  private SourceDiff() {}

  /// @return empty when the sources are the same
  /// @throws Refusal when they have too many lines to be compared
  static String unified(String fromLabel, String from, String toLabel, String to) {
    var before = lines(from);
    var after = lines(to);
    int lines = before.size() + after.size();
    if (lines > MAX_LINES) {
      throw Refusal.invalid(
          "a diff is made of sources with at most " + MAX_LINES + " lines together, was " + lines);
    }
    var patch = DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>());
    var diff = UnifiedDiffUtils.generateUnifiedDiff(fromLabel, toLabel, before, patch, CONTEXT);
    return diff.isEmpty() ? "" : String.join("\n", removedFirst(diff)) + "\n";
  }

  /// The algorithm puts what was added before what was removed; people expect it the other way.
  private static List<String> removedFirst(List<String> diff) {
    var ordered = new ArrayList<>(diff.subList(0, 2));
    var added = new ArrayList<String>();
    for (var line : diff.subList(2, diff.size())) {
      if (line.startsWith("+")) {
        added.add(line);
        continue;
      }
      if (!line.startsWith("-")) {
        ordered.addAll(added);
        added.clear();
      }
      ordered.add(line);
    }
    ordered.addAll(added);
    return ordered;
  }

  /// A last line without its end is another line than one with it, and says so.
  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    } else {
      lines.add(lines.removeLast() + "\n\\ No newline at end of file");
    }
    return lines;
  }
}
