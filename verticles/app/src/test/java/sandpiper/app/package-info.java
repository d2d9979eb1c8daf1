/// The system as a whole: architecture, parity, the figures of others, the platform from outside.
@NullMarked
package sandpiper.app;

import org.jspecify.annotations.NullMarked;
