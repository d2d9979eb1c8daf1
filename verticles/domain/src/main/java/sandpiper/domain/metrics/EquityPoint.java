package sandpiper.domain.metrics;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a session was worth at its start, or when a day of it ended.
///
/// @param time UTC microseconds: the midnight that ends the day, or the session's start or end
/// @param equity marked at the latest prices, in quote currency
/// @param benchmark what the same budget was worth, had it bought and held the session's first
///   instrument; null while that has no price
public record EquityPoint(long time, BigDecimal equity, @Nullable Double benchmark) {}
