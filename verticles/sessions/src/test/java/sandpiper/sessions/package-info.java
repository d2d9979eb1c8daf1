@NullMarked
package sandpiper.sessions;

import org.jspecify.annotations.NullMarked;
