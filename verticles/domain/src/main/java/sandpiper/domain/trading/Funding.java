package sandpiper.domain.trading;

import java.math.BigDecimal;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Interval;

/// What holding a perpetual contract costs or brings: at each multiple of an interval since the
/// epoch, a fixed share of every position's notional at the latest price. Longs pay shorts when the
/// rate is above zero. Simulated: a venue's own rate changes from one payment to the next.
///
/// @param rate above -0.1 and below 0.1; 0.0001 is 0.01 %
/// @param every such as `8h`
public record Funding(BigDecimal rate, Interval every) {
  private static final BigDecimal MOST = new BigDecimal("0.1");

  public Funding {
    if (rate.abs().compareTo(MOST) >= 0) {
      throw new IllegalArgumentException(
          "funding rate must be above -0.1 and below 0.1 (0.0001 is 0.01 %), was "
              + Decimals.plain(rate));
    }
  }

  @Override
  public String toString() {
    return Decimals.plain(rate) + " every " + every;
  }
}
