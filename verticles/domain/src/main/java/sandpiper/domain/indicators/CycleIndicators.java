package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;

/// What goes round in a price.
final class CycleIndicators {
  private CycleIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.CYCLE);
    draft
        .series("ht-dcperiod", "Hilbert transform, period of the dominant cycle")
        .warm(_ -> CycleMeasure.WARM_UP)
        .by("Ehlers 2001")
        .is(_ -> new CycleMeasure(false));
    draft
        .series("ht-phasor", "Hilbert transform, phasor of the dominant cycle")
        .gives("inPhase", "quadrature")
        .warm(_ -> CycleMeasure.WARM_UP)
        .by("Ehlers 2001")
        .is(_ -> new CycleMeasure(true));
    draft
        .series("ht-dcphase", "Hilbert transform, phase of the dominant cycle")
        .warm(_ -> CyclePhase.WARM_UP)
        .by("Ehlers 2001")
        .is(_ -> new CyclePhase(CyclePhase.Kind.PHASE));
    draft
        .series("ht-sine", "Hilbert transform, sine wave")
        .gives("sine", "lead")
        .warm(_ -> CyclePhase.WARM_UP)
        .by("Ehlers 2001")
        .is(_ -> new CyclePhase(CyclePhase.Kind.SINE));
    draft
        .series("ht-trendmode", "Hilbert transform, trend or cycle")
        .warm(_ -> CyclePhase.WARM_UP)
        .by("Ehlers 2001")
        .is(_ -> new CyclePhase(CyclePhase.Kind.TREND_MODE));
    return draft.definitions();
  }
}
