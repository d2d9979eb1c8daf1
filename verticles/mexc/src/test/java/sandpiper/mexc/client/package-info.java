@NullMarked
package sandpiper.mexc.client;

import org.jspecify.annotations.NullMarked;
