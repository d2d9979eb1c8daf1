/// What happens to orders: risk, the simulated venue, positions, cash and equity.
///
/// [OrderManager][sandpiper.domain.trading.OrderManager] is the single writer of all of it.
@NullMarked
package sandpiper.domain.trading;

import org.jspecify.annotations.NullMarked;
