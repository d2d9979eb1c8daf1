@NullMarked
package sandpiper.orders;

import org.jspecify.annotations.NullMarked;
