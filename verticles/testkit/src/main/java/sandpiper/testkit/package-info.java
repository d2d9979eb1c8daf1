/// Where tests find real market data and expected values that nobody of this project made.
@NullMarked
package sandpiper.testkit;

import org.jspecify.annotations.NullMarked;
