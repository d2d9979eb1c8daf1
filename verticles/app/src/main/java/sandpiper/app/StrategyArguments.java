package sandpiper.app;

import java.nio.file.Path;
import java.util.ArrayList;
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

  @Option(
      names = "--symbol",
      split = ",",
      defaultValue = "BTCUSD",
      paramLabel = "SYMBOL",
      description = "One or several, the main one first; default: ${DEFAULT-VALUE}.")
  private List<String> symbols;

  @Option(
      names = "--interval",
      description = "Of the bars of stream main, such as 1m; default: what the strategy says.")
  private @Nullable String interval;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A strategy's parameter.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  /// At least one; the first is the main one.
  List<String> symbols() {
    return symbols;
  }

  @Nullable Interval interval() {
    return interval == null ? null : Interval.parse(interval);
  }

  /// In the order of the symbols.
  List<Instrument> instruments() {
    var known = Instruments.read(Home.resolve("conf/instruments.yaml"));
    var wanted = new ArrayList<Instrument>();
    for (var symbol : symbols) {
      var instrument = known.get(symbol);
      if (instrument == null) {
        throw new UsageException(
            "unknown symbol '" + symbol + "'; there are " + String.join(", ", known.keySet()));
      }
      if (wanted.contains(instrument)) {
        throw new UsageException(
            "--symbol must name each symbol once, was " + String.join(",", symbols));
      }
      wanted.add(instrument);
    }
    return wanted;
  }

  /// @throws StrategyException when it cannot be used, with line and column
  Script script(ScriptEngine engine) {
    return new StrategyLibrary(engine, Home.resolve("strategies-js")).load(strategy);
  }

  /// @throws StrategyException naming the parameter, stream or indicator that is wrong
  StrategyPlan plan(Script script) {
    return script.plan(script.name(), new LinkedHashMap<>(parameters), symbols, interval());
  }
}
