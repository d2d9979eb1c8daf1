package sandpiper.app;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.session.SessionMode;

/// The platform in a process of its own, to be killed. Does what its standard input asks for, line
/// by line, and answers each with one line that begins with `=`.
///
/// Every acknowledgement that leaves persistence is written to a file before whoever waits for it
/// hears it: so a line in that file is an acknowledgement that was given.
///
/// ```
/// start MODE EVERY      paper: at 100 times real time; backtest: half a day, at once
/// stop SESSION
/// parity SESSION        runs it again from what it recorded
/// ```
final class KilledPlatform {
  private static final long HALF_A_DAY = 1_385_337_600_000_000L + 12 * 3_600_000_000L;

  private final Bus bus;
  private final FileChannel acknowledged;
  private final Map<String, Object> asked = new ConcurrentHashMap<>();

  private KilledPlatform(Vertx vertx, Path file) throws IOException {
    bus = new Bus(vertx);
    acknowledged = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    vertx
        .eventBus()
        .addOutboundInterceptor(delivery -> {
          watch(delivery.message());
          delivery.next();
        });
  }

  /// @param arguments folder of the database, folder of strategies, file of acknowledgements
  public static void main(String[] arguments) throws Exception {
    var meters = Platform.meters();
    var vertx = Platform.vertx(meters);
    var config = TestPlatform.config(Path.of(arguments[0]), Path.of(arguments[1]));
    var platform = new Platform(vertx, meters, config);
    var killed = new KilledPlatform(vertx, Path.of(arguments[2]));
    TestPlatform.await(platform.start());
    System.out.println("=ready");
    killed.obey();
    TestPlatform.await(platform.stop());
    TestPlatform.await(vertx.close());
    System.exit(0);
  }

  private void obey() throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println("=" + answer(line.split(" ")).replace('\n', ' '));
    }
  }

  private String answer(String[] words) {
    try {
      return switch (words[0]) {
        case "start" -> start(words[1], Integer.parseInt(words[2]));
        case "stop" ->
            TestPlatform.await(bus.ask(Channels.STOP_SESSION, new StopSession(words[1])))
                .status()
                .name();
        case "parity" ->
            TestPlatform.await(bus.ask(Channels.CHECK_PARITY, new CheckParity(words[1])))
                .toString();
        default -> "unknown " + words[0];
      };
    } catch (RuntimeException e) {
      return "failed: " + e;
    }
  }

  private String start(String mode, int every) {
    var paper = mode.equals("paper");
    var request =
        new StartSession(
            paper ? SessionMode.PAPER : SessionMode.BACKTEST,
            List.of("BTCUSD"),
            List.of(new StrategyRequest("churn", Map.of("every", every))),
            new BigDecimal("1000000"),
            "demo",
            null,
            paper ? 100.0 : null);
    return TestPlatform.await(
            paper
                ? bus.ask(Channels.START_SESSION, request)
                : bus.ask(
                    Channels.START_BACKTEST,
                    new StartBacktest(request, new TimeRange(null, HALF_A_DAY))))
        .sessionId();
  }

  /// Requests to write, and the answers to them.
  private void watch(Message<?> message) {
    if (message.replyAddress() != null
        && (message.body() instanceof JournalBatch || message.body() instanceof InputBatch)
        && message.address().startsWith("persistence.")) {
      asked.put(message.replyAddress(), message.body());
    } else if (!asked.isEmpty()) {
      var batch = asked.remove(message.address());
      if (batch != null && message.body() instanceof Done) {
        keep(batch);
      }
    }
  }

  private void keep(Object batch) {
    var lines = new StringBuilder();
    switch (batch) {
      case JournalBatch journal -> journal.entries().forEach(entry -> keep(lines, entry));
      case InputBatch inputs ->
          inputs
              .inputs()
              .forEach(input -> line(lines, "input", input.sessionId(), "" + input.seq()));
      default -> throw new IllegalStateException("neither journal nor inputs");
    }
    try {
      // In the hands of the operating system, which outlives this process.
      var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        acknowledged.write(bytes);
      }
    } catch (IOException e) {
      throw new IllegalStateException("an acknowledgement could not be noted", e);
    }
  }

  private static void keep(StringBuilder lines, JournalEntry entry) {
    if (entry instanceof Signal signal) {
      line(lines, "signal", signal.sessionId(), signal.signalId());
    } else if (entry instanceof OrderEvent event) {
      var order = event.order();
      line(lines, "order", order.sessionId(), order.orderId());
      line(
          lines,
          "event",
          event.sessionId(),
          order.orderId() + "/" + event.seq() + "/" + type(event) + "/" + order.version());
      if (event instanceof OrderFilled filled) {
        Fill fill = filled.fill();
        line(lines, "fill", fill.sessionId(), fill.fillId());
      }
    }
  }

  /// OrderAccepted is accepted.
  private static String type(OrderEvent event) {
    return event.getClass().getSimpleName().replace("Order", "").toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder lines, String kind, String sessionId, String id) {
    lines.append(kind).append(' ').append(sessionId).append(' ').append(id).append('\n');
  }
}
