package sandpiper.domain.metrics;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// From a high of equity down and back to it.
///
/// @param peakTime UTC microseconds of the high
/// @param recoveredTime UTC microseconds at which the high was reached again; null while it is not
/// @param depth from the high to the trough as a share of the high, below zero
/// @param amount of the same fall in quote currency, above zero
/// @param days from the high to the recovery, or to the end of the series
/// @param recoveryDays from the trough to the recovery
public record DrawdownPeriod(
    long peakTime,
    long troughTime,
    @Nullable Long recoveredTime,
    double depth,
    BigDecimal amount,
    double days,
    Figure recoveryDays) {}
