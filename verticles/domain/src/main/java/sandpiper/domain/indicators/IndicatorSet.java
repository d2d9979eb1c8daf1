package sandpiper.domain.indicators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;

/// The indicators of one session, fed with its inputs in order. Not thread-safe.
public final class IndicatorSet {
  private final List<Slot> ofBars = new ArrayList<>();
  private final List<Slot> ofTrades = new ArrayList<>();
  private final double[] values;

  private record Slot(
      Indicator indicator,
      @Nullable Field field,
      String symbol,
      @Nullable Interval interval,
      int offset,
      int outputs) {}

  public IndicatorSet(IndicatorLayout layout) {
    for (var spec : layout.specs()) {
      var field = spec.field().isEmpty() ? null : Field.of(spec.field(), spec.interval() != null);
      var slot =
          new Slot(
              IndicatorRegistry.create(spec),
              field,
              spec.symbol(),
              spec.interval(),
              layout.offset(spec),
              spec.outputs());
      (spec.interval() == null ? ofTrades : ofBars).add(slot);
    }
    values = new double[layout.size()];
    Arrays.fill(values, Double.NaN);
  }

  /// @return whether any value may have changed
  public boolean update(MarketEvent event) {
    return switch (event) {
      case BarClosed closed -> onBar(closed.bar());
      case Trade trade -> !ofTrades.isEmpty() && onTrade(trade);
      default -> false;
    };
  }

  /// The values by [IndicatorLayout]; the same array for the life of the set, so copy to keep.
  public double[] values() {
    return values;
  }

  private boolean onBar(Bar bar) {
    boolean changed = false;
    for (int i = 0; i < ofBars.size(); i++) {
      var slot = ofBars.get(i);
      if (bar.interval().equals(slot.interval) && bar.symbol().equals(slot.symbol)) {
        switch (slot.indicator) {
          case Indicator.OfSeries series when slot.field != null ->
              series.update(slot.field.of(bar));
          case Indicator.OfBars bars -> bars.update(bar);
          case Indicator.OfSeries series ->
              throw new IllegalStateException("no field for " + series);
        }
        publish(slot);
        changed = true;
      }
    }
    return changed;
  }

  private boolean onTrade(Trade trade) {
    boolean changed = false;
    for (int i = 0; i < ofTrades.size(); i++) {
      var slot = ofTrades.get(i);
      if (slot.field != null
          && slot.indicator instanceof Indicator.OfSeries series
          && trade.symbol().equals(slot.symbol)) {
        series.update(slot.field.of(trade));
        publish(slot);
        changed = true;
      }
    }
    return changed;
  }

  private void publish(Slot slot) {
    for (int output = 0; output < slot.outputs; output++) {
      values[slot.offset + output] = slot.indicator.value(output);
    }
  }
}
