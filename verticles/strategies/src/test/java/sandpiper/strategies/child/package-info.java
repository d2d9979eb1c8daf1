@NullMarked
package sandpiper.strategies.child;

import org.jspecify.annotations.NullMarked;
