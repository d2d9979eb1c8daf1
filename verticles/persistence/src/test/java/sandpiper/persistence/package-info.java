@NullMarked
package sandpiper.persistence;

import org.jspecify.annotations.NullMarked;
