package sandpiper.app;

import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sandpiper.domain.market.Interval;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.Funding;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.Margin;

/// The arguments that say how the account works.
final class AccountArguments {
  private static final BigDecimal STANDARD_RATE = new BigDecimal("0.005");

  @Option(
      names = "--leverage",
      paramLabel = "LEVERAGE",
      description = "Isolated margin: notional as a multiple of the margin, 1 to 500.")
  private @Nullable BigDecimal leverage;

  @Option(
      names = "--maintenance",
      paramLabel = "RATE",
      description = "Maintenance margin as a share of the notional. Default: 0.005.")
  private @Nullable BigDecimal maintenance;

  @Option(
      names = "--maintenance-basis",
      paramLabel = "BASIS",
      description = "Of which notional: mark or entry. Default: mark.")
  private @Nullable String basis;

  @Option(
      names = "--liquidation-fee",
      paramLabel = "RATE",
      description = "Share of the notional that a forced close costs. Default: 0.")
  private @Nullable BigDecimal liquidationFee;

  @Option(
      names = "--funding",
      paramLabel = "RATE:EVERY",
      description = "What longs pay to shorts, such as 0.0001:8h.")
  private @Nullable String funding;

  @Option(
      names = "--cost-basis",
      paramLabel = "BASIS",
      description = "What a partial exit takes out: average or fifo. Default: average.")
  private @Nullable String costBasis;

  @Option(
      names = "--currency",
      paramLabel = "CURRENCY",
      description = {
        "What cash and results are in, such as USD; default: that of the first symbol.",
        "Other currencies are reckoned with the prices of the session's symbols."
      })
  private @Nullable String currency;

  /// @throws IllegalArgumentException naming what is wrong and what is allowed
  AccountRules rules() {
    return new AccountRules(
        CostBasis.parse(requireNonNullElse(costBasis, "average")), margin(), currency);
  }

  private @Nullable Margin margin() {
    if (leverage == null) {
      refuseWithoutLeverage("--maintenance", maintenance);
      refuseWithoutLeverage("--maintenance-basis", basis);
      refuseWithoutLeverage("--liquidation-fee", liquidationFee);
      refuseWithoutLeverage("--funding", funding);
      return null;
    }
    return new Margin(
        leverage,
        new Maintenance(
            requireNonNullElse(maintenance, STANDARD_RATE),
            BigDecimal.ZERO,
            Maintenance.Basis.parse(requireNonNullElse(basis, "mark"))),
        requireNonNullElse(liquidationFee, BigDecimal.ZERO),
        funding == null ? null : parse(funding));
  }

  private static void refuseWithoutLeverage(String option, @Nullable Object given) {
    if (given != null) {
      throw new IllegalArgumentException(
          option + " is for an account on margin: give --leverage as well");
    }
  }

  private static Funding parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new Funding(
          new BigDecimal(text.substring(0, Math.max(colon, 0))),
          Interval.parse(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "funding must be a rate and an interval such as 0.0001:8h, was '" + text + "'", e);
    }
  }
}
