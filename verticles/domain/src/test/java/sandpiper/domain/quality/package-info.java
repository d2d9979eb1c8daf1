@NullMarked
package sandpiper.domain.quality;

import org.jspecify.annotations.NullMarked;
