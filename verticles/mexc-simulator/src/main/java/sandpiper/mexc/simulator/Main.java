package sandpiper.mexc.simulator;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sandpiper.feeds.DataException;

/// Runs a simulated exchange until it is stopped. Exit codes: 0 done, 1 failed, 2 wrong usage.
@Command(
    name = "mexc-simulator",
    description = {
      "A simulated exchange with MEXC's API, spot and futures, on 127.0.0.1, for tests: no real market, no money.",
      "BTCUSDT and ETHUSDT trade themselves, at random; the book of SIMUSDT holds what you put there."
    },
    mixinStandardHelpOptions = true,
    version = "Sandpiper 0.1.0")
public final class Main implements Callable<Integer> {
  private static final List<ContractRules> CONTRACTS =
      List.of(
          ContractRules.of("BTC", "USDT", 1, "0.0001"),
          ContractRules.of("ETH", "USDT", 2, "0.01"),
          ContractRules.of("SIM", "USDT", 4, "1").withFees("0.0002", "0.001"));
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int START_SECONDS = 60;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "7070",
      description = "On 127.0.0.1; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of what happens at random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--step",
      defaultValue = "200",
      paramLabel = "MILLIS",
      description = "Between two moments of what trades itself. Default: ${DEFAULT-VALUE}.")
  private int step;

  @Option(
      names = "--history",
      defaultValue = "24",
      paramLabel = "HOURS",
      description = "For which it has traded before the start, 0 to 48. Default: ${DEFAULT-VALUE}.")
  private int history;

  @Option(
      names = "--recording",
      paramLabel = "FILE|demo",
      description = {
        "What RECUSDT plays, from the history on: order books, else quotes, and trades, in a file",
        "as `sandpiper backtest --data` takes it; several are merged. demo is 100,000 real trades",
        "of November 2013."
      })
  private List<String> recording = List.of();

  @Option(
      names = "--futures-recording",
      paramLabel = "FILE|demo",
      description = "The same for REC_USDT, a contract.")
  private List<String> futuresRecording = List.of();

  @Option(
      names = "--recording-symbol",
      defaultValue = "BTCUSDT",
      description = "By which the files know what they are of. Default: ${DEFAULT-VALUE}.")
  private String recordingSymbol;

  @Option(names = "--no-limits", description = "Answers however much is asked for.")
  private boolean noLimits;

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    System.setProperty("logback.configurationFile", "sandpiper/mexc/simulator/logback.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, commandLine, _) -> {
          commandLine.getErr().println("mexc-simulator: " + failure.getMessage());
          return failure instanceof IllegalArgumentException || failure instanceof DataException
              ? WRONG_USAGE
              : FAILED;
        });
  }

  @Override
  public Integer call() throws InterruptedException, TimeoutException {
    var spot = load(recording);
    var futures = load(futuresRecording);
    var config =
        new SimulatorConfig(
            port,
            seed,
            symbols(spot),
            contracts(futures),
            recordings(spot, futures),
            List.of(account("demo"), account("other")),
            noLimits ? Limits.NONE : Limits.USUAL,
            step,
            history,
            InstantSource.system());
    var vertx = Vertx.vertx();
    var exchange = new SimulatedExchange(config);
    try {
      vertx.deployVerticle(exchange).await(START_SECONDS, TimeUnit.SECONDS);
      print(exchange.port(), config);
      new CountDownLatch(1).await();
      return 0;
    } finally {
      vertx.close().await(START_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void print(int listens, SimulatorConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Simulated exchange: no real market, no money.");
    out.println("REST       http://127.0.0.1:" + listens + "/api/v3");
    out.println("WebSocket  ws://127.0.0.1:" + listens + "/ws");
    out.println(
        "Futures    http://127.0.0.1:" + listens + "/api/v1, ws://127.0.0.1:" + listens + "/edge");
    out.println("Faults     http://127.0.0.1:" + listens + "/simulator/faults");
    config
        .recordings()
        .forEach((symbol, played) -> out.println("Recording  " + symbol + ": " + played.summary()));
    config
        .accounts()
        .forEach(account ->
            out.println("Account    key " + account.key() + ", secret " + account.secret()));
    out.flush();
  }

  private @Nullable Recording load(List<String> files) {
    return files.isEmpty() ? null : Recording.load(files, recordingSymbol);
  }

  private static Map<String, Recording> recordings(
      @Nullable Recording spot, @Nullable Recording futures) {
    var recordings = new LinkedHashMap<String, Recording>();
    if (spot != null) {
      recordings.put("RECUSDT", spot);
    }
    if (futures != null) {
      recordings.put("REC_USDT", futures);
    }
    return recordings;
  }

  private static Map<SymbolRules, BigDecimal> symbols(@Nullable Recording recorded) {
    var symbols = new LinkedHashMap<SymbolRules, BigDecimal>();
    symbols.put(SymbolRules.of("BTC", "USDT", 2, 6), new BigDecimal("60000"));
    symbols.put(SymbolRules.of("ETH", "USDT", 2, 5), new BigDecimal("3000"));
    symbols.put(SymbolRules.of("SIM", "USDT", 4, 2).withFees("0.0002", "0.001"), BigDecimal.ZERO);
    if (recorded != null) {
      symbols.put(
          SymbolRules.of("REC", "USDT", recorded.priceDecimals(), recorded.quantityDecimals()),
          BigDecimal.ZERO);
    }
    return symbols;
  }

  /// A contract is of the smallest part of a size that was recorded.
  private static List<ContractRules> contracts(@Nullable Recording recorded) {
    var contracts = new ArrayList<>(CONTRACTS);
    if (recorded != null) {
      var size = BigDecimal.ONE.movePointLeft(recorded.quantityDecimals());
      contracts.add(
          ContractRules.of("REC", "USDT", recorded.priceDecimals(), size.toPlainString()));
    }
    return contracts;
  }

  private static AccountConfig account(String name) {
    return AccountConfig.of(
            name + "-key",
            name + "-secret",
            Map.of(
                "USDT",
                new BigDecimal("100000"),
                "BTC",
                BigDecimal.ONE,
                "ETH",
                BigDecimal.TEN,
                "SIM",
                new BigDecimal("1000")))
        .withFutures(Map.of("USDT", new BigDecimal("100000")));
  }
}
