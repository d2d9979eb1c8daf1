package sandpiper.domain.indicators;

import java.util.function.ToDoubleFunction;
import sandpiper.domain.market.OrderBook;

/// One number read off an order book as it stands.
///
/// A value from the first valid book on; NaN while a side is empty. No state beyond the value.
final class BookMeasure implements Indicator.OfBooks {
  private final ToDoubleFunction<OrderBook> measure;
  private double value = Double.NaN;

  BookMeasure(ToDoubleFunction<OrderBook> measure) {
    this.measure = measure;
  }

  @Override
  public void update(OrderBook book) {
    value = measure.applyAsDouble(book);
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    value = snapshot.number(value);
  }
}
