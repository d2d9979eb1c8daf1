/// What verticles share: the [catalogue of channels][sandpiper.bus.Channels], the records that
/// travel on them, and hand-over that never outgrows its reader.
///
/// ```
/// feeds ──Input──▶ indicators ──Step──▶ strategies ──Input, Actions──▶ orders
///   │                  │                                                 │
///   │ inputs           │ steps (may be dropped)                  journal │
///   ▼                  ▼                                                 ▼
/// persistence       gateway ◀────────── journal (may be dropped) ── persistence
/// ```
///
/// Every arrow is a request: the answer comes when the reader is done, so a feed that waits for it
/// keeps the whole chain in lockstep, and a failure comes back along it at once.
@NullMarked
package sandpiper.bus;

import org.jspecify.annotations.NullMarked;
