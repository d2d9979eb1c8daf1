package sandpiper.domain.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// The timers of one strategy instance, by the session's clock. They survive a reload.
///
/// A timer fires when the clock reaches it, before the input that moved the clock there is looked
/// at. Where the clock jumps, a repeating timer fires for each time it was due, up to
/// [#MAX_CATCH_UP] times, and goes on from the present. Not thread-safe.
public final class Timers {
  /// Timers one instance may have.
  public static final int MAX = 100;

  static final int MAX_CATCH_UP = 1_000;
  static final long NONE = Long.MAX_VALUE;

  private final List<Timer> timers = new ArrayList<>();
  private long next = NONE;

  /// @param due when it fires next, UTC microseconds
  /// @param period microseconds; 0 for one that fires once
  public record Timer(String id, long due, long period) {}

  /// A timer that is due; the clock stands at `time` while it fires.
  record Due(String id, long time) {}

  /// @param now UTC microseconds; it fires first one `period` from there
  public void every(String id, Interval period, long now) {
    set(new Timer(id, now + period.micros(), period.micros()));
  }

  /// @param time UTC microseconds; one that has passed fires at the next input
  public void at(String id, long time) {
    set(new Timer(id, time, 0));
  }

  /// @return whether there was one
  public boolean cancel(String id) {
    boolean removed = timers.removeIf(timer -> timer.id.equals(id));
    findNext();
    return removed;
  }

  public List<String> ids() {
    return timers.stream().map(Timer::id).toList();
  }

  /// All of them, in the order in which they were set.
  List<Timer> all() {
    return List.copyOf(timers);
  }

  /// Goes on with what [#all] gave.
  void resume(List<Timer> saved) {
    timers.clear();
    timers.addAll(saved);
    findNext();
  }

  /// UTC microseconds of the one that is due first; [#NONE] when there is none.
  long next() {
    return next;
  }

  /// Takes the first that is due at `now`, in the order of their times; null when none is.
  @Nullable Due take(long now) {
    if (next > now) {
      return null;
    }
    for (int i = 0; i < timers.size(); i++) {
      var timer = timers.get(i);
      if (timer.due == next) {
        if (timer.period == 0) {
          timers.remove(i);
        } else {
          long behind = (now - timer.due) / timer.period;
          long skipped = Math.max(0, behind - MAX_CATCH_UP);
          timers.set(
              i, new Timer(timer.id, timer.due + (skipped + 1) * timer.period, timer.period));
        }
        findNext();
        return new Due(timer.id, timer.due);
      }
    }
    throw new IllegalStateException("no timer is due at " + next);
  }

  private void set(Timer timer) {
    timers.removeIf(each -> each.id.equals(timer.id));
    if (timers.size() == MAX) {
      throw new IllegalArgumentException("a strategy has at most " + MAX + " timers");
    }
    timers.add(timer);
    findNext();
  }

  private void findNext() {
    next = NONE;
    for (var timer : timers) {
      next = Math.min(next, timer.due);
    }
  }
}
