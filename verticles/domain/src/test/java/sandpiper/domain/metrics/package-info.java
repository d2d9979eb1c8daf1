@NullMarked
package sandpiper.domain.metrics;

import org.jspecify.annotations.NullMarked;
