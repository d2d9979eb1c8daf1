/// Who may come in, what errors look like, the console's files and its socket.
@NullMarked
package sandpiper.gateway.http;

import org.jspecify.annotations.NullMarked;
