/// Who may come in, what errors look like and the console's files.
@NullMarked
package sandpiper.gateway.http;

import org.jspecify.annotations.NullMarked;
