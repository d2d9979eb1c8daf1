/// The engine of a session: one ordered stream of inputs in, one ordered journal out.
///
/// [SessionEngine][sandpiper.domain.session.SessionEngine] wires it in one thread; the verticles
/// wire the same classes over the bus. The order of work within one input stands in
/// [SessionCycle][sandpiper.domain.session.SessionCycle].
@NullMarked
package sandpiper.domain.session;

import org.jspecify.annotations.NullMarked;
