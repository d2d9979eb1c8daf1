package sandpiper.domain.market;

/// An order book as a whole, or the best part of it.
///
/// @param time UTC microseconds
/// @param lastId of the last change that is in it: `lastUpdateId` of Binance, `version` of MEXC
public record BookSnapshot(String symbol, long time, long lastId, Levels bids, Levels asks)
    implements BookEvent {}
