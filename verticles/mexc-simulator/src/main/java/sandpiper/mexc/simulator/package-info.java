/// A simulated exchange: MEXC's spot API over loopback, with a matching engine behind it.
///
/// ```
/// RestApi ──▶ Exchange ──▶ Market ──▶ Matcher (domain)
///               │            │
///               ▼            ▼
///            Streams: private and public frames
/// ```
///
/// Everything runs on the event loop of [SimulatedExchange], the one writer of all of its state.
/// Times are UTC milliseconds, as in the API; prices are whole ticks and quantities whole lots
/// inside, exact decimals at the edge.
@NullMarked
package sandpiper.mexc.simulator;

import org.jspecify.annotations.NullMarked;
