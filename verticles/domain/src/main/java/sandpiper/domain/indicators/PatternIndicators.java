package sandpiper.domain.indicators;

import java.util.List;
import java.util.Locale;
import sandpiper.domain.indicators.IndicatorDefinition.Group;

/// Shapes of candles.
final class PatternIndicators {
  private PatternIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.PATTERN);
    for (var pattern : CandlePattern.values()) {
      draft
          .bars(pattern.name().toLowerCase(Locale.ROOT).replace('_', '-'), pattern.title())
          .warm(_ -> pattern.warmUp())
          .by("Nison 1991")
          .is(_ -> pattern.create());
    }
    return draft.definitions();
  }
}
