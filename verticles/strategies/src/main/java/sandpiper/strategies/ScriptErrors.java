package sandpiper.strategies;

import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.session.StrategyException;

/// Turns whatever a script threw into a sentence for its author, with line and column.
final class ScriptErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptErrors.class);

  private ScriptErrors() {}

  static <T> T explained(String file, Supplier<T> work) {
    try {
      return work.get();
    } catch (PolyglotException e) {
      throw explain(file, e);
    }
  }

  static StrategyException explain(String file, PolyglotException e) {
    var at = location(file, e);
    int line = at == null ? 0 : at.getStartLine();
    int column = at == null ? 0 : at.getStartColumn();
    return new StrategyException(file, line, column, reason(e));
  }

  private static String reason(PolyglotException e) {
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
    var message = e.getMessage();
    return message == null ? "no message" : message.lines().findFirst().orElse(message);
  }

  private static @Nullable SourceSection location(String file, PolyglotException e) {
    var thrownAt = e.getSourceLocation();
    if (thrownAt != null && thrownAt.getSource().getName().equals(file)) {
      return thrownAt;
    }
    for (var frame : e.getPolyglotStackTrace()) {
      if (frame.isGuestFrame()) {
        var section = frame.getSourceLocation();
        if (section != null && section.getSource().getName().equals(file)) {
          return section;
        }
      }
    }
    return null;
  }
}
