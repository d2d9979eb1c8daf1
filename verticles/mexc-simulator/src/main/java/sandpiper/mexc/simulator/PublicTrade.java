package sandpiper.mexc.simulator;

import sandpiper.domain.journal.Side;

/// A trade as everybody sees it.
///
/// @param price in ticks
/// @param size in lots
/// @param taker the side of the order that arrived
record PublicTrade(long id, long time, long price, long size, Side taker) {}
