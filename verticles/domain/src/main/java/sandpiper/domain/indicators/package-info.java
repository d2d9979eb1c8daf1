/// Streaming indicators: one value in, one step, O(1) time and memory a bar.
///
/// [IndicatorRegistry][sandpiper.domain.indicators.IndicatorRegistry] lists them all;
/// [IndicatorSet][sandpiper.domain.indicators.IndicatorSet] holds those of one session. A value is
/// NaN until its warm-up is over.
@NullMarked
package sandpiper.domain.indicators;

import org.jspecify.annotations.NullMarked;
