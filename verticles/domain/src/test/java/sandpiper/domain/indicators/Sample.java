package sandpiper.domain.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;

/// Bars to compute indicators of, and their columns.
record Sample(List<Bar> bars) {
  static final Interval HOUR = Interval.parse("1h");

  /// A seeded walk of prices in steps of a tick, so that equal prices and bars without a body, a
  /// range or volume come up.
  static Sample walk(long seed, int length) {
    var random = new Random(seed);
    var bars = new ArrayList<Bar>(length);
    double close = 100;
    for (int i = 0; i < length; i++) {
      double open = random.nextInt(3) == 0 ? tick(close + random.nextGaussian()) : close;
      close = tick(Math.max(20, open * Math.exp(0.02 * random.nextGaussian())));
      double reach = random.nextInt(5) == 0 ? 0 : 2 * random.nextDouble();
      double high = tick(Math.max(open, close) + reach * random.nextDouble());
      double low = tick(Math.min(open, close) - reach * random.nextDouble());
      double volume = random.nextInt(20) == 0 ? 0 : Math.floor(1_000 * random.nextDouble());
      bars.add(bar(i, open, high, low, close, volume));
    }
    return new Sample(bars);
  }

  private static double tick(double price) {
    return Math.max(0.25, Math.rint(price * 4) / 4);
  }

  static Bar bar(int i, double open, double high, double low, double close, double volume) {
    return new Bar("A", HOUR, i * HOUR.micros(), open, high, low, close, volume);
  }

  /// All prices times `factor`.
  Sample times(double factor) {
    return new Sample(
        bars.stream()
            .map(b ->
                new Bar(
                    b.symbol(),
                    b.interval(),
                    b.openTime(),
                    b.open() * factor,
                    b.high() * factor,
                    b.low() * factor,
                    b.close() * factor,
                    b.volume()))
            .toList());
  }

  int size() {
    return bars.size();
  }

  double[] column(Field field) {
    return bars.stream().mapToDouble(field::of).toArray();
  }

  /// The values of an indicator after each bar, by output; a series is computed of the closes.
  double[][] values(String use, Map<String, Double> parameters) {
    var definition = IndicatorRegistry.definition(use);
    return values(create(use, parameters), definition.outputs().size());
  }

  double[][] values(Indicator indicator, int outputs) {
    var values = new double[outputs][size()];
    for (int i = 0; i < size(); i++) {
      step(indicator, bars.get(i));
      for (int output = 0; output < outputs; output++) {
        values[output][i] = indicator.value(output);
      }
    }
    return values;
  }

  static Indicator create(String use, Map<String, Double> parameters) {
    var complete = IndicatorRegistry.parameters(use, parameters);
    return IndicatorRegistry.definition(use)
        .factory()
        .create(new IndicatorDefinition.Arguments(complete));
  }

  static void step(Indicator indicator, Bar bar) {
    switch (indicator) {
      case Indicator.OfSeries series -> series.update(bar.close());
      case Indicator.OfBars bars -> bars.update(bar);
      case Indicator.OfBooks books -> throw new IllegalArgumentException("of bars: " + books);
    }
  }
}
