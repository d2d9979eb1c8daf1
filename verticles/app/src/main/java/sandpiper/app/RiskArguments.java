package sandpiper.app;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import sandpiper.domain.trading.RiskLimits;

/// The arguments that say what a session may do at most.
final class RiskArguments {
  @Option(
      names = "--limit",
      paramLabel = "NAME=VALUE",
      description = {
        "What the session may do at most, again for each: order-notional=2500,",
        "position-notional, strategy-notional, leverage, open-orders, orders-per-minute,",
        "collar-percent, daily-loss=500:cancel, drawdown-percent=12.5:close,",
        "losing-streak=4:60:block (losses, minutes)."
      })
  private Map<String, String> limits = new TreeMap<>();

  /// @param standard of what is not given
  /// @throws IllegalArgumentException naming what is wrong and what is allowed
  RiskLimits over(RiskLimits standard) {
    return RiskLimits.parse(limits).over(standard);
  }
}
