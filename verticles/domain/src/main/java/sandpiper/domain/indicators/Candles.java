package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// The latest four candles and what is usual for each, measured over the candles before it.
///
/// Long, short and narrow are relative words: a body is compared with the mean body of 10 candles,
/// a doji and a missing shadow with a tenth of their mean range, near and far with a fifth and
/// three fifths of the mean range of 5. These are the standard settings of TA-Lib.
final class Candles {
  private static final int KEPT = 4;

  private final RollingSum bodies = new RollingSum(10);
  private final RollingSum ranges = new RollingSum(10);
  private final RollingSum latestRanges = new RollingSum(5);
  private final double[] opens = new double[KEPT];
  private final double[] highs = new double[KEPT];
  private final double[] lows = new double[KEPT];
  private final double[] closes = new double[KEPT];
  private final double[] usualBodies = new double[KEPT];
  private final double[] usualRanges = new double[KEPT];
  private final double[] usualLatestRanges = new double[KEPT];
  private int latest;

  void add(Bar bar) {
    latest = (latest + 1) % KEPT;
    opens[latest] = bar.open();
    highs[latest] = bar.high();
    lows[latest] = bar.low();
    closes[latest] = bar.close();
    usualBodies[latest] = bodies.mean();
    usualRanges[latest] = ranges.mean();
    usualLatestRanges[latest] = latestRanges.mean();
    bodies.add(body(0));
    ranges.add(bar.high() - bar.low());
    latestRanges.add(bar.high() - bar.low());
  }

  private double at(double[] ring, int ago) {
    return ring[(latest - ago + KEPT) % KEPT];
  }

  double open(int ago) {
    return at(opens, ago);
  }

  double high(int ago) {
    return at(highs, ago);
  }

  double low(int ago) {
    return at(lows, ago);
  }

  double close(int ago) {
    return at(closes, ago);
  }

  boolean white(int ago) {
    return close(ago) >= open(ago);
  }

  /// 1 for a white candle, -1 for a black one.
  int colour(int ago) {
    return white(ago) ? 1 : -1;
  }

  double body(int ago) {
    return Math.abs(close(ago) - open(ago));
  }

  double bodyTop(int ago) {
    return Math.max(open(ago), close(ago));
  }

  double bodyBottom(int ago) {
    return Math.min(open(ago), close(ago));
  }

  double upperShadow(int ago) {
    return high(ago) - bodyTop(ago);
  }

  double lowerShadow(int ago) {
    return bodyBottom(ago) - low(ago);
  }

  boolean longBody(int ago) {
    return body(ago) > usualBody(ago);
  }

  double usualBody(int ago) {
    return at(usualBodies, ago);
  }

  /// At most this is the body of a doji, less than this a shadow that is hardly there.
  double narrow(int ago) {
    return 0.1 * at(usualRanges, ago);
  }

  double near(int ago) {
    return 0.2 * at(usualLatestRanges, ago);
  }

  double far(int ago) {
    return 0.6 * at(usualLatestRanges, ago);
  }

  boolean noUpperShadow(int ago) {
    return upperShadow(ago) < narrow(ago);
  }

  boolean noLowerShadow(int ago) {
    return lowerShadow(ago) < narrow(ago);
  }

  /// Whether the body lies above that of the candle before.
  boolean gapUp(int ago) {
    return bodyBottom(ago) > bodyTop(ago + 1);
  }

  /// Whether the body lies below that of the candle before.
  boolean gapDown(int ago) {
    return bodyTop(ago) < bodyBottom(ago + 1);
  }

  /// Whether the body lies within that of the candle before.
  boolean inside(int ago) {
    return bodyTop(ago) < bodyTop(ago + 1) && bodyBottom(ago) > bodyBottom(ago + 1);
  }

  /// Whether the body covers that of the candle before, which has the other colour.
  boolean engulfs(int ago) {
    return white(ago) != white(ago + 1)
        && bodyTop(ago) > bodyTop(ago + 1)
        && bodyBottom(ago) < bodyBottom(ago + 1);
  }

  void state(Snapshot snapshot) {
    bodies.state(snapshot);
    ranges.state(snapshot);
    latestRanges.state(snapshot);
    snapshot.numbers(opens);
    snapshot.numbers(highs);
    snapshot.numbers(lows);
    snapshot.numbers(closes);
    snapshot.numbers(usualBodies);
    snapshot.numbers(usualRanges);
    snapshot.numbers(usualLatestRanges);
    latest = snapshot.whole(latest);
  }
}
