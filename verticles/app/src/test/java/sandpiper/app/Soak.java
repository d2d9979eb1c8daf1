package sandpiper.app;

import static sandpiper.app.TestPlatform.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.testkit.SharedData;

/// A platform in a process of its own that replays days of real trades, bars and order books
/// through the verticles, everything recorded, and says at marks what it holds: the heap after full
/// collections, objects by class, and threads.
///
/// Sessions rest and queues are empty while it looks, so what it finds is held and not under way.
///
/// ```
/// java … sandpiper.app.Soak FOLDER FROM MARK… TO
/// ```
final class Soak {
  /// What begins a line of the output that holds a mark.
  static final String MARK = "MARK ";

  /// What begins the line that tells how often the long session traded.
  static final String FILLS = "FILLS ";

  /// Buys and sells by turns: at every trade until all that keeps only the latest of something is
  /// full, which is after 10,000 positions, then at each eighth.
  private static final String TURNS_SOURCE =
      """
      export const data = () => ({ ticks: { trades: true } });
      export const state = { version: 1, init: () => ({ seen: 0 }) };
      export function onTrade(ctx, trade) {
        const seen = ctx.state.seen++;
        if (seen > 20_500 && seen % 8 !== 0) return;
        const { flat, size } = ctx.position();
        const signal = ctx.signal(flat ? 'in' : 'out', { seen, price: trade.price });
        if (flat) ctx.buy({ size: 1, signal });
        else ctx.sell({ size, signal });
        if (seen % (seen > 20_500 ? 80 : 4) === 0) {
          ctx.log.info('seen ' + seen);
          ctx.metric('seen', seen);
          ctx.plot.line('price', trade.price, 'price');
        }
      }
      """;

  private static final StrategyRequest TURNS = new StrategyRequest("turns", Map.of());
  private static final StrategyRequest GRID = new StrategyRequest("grid", Map.of());
  private static final StrategyRequest PULLBACK = new StrategyRequest("ema-pullback", Map.of());
  private static final LocalDate LAST_TRADES = LocalDate.parse("2013-10-11");
  private static final Duration WARM_UP = Duration.ofMinutes(25);
  private static final Duration SHORT = Duration.ofSeconds(5);

  private static final int FIRST_SHORT = 5;
  private static final int SHORT_SESSIONS = FIRST_SHORT + 20;

  private final Path folder;
  private final TestPlatform platform;
  private final HttpClient http = HttpClient.newHttpClient();
  private final long begun = System.nanoTime();
  private int bookSession;

  private Soak(Path folder) throws IOException {
    this.folder = folder;
    var strategies = Files.createDirectories(folder.resolve("strategies"));
    for (var name : List.of("grid", "ema-pullback", "pairs", "market-maker")) {
      var file = name + ".js";
      Files.copy(
          SharedData.home().resolve("strategies-js").resolve(file), strategies.resolve(file));
    }
    Files.writeString(strategies.resolve("turns.js"), TURNS_SOURCE);
    platform = TestPlatform.start(TestPlatform.freshDirectory(), strategies);
  }

  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    var times = Arrays.stream(arguments).skip(1).map(Instant::parse).toList();
    var soak = new Soak(folder);
    int code = 1;
    try {
      soak.run(times.getFirst(), times.getLast(), times.subList(1, times.size() - 1));
      code = 0;
    } catch (Exception | AssertionError e) {
      LoggerFactory.getLogger(Soak.class).error("the soak broke off", e);
    }
    System.exit(code); // whatever still runs
  }

  private void run(Instant from, Instant to, List<Instant> marks) throws Exception {
    var all = data("all", from, to);
    var seconds = trades("seconds", from, from.plus(SHORT));
    var warmUp = start(all);
    var book = startBook();
    reach(warmUp, from.plus(WARM_UP));
    stop(warmUp);
    end(book);
    end(startShort(seconds));
    delete(warmUp);
    mark("before", null);

    var session = start(all);
    for (int i = 0; i < marks.size(); i++) {
      var beside = i == 1 ? startBook() : null;
      reach(session, marks.get(i));
      await(platform.bus.ask(Channels.PAUSE_SESSION, new PauseSession(session, true)));
      if (beside != null) {
        end(beside);
        delete(beside);
      }
      mark(marks.get(i).toString(), session);
      await(platform.bus.ask(Channels.PAUSE_SESSION, new PauseSession(session, false)));
    }
    end(session);
    var fills = Objects.requireNonNull(platform.session(session).summary()).fills();
    if (Duration.between(from, to).compareTo(Duration.ofDays(1)) <= 0) {
      delete(session); // more than that takes longer than a statement may
    }
    mark("after", null);
    System.out.println(FILLS + fills);

    end(startBook());
    for (int each = 1; each <= SHORT_SESSIONS; each++) {
      end(startShort(seconds));
      if (each == FIRST_SHORT) {
        mark("short, first", null);
      }
    }
    mark("short, last", null);
  }

  /// Trades of SPY and bars of BTCUSD in two files.
  private String data(String name, Instant from, Instant to) throws IOException {
    var bars = folder.resolve(name + "-btcusd.csv");
    TwoSymbols.writeBars(bars, from.toEpochMilli(), to.toEpochMilli());
    return trades(name, from, to) + ",BTCUSD=" + bars;
  }

  private String trades(String name, Instant from, Instant to) throws IOException {
    var trades = folder.resolve(name + "-spy.csv");
    var days =
        LocalDate.ofInstant(from, ZoneOffset.UTC)
            .datesUntil(LocalDate.ofInstant(to, ZoneOffset.UTC).plusDays(1))
            .filter(day -> day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue())
            .filter(day -> !day.isAfter(LAST_TRADES))
            .map(DateTimeFormatter.BASIC_ISO_DATE::format)
            .toList();
    LeanTicks.write(trades, days, from.toEpochMilli(), to.toEpochMilli());
    return "SPY=" + trades;
  }

  private String start(String data) {
    var pairs = new StrategyRequest("pairs", Map.of("window", 10, "enter", 1.0));
    return start(List.of("SPY", "BTCUSD"), List.of(TURNS, GRID, PULLBACK, pairs), data);
  }

  private String startShort(String data) {
    return start(List.of("SPY"), List.of(TURNS, GRID, PULLBACK), data);
  }

  private String start(List<String> symbols, List<StrategyRequest> strategies, String data) {
    return start(
        new StartSession(
            SessionMode.PAPER, symbols, strategies, new BigDecimal("1000000"), data, null, null));
  }

  /// Quotes both sides of an order book, a new session of six minutes each time.
  private String startBook() {
    var file = "data/binance_raw_ws_2024/binance_spot_btcusdt_20240808.gz";
    return start(
        new StartSession(
            SessionMode.PAPER,
            List.of("BTCUSDT"),
            List.of(new StrategyRequest("market-maker", Map.of())),
            new BigDecimal(100_000 + ++bookSession),
            SharedData.path(file).toString(),
            null,
            null,
            FillRules.parse("book", "none", "20ms"),
            RiskLimits.NONE,
            AccountRules.STANDARD));
  }

  private String start(StartSession request) {
    return await(platform.bus.ask(Channels.START_SESSION, request)).sessionId();
  }

  /// Screens of sessions that have ended are kept, of fifty; not of one that is deleted.
  private void delete(String session) {
    await(platform.bus.ask(Channels.DELETE_SESSION, new DeleteSession(session)));
  }

  private void reach(String session, Instant time) throws InterruptedException {
    long wanted = TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli());
    TestPlatform.until(
        () -> {
          var clock = running(session).clock();
          return clock != null && clock >= wanted;
        },
        session + " to reach " + time);
  }

  private SessionState running(String session) {
    var state = platform.session(session);
    if (state.error() != null || !state.suspended().isEmpty()) {
      throw new IllegalStateException(session + ": " + state.error() + " " + state.suspended());
    }
    return state;
  }

  private void end(String session) throws InterruptedException {
    TestPlatform.until(() -> running(session).status().isFinal(), session + " to end");
  }

  private void stop(String session) {
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
  }

  private void mark(String name, @Nullable String session) throws Exception {
    TestPlatform.until(() -> waiting() == 0, "queues to drain");
    untilNothingIsCompiled();
    var threads = new TreeMap<String, Integer>();
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> threads.merge(thread.getName(), 1, Integer::sum));
    var classes = classes();
    long heap = classes.stream().mapToLong(each -> ((JsonArray) each.getValue()).getLong(1)).sum();
    var line =
        new JsonObject()
            .put("name", name)
            .put("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
            .put(
                "cpu",
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toSeconds())
            .put("heap", heap)
            .put("threads", new JsonArray(List.copyOf(threads.keySet())))
            .put("classes", classes);
    if (session != null) {
      var state = platform.session(session);
      line.put("clock", state.clock());
    }
    System.out.println(MARK + line.encode());
  }

  /// Entries that wait for the database or for screens.
  private double waiting() {
    try {
      return http.send(platform.request("/metrics").build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("sandpiper_queue_depth"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A thread that compiles scripts holds some megabytes of its work until it ends, which it does
  /// when it has been idle for a while.
  private static void untilNothingIsCompiled() throws InterruptedException {
    var compiler = ManagementFactory.getCompilationMXBean();
    long before = -1;
    while (before != compiler.getTotalCompilationTime() || scriptsAreCompiled()) {
      before = compiler.getTotalCompilationTime();
      TimeUnit.MILLISECONDS.sleep(300);
    }
  }

  private static boolean scriptsAreCompiled() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("TruffleCompiler"));
  }

  /// Instances and bytes of each class, after full collections: what was held by something that one
  /// of them let go of goes with the next. What the collector itself lays into gaps does not count.
  private static JsonObject classes() throws JMException {
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
    }
    var classes = new JsonObject();
    var text =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    text.lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+:.*"))
        .map(line -> line.split("\\s+"))
        .filter(columns -> !columns[3].contains("jdk.internal.vm.Filler"))
        .forEach(columns ->
            classes.put(
                columns[3],
                new JsonArray(List.of(Long.parseLong(columns[1]), Long.parseLong(columns[2])))));
    return classes;
  }
}
