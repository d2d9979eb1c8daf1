package sandpiper.domain.session;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// One stream of market data that a strategy asked for.
///
/// @param name as the strategy calls it
/// @param interval of its bars; null for trades
public record StreamSpec(String name, String symbol, @Nullable Interval interval) {}
