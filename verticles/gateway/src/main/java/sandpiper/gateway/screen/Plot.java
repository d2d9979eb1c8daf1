package sandpiper.gateway.screen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.market.Bar;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.gateway.screen.ScreenMessage.IndicatorReading;

/// The indicators of one strategy over one stream of bars, as lines of a chart.
///
/// @param lines what to read where
record Plot(String strategy, List<Line> lines) {
  /// @param offset of its first output in the session's values
  record Line(String name, List<String> outputs, int offset) {}

  /// Null when the strategy has none on that stream.
  static @Nullable Plot of(StrategyPlan plan, IndicatorLayout layout, StreamKey key) {
    var lines =
        plan.indicators().stream()
            .filter(indicator -> isOn(indicator, key))
            .map(indicator ->
                new Line(indicator.name(), indicator.outputs(), layout.offset(indicator.spec())))
            .toList();
    return lines.isEmpty() ? null : new Plot(plan.instance(), lines);
  }

  private static boolean isOn(NamedIndicator indicator, StreamKey key) {
    return indicator.spec().symbol().equals(key.symbol())
        && key.interval().equals(indicator.spec().interval());
  }

  /// @param values of all indicators of the session as of the close of `bar`
  IndicatorReading at(Bar bar, double[] values) {
    var byName = new LinkedHashMap<String, Map<String, Double>>();
    for (var line : lines) {
      var byOutput = new LinkedHashMap<String, Double>();
      for (int i = 0; i < line.outputs().size(); i++) {
        int at = line.offset() + i;
        byOutput.put(line.outputs().get(i), at < values.length ? values[at] : Double.NaN);
      }
      byName.put(line.name(), byOutput);
    }
    return new IndicatorReading(strategy, bar.symbol(), bar.interval(), bar.openTime(), byName);
  }
}
