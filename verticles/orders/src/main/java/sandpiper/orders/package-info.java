/// The single writer of risk, orders, positions and equity of every session on the bus.
@NullMarked
package sandpiper.orders;

import org.jspecify.annotations.NullMarked;
