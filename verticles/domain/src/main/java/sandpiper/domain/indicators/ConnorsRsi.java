package sandpiper.domain.indicators;

/// Connors RSI: the mean of the RSI of the value, the RSI of its streak (how many steps in a row it
/// has risen, or fallen, below zero), and the percentage of the last `rank` changes that were
/// smaller than this one.
///
/// Looks at the last `rank` changes at every step.
///
/// Source: Larry Connors, An Introduction to ConnorsRSI (2012).
final class ConnorsRsi implements Indicator.OfSeries {
  private final Rsi strength;
  private final Rsi streakStrength;
  private final Recent changes;
  private final Change change = new Change(1, true);
  private double last = Double.NaN;
  private double streak;
  private double rank = Double.NaN;

  ConnorsRsi(int period, int streakPeriod, int rankPeriod) {
    strength = new Rsi(Rsi.Kind.RSI, period);
    streakStrength = new Rsi(Rsi.Kind.RSI, streakPeriod);
    changes = new Recent(rankPeriod);
  }

  @Override
  public void update(double x) {
    if (x > last) {
      streak = Math.max(streak, 0) + 1;
    } else if (x < last) {
      streak = Math.min(streak, 0) - 1;
    } else {
      streak = 0;
    }
    last = x;
    strength.update(x);
    streakStrength.update(streak);
    double now = change.next(x);
    if (Double.isNaN(now)) {
      return;
    }
    if (changes.full()) {
      int smaller = 0;
      for (double each : changes.numbers()) {
        smaller += each < now ? 1 : 0;
      }
      rank = 100.0 * smaller / changes.numbers().length;
    }
    changes.add(now);
  }

  @Override
  public double value(int output) {
    return (strength.value(0) + streakStrength.value(0) + rank) / 3;
  }

  @Override
  public void state(Snapshot snapshot) {
    strength.state(snapshot);
    streakStrength.state(snapshot);
    changes.state(snapshot);
    change.state(snapshot);
    last = snapshot.number(last);
    streak = snapshot.number(streak);
    rank = snapshot.number(rank);
  }
}
