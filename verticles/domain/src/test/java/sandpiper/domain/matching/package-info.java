@NullMarked
package sandpiper.domain.matching;

import org.jspecify.annotations.NullMarked;
