package sandpiper.mexc.simulator;

import java.math.BigDecimal;

/// A balance that has changed.
///
/// @param before as it was
/// @param reason as the private stream tells it, such as `ENTRUST_PLACE`
record BalanceChange(
    Account account, String asset, Balance before, Balance after, String reason, long time) {
  static final String PLACED = "ENTRUST_PLACE";
  static final String FILLED = "ENTRUST";
  static final String CANCELLED = "ENTRUST_CANCEL";

  BigDecimal freeChange() {
    return after.free().subtract(before.free());
  }

  BigDecimal lockedChange() {
    return after.locked().subtract(before.locked());
  }
}
