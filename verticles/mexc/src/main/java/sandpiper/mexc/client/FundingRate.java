package sandpiper.mexc.client;

import java.math.BigDecimal;

/// What longs pay to shorts.
///
/// @param rate share of the notional; negative when shorts pay
/// @param least that it may be
/// @param most that it may be
/// @param cycleHours between two settlements
/// @param nextSettlement UTC microseconds
public record FundingRate(
    String symbol,
    BigDecimal rate,
    BigDecimal least,
    BigDecimal most,
    int cycleHours,
    long nextSettlement) {
  /// A settlement that has been.
  ///
  /// @param time UTC microseconds
  public record Settled(String symbol, BigDecimal rate, long time) {}
}
