@NullMarked
package sandpiper.bus;

import org.jspecify.annotations.NullMarked;
