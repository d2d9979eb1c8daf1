/// Matching of orders by price and time, as an exchange does it.
///
/// Everything is counted in whole ticks and lots; whoever uses it converts at the edge.
@NullMarked
package sandpiper.domain.matching;

import org.jspecify.annotations.NullMarked;
