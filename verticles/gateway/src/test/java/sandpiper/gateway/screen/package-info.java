@NullMarked
package sandpiper.gateway.screen;

import org.jspecify.annotations.NullMarked;
