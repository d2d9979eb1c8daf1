@NullMarked
package sandpiper.gateway;

import org.jspecify.annotations.NullMarked;
