package sandpiper.bench;

import java.util.Map;
import sandpiper.domain.indicators.IndicatorSet;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.domain.session.SessionCycle;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.trading.OrderManager;

/// A session that has started and takes one-minute bars for as long as anybody likes, so that its
/// opening is not measured with it.
final class OpenSession implements MarketSequencer.Sink, AutoCloseable {
  static final Interval MINUTE = Interval.parse("1m");

  private final MarketSequencer sequencer;
  private final IndicatorSet indicators;
  private final SessionCycle cycle;
  private long minute;

  OpenSession(SessionSpec spec, Strategy.Factory strategies) {
    sequencer = new MarketSequencer(spec.intervals(), Map.of("BTCUSD", MINUTE), this);
    indicators = new IndicatorSet(spec.layout());
    cycle = new SessionCycle(spec, new OrderManager(spec, _ -> {}), strategies);
    cycle.start();
  }

  /// The next bar, on a wave that crosses its averages twice in 314 bars.
  void bar() {
    double price = 100 + 10 * Math.sin(minute / 50.0);
    sequencer.accept(
        new Bar("BTCUSD", MINUTE, minute * MINUTE.micros(), price, price + 1, price - 1, price, 1));
    minute++;
  }

  @Override
  public void on(long seq, long time, MarketEvent event) {
    cycle.match(seq, time, event);
    indicators.update(event);
    cycle.decide(event, indicators.values());
  }

  @Override
  public void close() {
    var suspended = cycle.suspended();
    cycle.close();
    if (!suspended.isEmpty()) {
      throw new IllegalStateException(suspended.toString());
    }
  }
}
