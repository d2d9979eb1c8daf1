package sandpiper.domain.indicators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.OrderBook;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// The indicators of one session, fed with its inputs in order. Not thread-safe.
///
/// A number that cannot be computed with does no harm: at NaN, infinity or beyond 1e100 an
/// indicator stays as it is, and its outputs read NaN until the next step.
public final class IndicatorSet {
  /// So that products of three numbers stay finite.
  private static final double LARGEST = 1e100;

  private final List<Slot> ofBars = new ArrayList<>();
  private final List<Slot> ofTrades = new ArrayList<>();
  private final List<Slot> ofBooks = new ArrayList<>();
  private final List<Slot> external = new ArrayList<>();

  /// By symbol, of those that [#ofBooks] look at.
  private final Map<String, BookBuilder> books = new HashMap<>();

  private double[] values = new double[0];

  private record Slot(
      Indicator indicator,
      @Nullable Field field,
      String symbol,
      @Nullable Interval interval,
      String name,
      int offset,
      int outputs) {}

  public IndicatorSet(IndicatorLayout layout) {
    extend(layout, List.of());
  }

  /// Adds what `layout` holds beyond what is here already, warmed up with events that have been.
  ///
  /// @param layout made by [IndicatorLayout#with] of the one before
  /// @param past the latest events, oldest first, the last one that the set was updated with
  ///   included
  public void extend(IndicatorLayout layout, Iterable<? extends MarketEvent> past) {
    int known = values.length;
    int knownOfBars = ofBars.size();
    int knownOfTrades = ofTrades.size();
    int knownOfBooks = ofBooks.size();
    int knownExternal = external.size();
    var knownBooks = Set.copyOf(books.keySet());
    for (var spec : layout.specs()) {
      if (layout.offset(spec) < known) {
        continue;
      }
      var field =
          spec.field().isEmpty() || spec.isExternal()
              ? null
              : Field.of(spec.field(), spec.interval() != null);
      var slot =
          new Slot(
              IndicatorRegistry.create(spec),
              field,
              spec.symbol(),
              spec.interval(),
              spec.field(),
              layout.offset(spec),
              spec.outputs());
      if (spec.isOfBook()) {
        ofBooks.add(slot);
        books.computeIfAbsent(spec.symbol(), BookBuilder::new);
      } else if (spec.isExternal()) {
        external.add(slot);
      } else {
        (spec.interval() == null ? ofTrades : ofBars).add(slot);
      }
    }
    values = Arrays.copyOf(values, layout.size());
    Arrays.fill(values, known, values.length, Double.NaN);
    for (var event : past) {
      if (event instanceof BookEvent change) {
        // A book that was looked at before is where it is already.
        if (!knownBooks.contains(change.symbol())) {
          onBook(change, knownOfBooks);
        }
      } else {
        update(event, knownOfBars, knownOfTrades, knownExternal);
      }
    }
    for (int i = knownOfBooks; i < ofBooks.size(); i++) {
      var slot = ofBooks.get(i);
      var book = books.get(slot.symbol);
      if (book != null && book.isValid() && knownBooks.contains(slot.symbol)) {
        step(slot, book);
      }
    }
  }

  /// @return whether any value may have changed
  public boolean update(MarketEvent event) {
    return update(event, 0, 0, 0);
  }

  /// The values by [IndicatorLayout]; the same array until the set is extended, so copy to keep.
  public double[] values() {
    return values;
  }

  private boolean update(MarketEvent event, int fromOfBars, int fromOfTrades, int fromExternal) {
    return switch (event) {
      case BarClosed closed -> onBar(closed.bar(), fromOfBars);
      case Trade trade -> fromOfTrades < ofTrades.size() && onTrade(trade, fromOfTrades);
      case BookEvent change -> !ofBooks.isEmpty() && onBook(change, 0);
      case ExternalValue value -> onValue(value, fromExternal);
      case Bar _, Quote _, VenueReport _ -> false;
    };
  }

  private boolean onValue(ExternalValue value, int from) {
    boolean changed = false;
    for (int i = from; i < external.size(); i++) {
      var slot = external.get(i);
      if (slot.indicator instanceof Indicator.OfSeries series
          && value.symbol().equals(slot.symbol)
          && value.name().equals(slot.name)) {
        publish(slot, step(series, value.value()));
        changed = true;
      }
    }
    return changed;
  }

  private boolean onBar(Bar bar, int from) {
    boolean changed = false;
    for (int i = from; i < ofBars.size(); i++) {
      var slot = ofBars.get(i);
      if (bar.interval().equals(slot.interval) && bar.symbol().equals(slot.symbol)) {
        boolean stepped =
            switch (slot.indicator) {
              case Indicator.OfSeries series when slot.field != null ->
                  step(series, slot.field.of(bar));
              case Indicator.OfBars bars -> step(bars, bar);
              case Indicator.OfSeries series ->
                  throw new IllegalStateException("no field for " + series);
              case Indicator.OfBooks books -> throw new IllegalStateException("of bars: " + books);
            };
        publish(slot, stepped);
        changed = true;
      }
    }
    return changed;
  }

  private boolean onTrade(Trade trade, int from) {
    boolean changed = false;
    for (int i = from; i < ofTrades.size(); i++) {
      var slot = ofTrades.get(i);
      if (slot.field != null
          && slot.indicator instanceof Indicator.OfSeries series
          && trade.symbol().equals(slot.symbol)) {
        publish(slot, step(series, slot.field.of(trade)));
        changed = true;
      }
    }
    return changed;
  }

  /// A book that cannot be relied on, or a change that it holds already, is no step.
  private boolean onBook(BookEvent change, int from) {
    var book = books.get(change.symbol());
    if (book == null || !book.apply(change)) {
      return false;
    }
    boolean changed = false;
    for (int i = from; i < ofBooks.size(); i++) {
      if (ofBooks.get(i).symbol.equals(change.symbol())) {
        step(ofBooks.get(i), book);
        changed = true;
      }
    }
    return changed;
  }

  private void step(Slot slot, OrderBook book) {
    if (slot.indicator instanceof Indicator.OfBooks indicator) {
      indicator.update(book);
      publish(slot, true);
    }
  }

  private static boolean step(Indicator.OfSeries indicator, double x) {
    boolean usable = Math.abs(x) <= LARGEST;
    if (usable) {
      indicator.update(x);
    }
    return usable;
  }

  private static boolean step(Indicator.OfBars indicator, Bar bar) {
    boolean usable = bar.high() <= LARGEST && bar.volume() <= LARGEST && bar.low() >= 1 / LARGEST;
    if (usable) {
      indicator.update(bar);
    }
    return usable;
  }

  private void publish(Slot slot, boolean stepped) {
    for (int output = 0; output < slot.outputs; output++) {
      values[slot.offset + output] = stepped ? slot.indicator.value(output) : Double.NaN;
    }
  }
}
