package sandpiper.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Meters;
import sandpiper.gateway.system.LogRing;

/// The one place that knows which logging library there is: how lines look, and who else reads
/// them.
final class Logging {
  /// How a line looks.
  enum Format {
    TEXT,
    JSON
  }

  private static final String APPENDER = "STDERR";

  private Logging() {}

  /// From now on; `text` is how the process begins.
  static void use(Format format) {
    var root = root();
    if (format == Format.JSON
        && root.getAppender(APPENDER) instanceof OutputStreamAppender<?> all) {
      @SuppressWarnings("unchecked") // appenders of the root take events
      var appender = (OutputStreamAppender<ILoggingEvent>) all;
      var encoder = new JsonLines();
      encoder.setContext(root.getLoggerContext());
      encoder.start();
      appender.setEncoder(encoder);
    }
  }

  /// Copies lines into a ring, and counts warnings and errors.
  ///
  /// @return ends it
  static AutoCloseable copy(LogRing ring, Meters meters) {
    var root = root();
    var appender = new Copy(ring, meters.log("warn"), meters.log("error"));
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    return () -> {
      root.detachAppender(appender);
      appender.stop();
    };
  }

  /// The value of a key of a line, or of its thread; null when it has none.
  static @Nullable String value(ILoggingEvent event, String key) {
    if (event.getKeyValuePairs() != null) {
      for (var pair : event.getKeyValuePairs()) {
        if (pair.key.equals(key) && pair.value != null) {
          return pair.value.toString();
        }
      }
    }
    return event.getMDCPropertyMap().get(key);
  }

  /// Class and message of what was thrown.
  static @Nullable String thrown(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return thrown == null ? null : thrown.getClassName() + ": " + thrown.getMessage();
  }

  private static Logger root() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static final class Copy extends AppenderBase<ILoggingEvent> {
    private final LogRing ring;
    private final Counter warnings;
    private final Counter errors;

    private Copy(LogRing ring, Counter warnings, Counter errors) {
      this.ring = ring;
      this.warnings = warnings;
      this.errors = errors;
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().equals(Level.WARN)) {
        warnings.increment();
      } else if (event.getLevel().equals(Level.ERROR)) {
        errors.increment();
      }
      ring.add(
          TimeUnit.MILLISECONDS.toMicros(event.getTimeStamp()),
          org.slf4j.event.Level.valueOf(event.getLevel().levelStr),
          event.getLoggerName(),
          event.getFormattedMessage(),
          value(event, LogKeys.SESSION),
          value(event, LogKeys.SIGNAL),
          thrown(event));
    }
  }
}
