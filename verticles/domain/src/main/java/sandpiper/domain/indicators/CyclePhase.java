package sandpiper.domain.indicators;

/// Where a price stands in its dominant cycle. First values after 64 steps. Looks at one cycle, at
/// most 50 steps, at every step.
///
/// Source: John Ehlers, Rocket Science for Traders (2001). Agrees with TA-Lib.
final class CyclePhase implements Indicator.OfSeries {
  static final int WARM_UP = 64;

  /// What to tell of it.
  enum Kind {
    /// In degrees, from -45 to 315.
    PHASE,
    /// Outputs: `sine` of the phase, `lead`, 45 degrees ahead.
    SINE,
    /// The price without its cycle.
    TRENDLINE,
    /// 1 while the price goes its own way, 0 while it cycles.
    TREND_MODE
  }

  private static final int IDLE = 37;
  private static final int LONGEST = 50;
  private static final double[][] SINES = table(0);
  private static final double[][] COSINES = table(Math.PI / 2);

  private final Kind kind;
  private final DominantCycle cycle = new DominantCycle(IDLE);
  private final Recent smooths = new Recent(LONGEST);
  private final Recent prices = new Recent(LONGEST);
  private final double[] lines = new double[3];
  private double phase;
  private double sine;
  private double lead;
  private double trendline;
  private int daysInTrend;
  private boolean trend;

  CyclePhase(Kind kind) {
    this.kind = kind;
  }

  /// Sines of the angles of each whole period, from one step to a full turn.
  private static double[][] table(double shift) {
    var table = new double[LONGEST + 1][];
    for (int period = 0; period <= LONGEST; period++) {
      table[period] = new double[period];
      for (int step = 0; step < period; step++) {
        table[period][step] = Math.sin(step * 2 * Math.PI / period + shift);
      }
    }
    return table;
  }

  @Override
  public void update(double x) {
    cycle.update(x);
    prices.add(x);
    if (cycle.steps() <= IDLE) {
      return;
    }
    smooths.add(cycle.smooth());
    int period = (int) (cycle.smoothPeriod() + 0.5);
    if (kind != Kind.TRENDLINE) {
      double before = phase;
      phase = phase(period);
      if (kind != Kind.PHASE) {
        double sineBefore = sine;
        double leadBefore = lead;
        sine = Math.sin(Math.toRadians(phase));
        lead = Math.sin(Math.toRadians(phase + 45));
        if (kind == Kind.TREND_MODE) {
          followTrend(period);
          boolean crossed =
              (sine > lead && sineBefore <= leadBefore)
                  || (sine < lead && sineBefore >= leadBefore);
          trend = isTrend(crossed, phase - before);
        }
      }
    } else {
      followTrend(period);
    }
  }

  private double phase(int period) {
    double real = 0;
    double imaginary = 0;
    for (int ago = 0; ago < period; ago++) {
      double smooth = smooths.ago(ago);
      real += SINES[period][ago] * smooth;
      imaginary += COSINES[period][ago] * smooth;
    }
    double angle = phase;
    if (imaginary != 0) {
      angle = Math.toDegrees(Math.atan(real / imaginary));
    } else if (real != 0) {
      angle += real < 0 ? -90 : 90;
    }
    angle += 90 + 360 / cycle.smoothPeriod();
    if (imaginary < 0) {
      angle += 180;
    }
    return angle > 315 ? angle - 360 : angle;
  }

  private void followTrend(int period) {
    double sum = 0;
    for (int ago = 0; ago < period; ago++) {
      sum += prices.ago(ago);
    }
    double mean = period == 0 ? 0 : sum / period;
    trendline = (4 * mean + 3 * lines[0] + 2 * lines[1] + lines[2]) / 10;
    lines[2] = lines[1];
    lines[1] = lines[0];
    lines[0] = mean;
  }

  private boolean isTrend(boolean crossed, double turn) {
    daysInTrend = crossed ? 1 : daysInTrend + 1;
    double period = cycle.smoothPeriod();
    boolean trending = !crossed && daysInTrend >= 0.5 * period;
    double expected = 360 / period;
    if (turn > 0.67 * expected && turn < 1.5 * expected) {
      trending = false;
    }
    return trending
        || (trendline != 0 && Math.abs((cycle.smooth() - trendline) / trendline) >= 0.015);
  }

  @Override
  public double value(int output) {
    if (cycle.steps() < WARM_UP) {
      return Double.NaN;
    }
    return switch (kind) {
      case PHASE -> phase;
      case SINE -> output == 0 ? sine : lead;
      case TRENDLINE -> trendline;
      case TREND_MODE -> trend ? 1 : 0;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    cycle.state(snapshot);
    smooths.state(snapshot);
    prices.state(snapshot);
    snapshot.numbers(lines);
    phase = snapshot.number(phase);
    sine = snapshot.number(sine);
    lead = snapshot.number(lead);
    trendline = snapshot.number(trendline);
    daysInTrend = snapshot.whole(daysInTrend);
    trend = snapshot.flag(trend);
  }
}
