/// How well a session did: performance figures by the standard formulas of the field.
///
/// Every figure can be had from an array of returns, a list of equity points or a list of trades.
/// [PerformanceTracker][sandpiper.domain.metrics.PerformanceTracker] gathers those while a session
/// runs; `docs/metrics.md` has the formulas.
@NullMarked
package sandpiper.domain.metrics;

import org.jspecify.annotations.NullMarked;
