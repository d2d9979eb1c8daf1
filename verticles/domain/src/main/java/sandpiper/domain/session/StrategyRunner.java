package sandpiper.domain.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;

/// One strategy instance with its context: brings inputs and order events to the right callback.
final class StrategyRunner implements AutoCloseable {
  private final StrategyContext context;
  private final Strategy strategy;
  private final Stream[] streams;
  private final boolean trades;

  @SuppressWarnings("ArrayRecordComponent") // never compared, read on the hot path
  private record Stream(StreamSpec spec, IndicatorReading[] readings) {
    boolean isOf(String symbol, @Nullable Interval interval) {
      return spec.symbol().equals(symbol)
          && (interval == null ? spec.interval() == null : interval.equals(spec.interval()));
    }
  }

  StrategyRunner(StrategyContext context, Strategy strategy) {
    this.context = context;
    this.strategy = strategy;
    streams =
        context.plan().streams().stream()
            .map(spec -> new Stream(spec, readingsOf(context, spec)))
            .toArray(Stream[]::new);
    trades = context.plan().streams().stream().anyMatch(spec -> spec.interval() == null);
  }

  void onStart() {
    strategy.onStart();
  }

  void onOrderEvents(List<OrderEvent> events) {
    for (var event : events) {
      if (event.order().strategy().equals(context.plan().instance())) {
        context.onOrderEvent(event);
        strategy.onOrder(event);
        if (event instanceof OrderFilled filled) {
          strategy.onFill(filled.fill());
        }
      }
    }
  }

  /// @param values of all indicators of the session as of this event
  void onMarket(MarketEvent event, double[] values) {
    switch (event) {
      case BarClosed closed -> onBar(closed.bar(), values);
      case Trade trade -> {
        if (trades) {
          onTrade(trade, values);
        }
      }
      default -> {
        // Quotes and the source's own bars are the venue's.
      }
    }
  }

  void onStop() {
    strategy.onStop();
  }

  @Override
  public void close() {
    strategy.close();
  }

  private void onBar(Bar bar, double[] values) {
    for (var stream : streams) {
      if (stream.isOf(bar.symbol(), bar.interval())) {
        update(stream, values);
        strategy.onBar(bar, stream.spec.name());
      }
    }
  }

  private void onTrade(Trade trade, double[] values) {
    for (var stream : streams) {
      if (stream.isOf(trade.symbol(), null)) {
        update(stream, values);
        strategy.onTrade(trade, stream.spec.name());
      }
    }
  }

  private void update(Stream stream, double[] values) {
    for (var reading : stream.readings) {
      reading.update(values);
    }
    context.onIndicators();
  }

  private static IndicatorReading[] readingsOf(StrategyContext context, StreamSpec stream) {
    return context.readings().stream()
        .filter(reading -> {
          var spec = reading.indicator().spec();
          return new StreamSpec(stream.name(), spec.symbol(), spec.interval()).equals(stream);
        })
        .toArray(IndicatorReading[]::new);
  }
}
