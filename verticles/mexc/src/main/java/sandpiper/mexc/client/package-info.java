/// The client of the exchange MEXC: spot REST, public and private streams.
///
/// Begin with [sandpiper.mexc.client.MexcConfig]. Everything here belongs to one event loop: the
/// one that made it calls it and hears from it, nobody else does. What fails, fails with a
/// [sandpiper.mexc.client.MexcException], whose kind says what to do about it.
@NullMarked
package sandpiper.mexc.client;

import org.jspecify.annotations.NullMarked;
