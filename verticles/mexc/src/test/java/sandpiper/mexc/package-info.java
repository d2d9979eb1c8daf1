@NullMarked
package sandpiper.mexc;

import org.jspecify.annotations.NullMarked;
