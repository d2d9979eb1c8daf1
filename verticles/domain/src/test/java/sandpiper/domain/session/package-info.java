@NullMarked
package sandpiper.domain.session;

import org.jspecify.annotations.NullMarked;
