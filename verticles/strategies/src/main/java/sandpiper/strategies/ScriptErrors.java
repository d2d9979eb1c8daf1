package sandpiper.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.session.StrategyException;

/// Turns whatever a script threw into a sentence for its author, with line and column.
final class ScriptErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptErrors.class);

  /// A member of a host object that was written to, called or removed though it must not be.
  private static final Pattern HOST_MEMBER =
      Pattern.compile(
          "TypeError: (?:(?:write|invoke)Member \\(|Cannot delete property \")(\\w+)(?:\\)|\")"
              + " o[nf] (?:JavaObject\\[)?sandpiper\\..*");

  private static final int MAX_FRAMES = 20;

  /// Characters of a script's line in an excerpt.
  private static final int LONGEST_LINE = 160;

  /// Characters of a message.
  private static final int LONGEST = 500;

  /// @param line from 1; 0 when it is not known
  private record Place(int line, int column) {
    static final Place UNKNOWN = new Place(0, 0);
  }

  private ScriptErrors() {}

  /// Work that loads a script, within the guard's budget for that.
  ///
  /// @param name of the work, for the author
  static <T> T guarded(String file, Guard guard, String name, Supplier<T> work) {
    return guard.during(
        Guard.Call.loading(name, guard.budget()),
        () -> {
          try {
            return work.get();
          } catch (PolyglotException e) {
            throw explain(file, guard, e);
          }
        });
  }

  /// Call it within the guard's call that failed: an error can have getters, which are the
  /// script's.
  static StrategyException explain(String file, Guard guard, PolyglotException e) {
    if (guard.verdict() == null) {
      var explained = explain(file, e);
      if (guard.verdict() == null) {
        return explained;
      }
    }
    return exception(file, frame(file, e), String.valueOf(guard.verdict()), e);
  }

  private static StrategyException explain(String file, PolyglotException e) {
    var at = frame(file, e);
    if (at.equals(Place.UNKNOWN)) {
      at = function(file, e);
    }
    return exception(file, at, reason(file, e), e);
  }

  private static StrategyException exception(
      String file, Place at, String reason, PolyglotException e) {
    var stack = new ArrayList<String>();
    @Nullable Source source = null;
    for (var frame : e.getPolyglotStackTrace()) {
      var section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (section != null && section.getSource().getName().equals(file)) {
        source = section.getSource();
        stack.add(frame(frame.getRootName(), file, section));
      }
    }
    var section = e.getSourceLocation();
    if (source == null && section != null && section.getSource().getName().equals(file)) {
      source = section.getSource();
    }
    return new StrategyException(
        file,
        at.line,
        at.column,
        reason,
        source == null ? null : excerpt(source, at),
        deepest(stack));
  }

  private static String frame(String function, String file, SourceSection section) {
    var name = function.isEmpty() || function.startsWith(":") ? "the top level" : function;
    return name + " (" + file + ":" + section.getStartLine() + ":" + section.getStartColumn() + ")";
  }

  /// A recursion without end has hundreds.
  private static List<String> deepest(List<String> stack) {
    return stack.size() <= MAX_FRAMES ? stack : stack.subList(0, MAX_FRAMES);
  }

  /// The line with a mark under the place.
  private static @Nullable String excerpt(Source source, Place at) {
    if (at.line < 1 || at.line > source.getLineCount()) {
      return null;
    }
    var line = source.getCharacters(at.line).toString().stripTrailing();
    int from = Math.max(0, Math.min(at.column - 1, line.length()) - LONGEST_LINE / 2);
    var shown = line.substring(from, Math.min(line.length(), from + LONGEST_LINE));
    var number = Integer.toString(at.line);
    return number
        + " | "
        + shown.replace('\t', ' ')
        + "\n"
        + " ".repeat(number.length())
        + " | "
        + " ".repeat(Math.max(0, at.column - 1 - from))
        + "^";
  }

  private static String reason(String file, PolyglotException e) {
    if (e.isHostException()) {
      var host = e.asHostException();
      if (host instanceof IllegalArgumentException && host.getMessage() != null) {
        return host.getMessage();
      }
      LOG.error("the host failed in a strategy's call", host);
      return "internal error of the host";
    }
    if (e.isInternalError()) {
      LOG.error("the script engine failed", e);
      return "internal error of the script engine";
    }
    if (e.isCancelled()) {
      return "the strategy was closed while it ran";
    }
    var message = e.getMessage() == null ? "no message" : e.getMessage();
    var line = message.lines().findFirst().orElse(message);
    var sentence = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    if (e.isSyntaxError()) {
      return sentence.replaceFirst(Pattern.quote(file) + ":\\d+:\\d+ ", "");
    }
    var touched = HOST_MEMBER.matcher(sentence);
    return touched.matches()
        ? "TypeError: '" + touched.group(1) + "' of an event cannot be changed or called"
        : sentence;
  }

  private static Place frame(String file, PolyglotException e) {
    var sections = new ArrayList<@Nullable SourceSection>();
    sections.add(e.getSourceLocation());
    for (var frame : e.getPolyglotStackTrace()) {
      sections.add(frame.isGuestFrame() ? frame.getSourceLocation() : null);
    }
    for (var section : sections) {
      if (section != null && section.getSource().getName().equals(file)) {
        return new Place(section.getStartLine(), section.getStartColumn());
      }
    }
    return Place.UNKNOWN;
  }

  /// Errors that the engine itself raises may know no more than the function they were raised in.
  private static Place function(String file, PolyglotException e) {
    try {
      var error = e.getGuestObject();
      if (error != null && error.hasMember("stack")) {
        var stack = Pattern.compile(Pattern.quote(file) + ":(\\d+):(\\d+)");
        var match = stack.matcher(error.getMember("stack").toString());
        if (match.find()) {
          return new Place(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        }
      }
      return Place.UNKNOWN;
    } catch (PolyglotException thrownByItsGetter) {
      return Place.UNKNOWN;
    }
  }
}
