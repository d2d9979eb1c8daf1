package sandpiper.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Candles;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarBuilder;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// Bars of any data, for charts. Nothing here decides anything.
final class Drawing {
  private static final int MAX_BARS = 5_000;

  private Drawing() {}

  /// Reads the data anew; not for an event loop.
  ///
  /// @return bars of a multiple of the source's interval, of quotes those of their middle
  /// @throws DataException when the data cannot be used
  static Candles candles(DataSets dataSets, ReadCandles wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_BARS) {
      throw new IllegalArgumentException(
          "limit must be from 1 to " + MAX_BARS + ", was " + wanted.limit());
    }
    try (var data = dataSets.open(wanted.symbols(), wanted.data(), null, wanted.range())) {
      var interval = interval(wanted.interval(), data.sourceIntervals().get(wanted.symbol()));
      var builder = new BarBuilder(wanted.symbol(), interval);
      List<Bar> bars = new ArrayList<>();
      while (bars.size() < wanted.limit() && data.hasNext()) {
        var event = data.next();
        if (event.symbol().equals(wanted.symbol())) {
          add(builder, event, bars);
        }
      }
      if (bars.size() < wanted.limit() && builder.closesAt() != Long.MAX_VALUE) {
        bars.add(builder.close());
      }
      return new Candles(wanted.symbol(), interval, bars);
    }
  }

  private static Interval interval(Interval wanted, @Nullable Interval source) {
    if (source == null || wanted.isMultipleOf(source)) {
      return wanted;
    }
    long times = Math.ceilDiv(wanted.micros(), source.micros());
    return new Interval(times * source.micros());
  }

  private static void add(BarBuilder builder, MarketEvent event, List<Bar> bars) {
    var drawn =
        switch (event) {
          case Trade trade -> trade;
          case Quote quote ->
              new Trade(quote.symbol(), quote.time(), (quote.bid() + quote.ask()) / 2, 0);
          case Bar _, BarClosed _, BookEvent _, ExternalValue _, VenueReport _ -> null;
        };
    if (drawn == null && !(event instanceof Bar)) {
      return;
    }
    if (builder.closesAt() <= event.beginTime()) {
      bars.add(builder.close());
    }
    if (event instanceof Bar bar) {
      builder.add(bar);
    } else {
      builder.add(Objects.requireNonNull(drawn));
    }
  }
}
