/// What a session writes down: signals, orders and what became of them, fills, positions, equity.
///
/// Every record names its session; every record that follows from a signal names the signal. A
/// record without them cannot be made. Records never change.
@NullMarked
package sandpiper.domain.journal;

import org.jspecify.annotations.NullMarked;
