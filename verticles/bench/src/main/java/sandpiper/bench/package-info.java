/// Benchmarks: `bin/bench` runs them. Figures are compared within one run only.
@NullMarked
package sandpiper.bench;

import org.jspecify.annotations.NullMarked;
