package sandpiper.gateway.screen;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarBuilder;
import sandpiper.domain.market.Trade;
import sandpiper.gateway.screen.ScreenMessage.Candle;
import sandpiper.gateway.screen.ScreenMessage.IndicatorReading;

/// Candles and indicators of one stream of bars: the closed ones and the one that is forming.
///
/// A closed bar and its indicators go out together or not at all.
final class StreamScreen {
  static final int CANDLES = 5_000;

  private static final long FORMING_EVERY = 100_000;
  private static final int MESSAGES_A_SECOND = 200;

  private final StreamKey key;
  private final Outlet outlet;
  private final Ring<Closed> closed = new Ring<>(CANDLES - 1);
  private final Conflated<Bar> forming;
  private final Budget budget;
  private final BarBuilder builder;
  private @Nullable Bar latest;
  private List<Plot> plots = List.of();

  @SuppressWarnings("ArrayRecordComponent") // nobody writes to it
  private record Closed(Bar bar, double[] values) {}

  StreamScreen(StreamKey key, LongSupplier clock, Outlet outlet) {
    this.key = key;
    this.outlet = outlet;
    builder = new BarBuilder(key.symbol(), key.interval());
    budget = new Budget(MESSAGES_A_SECOND, clock);
    forming = new Conflated<>(FORMING_EVERY, clock, bar -> outlet.send(Candle.of(bar, false)));
  }

  StreamKey key() {
    return key;
  }

  void plot(List<Plot> plots) {
    this.plots = plots;
  }

  void onTrade(Trade trade) {
    if (trade.symbol().equals(key.symbol())) {
      forget(trade.time());
      builder.add(trade);
      form();
    }
  }

  /// A bar of the source, which may be as long as those of this stream; then its closing follows.
  void onSourceBar(Bar bar) {
    if (bar.symbol().equals(key.symbol()) && key.interval().isMultipleOf(bar.interval())) {
      forget(bar.openTime());
      builder.add(bar);
      if (bar.closeTime() < builder.closesAt()) {
        form();
      }
    }
  }

  /// @param values of all indicators of the session as of now
  void onClosed(Bar bar, double[] values) {
    forget(bar.closeTime());
    closed.add(new Closed(bar, values));
    if (!budget.take(1 + plots.size())) {
      outlet.owe();
      return;
    }
    outlet.send(Candle.of(bar, true));
    for (var plot : plots) {
      outlet.send(plot.at(bar, values));
    }
  }

  void flush() {
    forming.flush();
  }

  void snapshot(List<Candle> candles, List<IndicatorReading> indicators) {
    for (var each : closed.values()) {
      candles.add(Candle.of(each.bar(), true));
      for (var plot : plots) {
        indicators.add(plot.at(each.bar(), each.values()));
      }
    }
    if (latest != null) {
      candles.add(Candle.of(latest, false));
    }
  }

  /// Lets go of the forming bar when the clock has passed its end.
  private void forget(long time) {
    if (builder.closesAt() <= time) {
      builder.close();
      forming.clear();
      latest = null;
    }
  }

  /// A builder shows its bar only by closing it; given back, the bar goes on unchanged.
  private void form() {
    var bar = builder.close();
    builder.add(bar);
    latest = bar;
    forming.offer(bar);
  }
}
