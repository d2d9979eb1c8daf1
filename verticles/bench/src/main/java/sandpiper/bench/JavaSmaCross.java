package sandpiper.bench;

import java.util.Map;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Bar;
import sandpiper.domain.session.IndicatorReading;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;

/// `strategies-js/sma-cross.js` in Java, for comparison.
final class JavaSmaCross implements Strategy {
  private static final double DEAD_BAND = 1e-6;

  private final StrategyContext context;
  private final IndicatorReading fast;
  private final IndicatorReading slow;
  private final String symbol;

  JavaSmaCross(StrategyContext context) {
    this.context = context;
    fast = context.reading("fast");
    slow = context.reading("slow");
    symbol = context.mainSymbol();
  }

  @Override
  public void onBar(Bar bar, int stream) {
    if (!context.ready()) {
      return;
    }
    double distance = fast.value() - slow.value();
    var position = context.position(symbol);
    if (distance > DEAD_BAND && position == null) {
      var signal = context.signal(symbol, "long", "fast above slow", Map.of("distance", distance));
      context.place(symbol, Side.BUY, 1, null, signal);
    } else if (distance < -DEAD_BAND && position != null) {
      var signal = context.signal(symbol, "exit", "fast below slow", Map.of("distance", distance));
      context.place(symbol, Side.SELL, position.quantity().doubleValue(), null, signal);
    }
  }
}
