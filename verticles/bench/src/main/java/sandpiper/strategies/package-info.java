/// The benchmarks' way to what the strategies module keeps to itself.
@NullMarked
package sandpiper.strategies;

import org.jspecify.annotations.NullMarked;
