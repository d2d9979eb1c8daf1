@NullMarked
package sandpiper.mexc.simulator;

import org.jspecify.annotations.NullMarked;
