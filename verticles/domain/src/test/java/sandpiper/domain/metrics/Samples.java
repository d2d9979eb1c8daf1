package sandpiper.domain.metrics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Trades and points as tests need them.
final class Samples {
  static final long DAY = 86_400_000_000L;

  private Samples() {}

  /// Of trades with these profits after fees, a day each, over a session of 100 days.
  static TradeMetrics metrics(List<BigDecimal> profits) {
    var tally = new TradeTally();
    for (var profit : profits) {
      tally.add(profit, BigDecimal.ONE, DAY, new BigDecimal("-2"), new BigDecimal("3"));
    }
    return tally.metrics(0, 100 * DAY, 1000);
  }

  static TradeMetrics metrics(int... profits) {
    return metrics(Arrays.stream(profits).mapToObj(BigDecimal::valueOf).toList());
  }

  /// A day apart, from 1970 on.
  static List<EquityPoint> points(double... equity) {
    return IntStream.range(0, equity.length)
        .mapToObj(i -> new EquityPoint(i * DAY, BigDecimal.valueOf(equity[i]), null))
        .toList();
  }

  /// The equity of 1 that has these returns.
  static double[] equity(double... returns) {
    var equity = new double[returns.length + 1];
    equity[0] = 1;
    for (int i = 0; i < returns.length; i++) {
      equity[i + 1] = equity[i] * (1 + returns[i]);
    }
    return equity;
  }
}
