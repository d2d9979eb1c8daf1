@NullMarked
package sandpiper.gateway.bridge;

import org.jspecify.annotations.NullMarked;
