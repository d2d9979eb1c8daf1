/// What the console shows of each session, kept here so that a page that opens, or missed
/// something, has all of it at once.
///
/// ```
/// steps ────▶ Ticks, StreamScreen ─┐
/// journal ──▶ JournalScreen        ├─▶ Outlet: ScreenMessage in an Envelope ─▶ the bus
///         └─▶ AccountScreen ───────┘
/// ```
///
/// All rings are bounded. What comes faster than a person can see is conflated (the newest wins) or
/// left out, and a left-out message leaves a gap in `seq`, at which the console asks for a
/// snapshot. No Vert.x timer, no clock of its own: [Screens][sandpiper.gateway.screen.Screens]
/// brings both.
@NullMarked
package sandpiper.gateway.screen;

import org.jspecify.annotations.NullMarked;
