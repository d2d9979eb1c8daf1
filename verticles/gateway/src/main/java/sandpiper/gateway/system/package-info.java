/// How the platform itself is: what it logs, whether it is ready, what its meters say.
@NullMarked
package sandpiper.gateway.system;

import org.jspecify.annotations.NullMarked;
