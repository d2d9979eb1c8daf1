@NullMarked
package sandpiper.indicators;

import org.jspecify.annotations.NullMarked;
