package sandpiper.gateway.screen;

import sandpiper.domain.market.Interval;

/// Names a stream of bars.
record StreamKey(String symbol, Interval interval) {}
