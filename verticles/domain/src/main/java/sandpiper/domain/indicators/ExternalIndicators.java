package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;

/// What programs outside compute.
final class ExternalIndicators {
  private ExternalIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.EXTERNAL);
    draft
        .external("external", "Value from outside")
        .by("whoever publishes it, docs/bridge.md")
        .is(_ -> new Held());
    return draft.definitions();
  }
}
