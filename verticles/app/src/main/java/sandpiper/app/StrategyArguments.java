package sandpiper.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;

/// The arguments that say which strategy is meant and what it trades.
final class StrategyArguments {
  @Parameters(index = "0", paramLabel = "STRATEGY.js", description = "The strategy's file.")
  private Path strategy;

  @Option(names = "--symbol", defaultValue = "BTCUSD", description = "Default: ${DEFAULT-VALUE}.")
  private String symbol;

  @Option(
      names = "--interval",
      description = "Of the bars of stream main, such as 1m; default: what the strategy says.")
  private @Nullable String interval;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A strategy's parameter.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  String symbol() {
    return symbol;
  }

  @Nullable Interval interval() {
    return interval == null ? null : Interval.parse(interval);
  }

  Instrument instrument() {
    var instruments = Instruments.read(Home.resolve("conf/instruments.yaml"));
    var instrument = instruments.get(symbol);
    if (instrument == null) {
      throw new UsageException(
          "unknown symbol '" + symbol + "'; there are " + String.join(", ", instruments.keySet()));
    }
    return instrument;
  }

  /// @throws StrategyException when it cannot be used, with line and column
  Script script(ScriptEngine engine) {
    return new StrategyLibrary(engine, Home.resolve("strategies-js")).load(strategy);
  }

  /// @throws StrategyException naming the parameter, stream or indicator that is wrong
  StrategyPlan plan(Script script) {
    return script.plan(script.name(), new LinkedHashMap<>(parameters), List.of(symbol), interval());
  }
}
