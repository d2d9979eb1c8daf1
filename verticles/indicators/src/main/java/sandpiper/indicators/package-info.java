/// Computes the indicators of every session on the bus.
@NullMarked
package sandpiper.indicators;

import org.jspecify.annotations.NullMarked;
