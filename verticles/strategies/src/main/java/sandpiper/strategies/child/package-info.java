/// The strategies of a session in a process of their own: what runs there, what is said between it
/// and the platform, and how it is started and ended.
@NullMarked
package sandpiper.strategies.child;

import org.jspecify.annotations.NullMarked;
