package sandpiper.domain.metrics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// The session beside the same budget that buys the first instrument at its first price and holds
/// it to the last, without fees. Worked out from daily returns.
///
/// @param symbol of the instrument that is held
/// @param total of the benchmark, as a share of its start
/// @param cagr of the benchmark
/// @param volatility of the benchmark
/// @param sharpe of the benchmark
/// @param maxDrawdown of the benchmark, zero or below
/// @param excessReturn total return of the session less that of the benchmark
/// @param alpha of a year: mean return less beta times the benchmark's, times the periods
/// @param beta covariance with the benchmark over its variance
/// @param correlation -1 to 1
/// @param informationRatio mean over deviation of the daily returns above the benchmark's,
///   annualised
public record BenchmarkComparison(
    String symbol,
    Figure total,
    Figure cagr,
    Figure volatility,
    Figure sharpe,
    Figure maxDrawdown,
    Figure excessReturn,
    Figure alpha,
    Figure beta,
    Figure correlation,
    Figure informationRatio) {

  /// @param points the starting point and the end of each day
  static BenchmarkComparison of(String symbol, List<EquityPoint> points, double periods) {
    var benchmark = new double[points.size()];
    var equity = new double[points.size()];
    var worth = new ArrayList<EquityPoint>();
    for (int i = 0; i < benchmark.length; i++) {
      var point = points.get(i);
      var held = point.benchmark();
      if (held == null) {
        return none(symbol, symbol + " had no price");
      }
      benchmark[i] = held;
      equity[i] = point.equity().doubleValue();
      worth.add(new EquityPoint(point.time(), BigDecimal.valueOf(held), held));
    }
    var drawdowns = DrawdownMetrics.of(worth);
    var own = ReturnMetrics.of(equity, periods, 0);
    var its = ReturnMetrics.of(benchmark, periods, drawdowns.max());
    var mine = own.total().value();
    var theirs = its.total().value();
    if (mine == null || theirs == null) {
      return none(symbol, String.valueOf(own.total().reason()));
    }
    var returns = Statistics.changes(equity);
    var held = Statistics.changes(benchmark);
    return new BenchmarkComparison(
        symbol,
        its.total(),
        its.cagr(),
        its.volatility(),
        its.sharpe(),
        Figure.of(drawdowns.max()),
        Figure.of(mine - theirs),
        alpha(returns, held, periods),
        beta(returns, held),
        correlation(returns, held),
        informationRatio(returns, held, periods));
  }

  public static Figure beta(double[] returns, double[] benchmark) {
    return varying(
        benchmark,
        "the benchmark never varies",
        () -> {
          double variance = Statistics.covariance(benchmark, benchmark);
          return Statistics.covariance(returns, benchmark) / variance;
        });
  }

  public static Figure alpha(double[] returns, double[] benchmark, double periods) {
    var beta = beta(returns, benchmark).value();
    return beta == null
        ? beta(returns, benchmark)
        : Figure.finite((Statistics.mean(returns) - beta * Statistics.mean(benchmark)) * periods);
  }

  public static Figure correlation(double[] returns, double[] benchmark) {
    var constant = varying(returns, "returns never vary", () -> 0);
    return constant.value() == null
        ? constant
        : varying(
            benchmark,
            "the benchmark never varies",
            () -> Statistics.correlation(returns, benchmark));
  }

  public static Figure informationRatio(double[] returns, double[] benchmark, double periods) {
    var active = new double[returns.length];
    for (int i = 0; i < active.length; i++) {
      active[i] = returns[i] - benchmark[i];
    }
    return ReturnMetrics.sharpe(active, periods);
  }

  private static Figure varying(double[] values, String constant, DoubleSupplier figure) {
    if (values.length < 2) {
      return Figure.none(ReturnMetrics.TOO_SHORT);
    }
    return Statistics.deviation(values) < ReturnMetrics.NOISE
        ? Figure.none(constant)
        : Figure.finite(figure.getAsDouble());
  }

  private static BenchmarkComparison none(String symbol, String reason) {
    var none = Figure.none(reason);
    return new BenchmarkComparison(
        symbol, none, none, none, none, none, none, none, none, none, none);
  }
}
