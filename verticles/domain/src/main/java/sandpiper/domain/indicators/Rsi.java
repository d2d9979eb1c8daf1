package sandpiper.domain.indicators;

/// How much of the recent movement was upward, by Wilder's smoothing.
///
/// First value after `period` changes, from their plain means. O(1) a step. Without any movement
/// there is nothing to divide: 0, as in TA-Lib.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978); Tushar Chande, The
/// New Technical Trader (1994). Agrees with TA-Lib.
final class Rsi implements Indicator.OfSeries {
  /// On which scale.
  enum Kind {
    /// Relative strength index: the upward share, from 0 to 100.
    RSI,
    /// Chande momentum oscillator: upward less downward share, from -100 to 100.
    CMO
  }

  private final Kind kind;
  private final Rma gain;
  private final Rma loss;
  private double last = Double.NaN;

  Rsi(Kind kind, int period) {
    this.kind = kind;
    gain = new Rma(period);
    loss = new Rma(period);
  }

  @Override
  public void update(double x) {
    double change = x - last;
    last = x;
    if (!Double.isNaN(change)) {
      gain.update(Math.max(change, 0));
      loss.update(Math.max(-change, 0));
    }
  }

  @Override
  public double value(int output) {
    double up = gain.value(0);
    double down = loss.value(0);
    if (up + down == 0) {
      return 0;
    }
    return 100 * ((kind == Kind.RSI ? up : up - down) / (up + down));
  }

  @Override
  public void state(Snapshot snapshot) {
    gain.state(snapshot);
    loss.state(snapshot);
    last = snapshot.number(last);
  }
}
