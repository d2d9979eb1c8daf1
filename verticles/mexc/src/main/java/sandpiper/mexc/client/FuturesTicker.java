package sandpiper.mexc.client;

import java.math.BigDecimal;

/// The latest prices of a contract.
///
/// @param bid zero when nobody bids
/// @param ask zero when nobody asks
/// @param index price of what the contract is on, elsewhere
/// @param fair price by which positions are valued
/// @param fundingRate of the next settlement
/// @param volume of 24 hours, in base currency
/// @param openInterest in base currency
/// @param time UTC microseconds, of the exchange
public record FuturesTicker(
    String symbol,
    BigDecimal last,
    BigDecimal bid,
    BigDecimal ask,
    BigDecimal index,
    BigDecimal fair,
    BigDecimal fundingRate,
    BigDecimal volume,
    BigDecimal openInterest,
    long time) {}
