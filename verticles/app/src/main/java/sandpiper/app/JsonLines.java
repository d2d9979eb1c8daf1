package sandpiper.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// Lines of the log as JSON objects, one a line, with session and signal where there are any.
///
/// Our own instead of logback's, whose keys of a line are a list of objects that nobody can filter
/// by.
final class JsonLines extends EncoderBase<ILoggingEvent> {
  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var json =
        new JsonObject()
            .put("time", event.getInstant().toString())
            .put("level", event.getLevel().levelStr.toLowerCase(Locale.ROOT))
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", event.getFormattedMessage());
    event.getMDCPropertyMap().forEach(json::put);
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().stream()
          .filter(pair -> pair.value != null)
          .forEach(pair -> json.put(pair.key, pair.value.toString()));
    }
    var thrown = event.getThrowableProxy();
    if (thrown != null) {
      json.put("error", Logging.thrown(event)).put("stack", ThrowableProxyUtil.asString(thrown));
    }
    return (json.encode() + System.lineSeparator()).getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
