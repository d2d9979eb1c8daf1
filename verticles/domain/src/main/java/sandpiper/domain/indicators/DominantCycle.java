package sandpiper.domain.indicators;

/// The cycle that dominates a price, by the homodyne discriminator: how long it is, and its
/// components in phase and a quarter ahead.
///
/// The price is smoothed by a weighted average of 4 and sent through Hilbert transformers whose
/// amplitude is corrected by the period found before. O(1) a step.
///
/// Source: John Ehlers, Rocket Science for Traders (2001). Agrees with TA-Lib.
final class DominantCycle {
  private static final double SHORTEST = 6;
  private static final double LONGEST = 50;

  private final int idle;
  private final double[] prices = new double[4];
  private final Transformer detrender = new Transformer();
  private final Transformer quarter = new Transformer();
  private final Transformer aheadInPhase = new Transformer();
  private final Transformer aheadQuarter = new Transformer();
  private int steps;
  private double smooth;
  private double inPhase;
  private double quadrature;
  private double i2;
  private double q2;
  private double real;
  private double imaginary;
  private double period;
  private double smoothPeriod;

  /// @param idle steps in which only the smoothing runs
  DominantCycle(int idle) {
    this.idle = idle;
  }

  /// Of every other one of the last seven inputs; its ring keeps the inputs too.
  private static final class Transformer {
    private final double[] ring = new double[8];
    private int next;

    double next(double x, double correction) {
      ring[next] = x;
      double outer = x - ago(6);
      double inner = ago(2) - ago(4);
      next = (next + 1) & 7;
      return (0.0962 * outer + 0.5769 * inner) * correction;
    }

    double ago(int steps) {
      return ring[(next - steps) & 7];
    }

    void state(Snapshot snapshot) {
      snapshot.numbers(ring);
      next = snapshot.whole(next);
    }
  }

  void update(double x) {
    prices[steps & 3] = x;
    smooth =
        (4 * x
                + 3 * prices[(steps - 1) & 3]
                + 2 * prices[(steps - 2) & 3]
                + prices[(steps - 3) & 3])
            / 10;
    boolean running = steps >= idle;
    // The lowest two bits name the place in the ring, so counting stops at a multiple of four.
    steps = steps == 1 << 20 ? (1 << 20) - 3 : steps + 1;
    if (running) {
      measure();
    }
  }

  private void measure() {
    double correction = 0.075 * period + 0.54;
    double detrended = detrender.next(smooth, correction);
    quadrature = quarter.next(detrended, correction);
    inPhase = quarter.ago(4);
    double ahead = aheadInPhase.next(inPhase, correction);
    double behind = aheadQuarter.next(quadrature, correction);
    double newI2 = 0.2 * (inPhase - behind) + 0.8 * i2;
    double newQ2 = 0.2 * (quadrature + ahead) + 0.8 * q2;
    real = 0.2 * (newI2 * i2 + newQ2 * q2) + 0.8 * real;
    imaginary = 0.2 * (newI2 * q2 - newQ2 * i2) + 0.8 * imaginary;
    i2 = newI2;
    q2 = newQ2;
    double found =
        imaginary != 0 && real != 0 ? 360 / Math.toDegrees(Math.atan(imaginary / real)) : period;
    found = Math.max(0.67 * period, Math.min(1.5 * period, found));
    period = 0.2 * Math.clamp(found, SHORTEST, LONGEST) + 0.8 * period;
    smoothPeriod = 0.33 * period + 0.67 * smoothPeriod;
  }

  /// Steps so far; stops counting at about a million.
  int steps() {
    return steps;
  }

  /// The smoothed price.
  double smooth() {
    return smooth;
  }

  double inPhase() {
    return inPhase;
  }

  double quadrature() {
    return quadrature;
  }

  /// Length of the cycle in steps, smoothed.
  double smoothPeriod() {
    return smoothPeriod;
  }

  void state(Snapshot snapshot) {
    snapshot.numbers(prices);
    detrender.state(snapshot);
    quarter.state(snapshot);
    aheadInPhase.state(snapshot);
    aheadQuarter.state(snapshot);
    steps = snapshot.whole(steps);
    smooth = snapshot.number(smooth);
    inPhase = snapshot.number(inPhase);
    quadrature = snapshot.number(quadrature);
    i2 = snapshot.number(i2);
    q2 = snapshot.number(q2);
    real = snapshot.number(real);
    imaginary = snapshot.number(imaginary);
    period = snapshot.number(period);
    smoothPeriod = snapshot.number(smoothPeriod);
  }
}
