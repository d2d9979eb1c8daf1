@NullMarked
package sandpiper.gateway.http;

import org.jspecify.annotations.NullMarked;
