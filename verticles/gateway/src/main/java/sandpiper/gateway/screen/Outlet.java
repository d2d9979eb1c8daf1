package sandpiper.gateway.screen;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Numbers the messages of one session, from 1.
///
/// A number that is left out tells the reader that something was: it asks for a snapshot. Numbers
/// are left out at most once a second.
final class Outlet {
  private static final long SECOND = 1_000_000;

  private final String sessionId;
  private final LongSupplier clock;
  private final Consumer<Envelope> out;
  private long seq;
  private boolean owesGap;
  private long lastGap = Long.MIN_VALUE;

  /// @param clock wall clock, UTC microseconds
  Outlet(String sessionId, LongSupplier clock, Consumer<Envelope> out) {
    this.sessionId = sessionId;
    this.clock = clock;
    this.out = out;
  }

  void send(ScreenMessage data) {
    out.accept(new Envelope(++seq, clock.getAsLong(), sessionId, data));
  }

  /// Something was not sent; the gap that says so comes with the next [#leaveGap] that is due.
  void owe() {
    owesGap = true;
  }

  /// Leaves out a number if one is owed and due; the next message shows it.
  boolean leaveGap() {
    long now = clock.getAsLong();
    if (!owesGap || (lastGap != Long.MIN_VALUE && now >= lastGap && now - lastGap < SECOND)) {
      return false;
    }
    owesGap = false;
    lastGap = now;
    seq++;
    return true;
  }

  /// Of the latest message, 0 before the first.
  long seq() {
    return seq;
  }
}
