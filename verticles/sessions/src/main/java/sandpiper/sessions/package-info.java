/// The life of sessions: planned, opened, run, ended, in an orderly way whatever happens between.
@NullMarked
package sandpiper.sessions;

import org.jspecify.annotations.NullMarked;
