package sandpiper.mexc.simulator;

import java.math.BigDecimal;

/// What an account holds of one asset.
///
/// @param free what it may use
/// @param locked what working orders hold
record Balance(BigDecimal free, BigDecimal locked) {
  static final Balance NONE = new Balance(BigDecimal.ZERO, BigDecimal.ZERO);

  Balance {
    if (free.signum() < 0 || locked.signum() < 0) {
      throw new IllegalStateException("balance fell below zero: " + free + " and " + locked);
    }
  }

  Balance plus(BigDecimal moreFree, BigDecimal moreLocked) {
    return new Balance(free.add(moreFree), locked.add(moreLocked));
  }

  boolean isNone() {
    return free.signum() == 0 && locked.signum() == 0;
  }
}
