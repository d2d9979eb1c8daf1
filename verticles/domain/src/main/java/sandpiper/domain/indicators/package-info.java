/// Streaming indicators: one value in, one step, O(1) time and memory a bar where the definition
/// allows it.
///
/// [IndicatorRegistry][sandpiper.domain.indicators.IndicatorRegistry] lists them all;
/// [IndicatorSet][sandpiper.domain.indicators.IndicatorSet] holds those of one session;
/// [Snapshot][sandpiper.domain.indicators.Snapshot] keeps the state of one as numbers.
///
/// Rules that hold for all of them:
/// - A value is NaN until its warm-up is over, and finite from then on; all outputs begin together.
/// - NaN in, NaN out, and the state stays as it was. The same goes for numbers beyond 1e100.
/// - Where nothing can be divided, as in a market that stands still, the value is the one that
///   TA-Lib gives, else the neutral one; each class says which.
/// - Windows are summed without subtracting ([RollingSum][sandpiper.domain.indicators.RollingSum]),
///   so that nothing is left behind of a number that has gone.
/// - Where TA-Lib has an indicator, values agree with it from the first one on.
@NullMarked
package sandpiper.domain.indicators;

import org.jspecify.annotations.NullMarked;
