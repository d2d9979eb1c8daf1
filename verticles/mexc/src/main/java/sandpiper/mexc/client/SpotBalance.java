package sandpiper.mexc.client;

import java.math.BigDecimal;

/// What the account has of one asset.
///
/// @param free what orders may use
/// @param locked by working orders
public record SpotBalance(String asset, BigDecimal free, BigDecimal locked) {
  public BigDecimal total() {
    return free.add(locked);
  }
}
