package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// How the account of a session works.
///
/// @param costBasis what a partial exit books
/// @param margin null when every position, long or short, is backed by cash in full
/// @param currency what budget, cash, equity and limits are in; null for that of the session's
///   first symbol
public record AccountRules(
    CostBasis costBasis, @Nullable Margin margin, @Nullable String currency) {
  /// Backed in full, at average cost.
  public static final AccountRules STANDARD = new AccountRules(CostBasis.AVERAGE, null);

  public AccountRules(CostBasis costBasis, @Nullable Margin margin) {
    this(costBasis, margin, null);
  }

  /// The same for a session of these instruments, with its currency named.
  ///
  /// @throws IllegalArgumentException when one of them is quoted in a currency that none prices
  public AccountRules of(List<Instrument> instruments) {
    return new AccountRules(costBasis, margin, new Currencies(instruments, currency).report());
  }

  /// Notional of a position as a multiple of what backs it.
  public BigDecimal leverage() {
    return margin == null ? BigDecimal.ONE : margin.leverage();
  }

  /// Such as `isolated margin 5x, maintenance 0.005 of mark, average cost`.
  @Override
  public String toString() {
    var cost = costBasis.text() + " cost" + (currency == null ? "" : ", in " + currency);
    if (margin == null) {
      return "backed in full, " + cost;
    }
    var maintenance = margin.maintenance();
    return "isolated margin "
        + Decimals.plain(margin.leverage())
        + "x, maintenance "
        + Decimals.plain(maintenance.rate())
        + " of "
        + maintenance.basis().text()
        + (maintenance.deduction().signum() == 0
            ? ""
            : " less " + Decimals.plain(maintenance.deduction()))
        + (margin.liquidationFee().signum() == 0
            ? ""
            : ", liquidation fee " + Decimals.plain(margin.liquidationFee()))
        + (margin.funding() == null ? "" : ", funding " + margin.funding())
        + ", "
        + cost;
  }
}
