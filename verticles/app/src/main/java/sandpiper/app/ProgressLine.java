package sandpiper.app;

import java.io.PrintWriter;
import java.util.function.DoubleSupplier;

/// One line on a terminal that says how far the work is and when it will be done.
final class ProgressLine implements AutoCloseable {
  private static final long EVERY_NANOS = 200_000_000L;

  private final PrintWriter out;
  private final DoubleSupplier share;
  private final long begun = System.nanoTime();
  private long shown = begun;
  private boolean any;

  /// @param share of the work that is done, from 0 to 1
  ProgressLine(PrintWriter out, DoubleSupplier share) {
    this.out = out;
    this.share = share;
  }

  @SuppressWarnings("SystemConsoleNull") // NullAway wants what Error Prone finds superfluous
  static boolean wanted() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// @param clock of the session, UTC microseconds
  void update(long clock) {
    long now = System.nanoTime();
    double done = share.getAsDouble();
    if (now - shown < EVERY_NANOS || done <= 0) {
      return;
    }
    shown = now;
    any = true;
    double left = (now - begun) / 1e9 * (1 - done) / done;
    out.printf("\r%3.0f %%  %s  %.0f s left \u001b[K", done * 100, BacktestReport.iso(clock), left);
    out.flush();
  }

  @Override
  public void close() {
    if (any) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
