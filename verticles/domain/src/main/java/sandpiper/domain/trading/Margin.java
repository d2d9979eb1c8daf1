package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Decimals;

/// Trading on isolated margin: every position is backed by its own share of the cash, and by no
/// more.
///
/// @param leverage notional of a position as a multiple of its margin, 1 to 500
/// @param maintenance what must stay of the margin
/// @param liquidationFee share of the notional that a forced close costs instead of the taker fee,
///   at most the maintenance rate, so that nobody loses more than the margin
/// @param funding null for none
public record Margin(
    BigDecimal leverage,
    Maintenance maintenance,
    BigDecimal liquidationFee,
    @Nullable Funding funding) {
  private static final BigDecimal MOST = new BigDecimal(500);

  public Margin {
    if (leverage.compareTo(BigDecimal.ONE) < 0 || leverage.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "leverage must be 1 to 500, was " + Decimals.plain(leverage));
    }
    if (liquidationFee.signum() < 0 || liquidationFee.compareTo(maintenance.rate()) > 0) {
      throw new IllegalArgumentException(
          "liquidation fee must be from 0 to the maintenance rate, "
              + Decimals.plain(maintenance.rate())
              + ", was "
              + Decimals.plain(liquidationFee));
    }
    if (leverage.multiply(maintenance.rate()).compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "leverage times maintenance rate must be below 1, or a position is liquidated as it opens;"
              + " were "
              + Decimals.plain(leverage)
              + " and "
              + Decimals.plain(maintenance.rate()));
    }
  }
}
