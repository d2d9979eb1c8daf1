package sandpiper.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Meters;
import sandpiper.gateway.system.LogRing;

/// How lines of the log look, and who reads them.
class LoggingTest {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

  @SuppressWarnings("unchecked") // the root's appender takes events
  private static List<JsonObject> asJson(Runnable work) {
    var root =
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    var appender = (OutputStreamAppender<ILoggingEvent>) root.getAppender("STDERR");
    var before = appender.getEncoder();
    var error = System.err;
    var written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, UTF_8));
    try {
      Logging.use(Logging.Format.JSON);
      work.run();
    } finally {
      System.setErr(error);
      appender.setEncoder(before);
    }
    return written.toString(UTF_8).lines().map(JsonObject::new).toList();
  }

  @Test
  void everyLineIsAnObjectWithSessionAndSignalWhereThereAreAny() {
    var lines =
        asJson(() -> {
          LOG.info("plain, with \"quotes\"\nand a second line");
          LOG.atWarn()
              .addKeyValue(LogKeys.SESSION, "pp_1")
              .addKeyValue(LogKeys.SIGNAL, "sig_1")
              .log("{} of {}", 1, 2);
          try (var _ = MDC.putCloseable(LogKeys.SESSION, "pp_2")) {
            LOG.error("broken", new IllegalStateException("why"));
          }
        });
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).getString("message"))
        .isEqualTo("plain, with \"quotes\"\nand a second line");
    assertThat(lines.get(0).getString("time")).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    assertThat(lines.get(0).fieldNames()).doesNotContain("session_id", "signal_id", "error");
    assertThat(lines.get(1).getString("level")).isEqualTo("warn");
    assertThat(lines.get(1).getString("message")).isEqualTo("1 of 2");
    assertThat(lines.get(1).getString("session_id")).isEqualTo("pp_1");
    assertThat(lines.get(1).getString("signal_id")).isEqualTo("sig_1");
    assertThat(lines.get(2).getString("session_id")).isEqualTo("pp_2");
    assertThat(lines.get(2).getString("error")).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(lines.get(2).getString("stack")).contains("LoggingTest");
  }

  @Test
  void theRingHoldsTheLatestLinesAndCountsTroubles() throws Exception {
    var ring = new LogRing();
    var registry = new SimpleMeterRegistry();
    try (var _ = Logging.copy(ring, new Meters(registry))) {
      LOG.info("first");
      LOG.atWarn().addKeyValue(LogKeys.SESSION, "pp_1").log("second");
      LOG.error("third", new IllegalStateException("why"));
    }
    LOG.error("not any more");
    var page = ring.page(Level.INFO, null, 2);
    assertThat(page.lines()).extracting(LogRing.Line::message).containsExactly("third", "second");
    assertThat(page.lines().getFirst().error()).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(page.lines().getLast().sessionId()).isEqualTo("pp_1");
    var rest = ring.page(Level.INFO, page.next(), 2);
    assertThat(rest.lines()).extracting(LogRing.Line::message).containsExactly("first");
    assertThat(rest.next()).isNull();
    assertThat(ring.page(Level.ERROR, null, 9).lines()).hasSize(1);
    assertThat(registry.get(Meters.LOG).tag("level", "error").counter().count()).isEqualTo(1);
    assertThat(registry.get(Meters.LOG).tag("level", "warn").counter().count()).isEqualTo(1);
  }
}
