package sandpiper.domain.metrics;

import java.util.function.ToDoubleFunction;

/// Figures of a series of daily returns, annualised by a number of periods a year. Returns are
/// simple; the risk-free rate is 0.
///
/// Each function takes the returns above whatever they shall be held against: take a risk-free rate
/// or a required return off before.
///
/// Sources: W. F. Sharpe, The Sharpe Ratio (1994); F. A. Sortino and L. N. Price, Performance
/// Measurement in a Downside Risk Framework (1994). Agrees with empyrical.
///
/// @param total from start to end, as a share of the start
/// @param cagr compound annual growth rate
/// @param volatility standard deviation of a year, of a sample
/// @param calmar growth rate over the deepest drawdown
/// @param omega gains over losses
/// @param downsideDeviation of a year, against 0
/// @param stability how straight the growth is: R² of the logarithm of equity over time, 0 to 1
/// @param tailRatio the 95th percentile of returns over the 5th
/// @param valueAtRisk return that 5 of 100 days stay below
/// @param positiveDays share of days that ended higher, 0 to 1
public record ReturnMetrics(
    Figure total,
    Figure cagr,
    Figure volatility,
    Figure sharpe,
    Figure sortino,
    Figure calmar,
    Figure omega,
    Figure downsideDeviation,
    Figure stability,
    Figure tailRatio,
    Figure valueAtRisk,
    Figure bestDay,
    Figure worstDay,
    Figure positiveDays) {
  static final String TOO_SHORT = "fewer than two days";
  private static final String CONSTANT = "returns never vary";
  private static final String NO_LOSS = "no losing day";

  /// What is left of a deviation of equal returns when they are worked out from an equity.
  static final double NOISE = 1e-14;

  /// @param equity at the start and at the end of each day
  /// @param periods a year
  /// @param maxDrawdown zero or below
  static ReturnMetrics of(double[] equity, double periods, double maxDrawdown) {
    for (double each : equity) {
      if (each <= 0) {
        return none("equity fell to zero or below");
      }
    }
    if (equity.length < 2) {
      return none("no day has passed");
    }
    var returns = Statistics.changes(equity);
    double growth = equity[equity.length - 1] / equity[0];
    var cagr = cagr(growth, returns.length, periods);
    return new ReturnMetrics(
        Figure.of(growth - 1),
        cagr,
        volatility(returns, periods),
        sharpe(returns, periods),
        sortino(returns, periods),
        calmar(cagr, maxDrawdown),
        omega(returns),
        downsideDeviation(returns, periods),
        stability(returns),
        tailRatio(returns),
        valueAtRisk(returns, 0.05),
        ofSeveral(returns, all -> Statistics.percentile(all, 1)),
        ofSeveral(returns, all -> Statistics.percentile(all, 0)),
        ofSeveral(returns, ReturnMetrics::positive));
  }

  /// @param reason why there is not one figure
  static ReturnMetrics none(String reason) {
    var none = Figure.none(reason);
    return new ReturnMetrics(
        none, none, none, none, none, none, none, none, none, none, none, none, none, none);
  }

  /// @param growth end over start, above zero
  /// @param count of periods from start to end
  public static Figure cagr(double growth, double count, double periods) {
    return Figure.finite(Math.pow(growth, periods / count) - 1);
  }

  public static Figure volatility(double[] returns, double periods) {
    return ofSeveral(returns, all -> Statistics.deviation(all) * Math.sqrt(periods));
  }

  public static Figure sharpe(double[] returns, double periods) {
    if (returns.length < 2) {
      return Figure.none(TOO_SHORT);
    }
    double deviation = Statistics.deviation(returns);
    return Figure.ratio(
        Statistics.mean(returns) * Math.sqrt(periods), deviation < NOISE ? 0 : deviation, CONSTANT);
  }

  /// The mean over the downside deviation, whose squares are divided by the number of all returns.
  public static Figure sortino(double[] returns, double periods) {
    return returns.length < 2
        ? Figure.none(TOO_SHORT)
        : Figure.ratio(Statistics.mean(returns) * Math.sqrt(periods), downside(returns), NO_LOSS);
  }

  public static Figure downsideDeviation(double[] returns, double periods) {
    return ofSeveral(returns, all -> downside(all) * Math.sqrt(periods));
  }

  /// @param maxDrawdown zero or below
  public static Figure calmar(Figure cagr, double maxDrawdown) {
    var growth = cagr.value();
    return growth == null ? cagr : Figure.ratio(growth, -maxDrawdown, "no drawdown");
  }

  public static Figure omega(double[] returns) {
    double gains = 0;
    double losses = 0;
    for (double each : returns) {
      gains += Math.max(each, 0);
      losses -= Math.min(each, 0);
    }
    return returns.length < 2 ? Figure.none(TOO_SHORT) : Figure.ratio(gains, losses, NO_LOSS);
  }

  public static Figure stability(double[] returns) {
    if (returns.length < 3) {
      return Figure.none("fewer than three days");
    }
    var time = new double[returns.length];
    var growth = new double[returns.length];
    double sum = 0;
    for (int i = 0; i < returns.length; i++) {
      sum += Math.log1p(returns[i]);
      time[i] = i;
      growth[i] = sum;
    }
    if (Statistics.deviation(growth) < NOISE) {
      return Figure.none("equity never changed");
    }
    double correlation = Statistics.correlation(time, growth);
    return Figure.of(correlation * correlation);
  }

  public static Figure tailRatio(double[] returns) {
    return returns.length < 2
        ? Figure.none(TOO_SHORT)
        : Figure.ratio(
            Math.abs(Statistics.percentile(returns, 0.95)),
            Math.abs(Statistics.percentile(returns, 0.05)),
            "the 5th percentile of returns is zero");
  }

  /// @param share of returns that are worse, 0 to 1
  public static Figure valueAtRisk(double[] returns, double share) {
    return ofSeveral(returns, all -> Statistics.percentile(all, share));
  }

  private static double downside(double[] returns) {
    double squares = 0;
    for (double each : returns) {
      squares += Math.min(each, 0) * Math.min(each, 0);
    }
    return Math.sqrt(squares / returns.length);
  }

  private static double positive(double[] returns) {
    int count = 0;
    for (double each : returns) {
      if (each > 0) {
        count++;
      }
    }
    return (double) count / returns.length;
  }

  private static Figure ofSeveral(double[] returns, ToDoubleFunction<double[]> figure) {
    return returns.length < 2
        ? Figure.none(TOO_SHORT)
        : Figure.finite(figure.applyAsDouble(returns));
  }
}
