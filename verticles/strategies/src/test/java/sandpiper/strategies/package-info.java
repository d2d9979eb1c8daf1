@NullMarked
package sandpiper.strategies;

import org.jspecify.annotations.NullMarked;
