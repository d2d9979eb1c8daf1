package sandpiper.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sandpiper.domain.trading.FillModel;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.Latency;
import sandpiper.domain.trading.LimitFill;
import sandpiper.domain.trading.Slippage;

/// The arguments that say how orders fill.
final class FillArguments {
  @Option(
      names = "--fill-model",
      paramLabel = "MODEL",
      description = "What fills orders: any, bar, trade, quote or book.")
  private @Nullable String model;

  @Option(
      names = "--slippage",
      paramLabel = "SLIPPAGE",
      description = "Of takers: none, fixed:0.05, percent:0.01 or volume:0.1:0.1 (limit, impact).")
  private @Nullable String slippage;

  @Option(
      names = "--latency",
      paramLabel = "LATENCY",
      description = "Of orders: none, 50ms, uniform:20ms:80ms or lognormal:50ms:0.5.")
  private @Nullable String latency;

  @Option(
      names = "--limit-fill",
      paramLabel = "RULE",
      description = "Waiting limit orders fill on a touch of their price, or only through it.")
  private @Nullable String limits;

  /// @param standard of what is not given
  FillRules over(FillRules standard) {
    return new FillRules(
        model == null ? standard.model() : FillModel.parse(model),
        slippage == null ? standard.slippage() : Slippage.parse(slippage),
        latency == null ? standard.latency() : Latency.parse(latency),
        limits == null ? standard.limits() : LimitFill.parse(limits));
  }
}
