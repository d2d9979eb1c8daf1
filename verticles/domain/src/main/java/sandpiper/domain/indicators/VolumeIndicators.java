package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;

/// What the volume says about the price.
final class VolumeIndicators {
  private VolumeIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.VOLUME);
    draft
        .bars("mfi", "Money flow index")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Quong and Soudack 1989")
        .is(a -> new MoneyFlowIndex(a.period()));
    draft
        .bars("obv", "On-balance volume")
        .warm(_ -> 1)
        .by("Granville 1963")
        .is(_ -> new CumulativeVolume(CumulativeVolume.Kind.ON_BALANCE));
    draft
        .bars("ad", "Accumulation/distribution")
        .warm(_ -> 1)
        .by("Chaikin")
        .is(_ -> new CumulativeVolume(CumulativeVolume.Kind.ACCUMULATION));
    draft
        .bars("pvt", "Price volume trend")
        .warm(_ -> 2)
        .by("common")
        .is(_ -> new CumulativeVolume(CumulativeVolume.Kind.PRICE_TREND));
    draft
        .bars("adosc", "Chaikin oscillator")
        .period("fast", 3, 1)
        .period("slow", 10, 1)
        .warm(a -> Math.max(a.whole("fast"), a.whole("slow")))
        .by("Chaikin")
        .is(a -> new ChaikinOscillator(a.whole("fast"), a.whole("slow")));
    draft
        .bars("cmf", "Chaikin money flow")
        .period(20)
        .warm(a -> a.period())
        .by("Chaikin")
        .is(a -> new ChaikinMoneyFlow(a.period()));
    draft
        .bars("force", "Force index")
        .period(13)
        .warm(a -> a.period() + 1)
        .by("Elder 1993")
        .is(a -> new ForceIndex(a.period()));
    draft
        .bars("eom", "Ease of movement")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Arms 1994")
        .is(a -> new EaseOfMovement(a.period()));
    draft
        .bars("nvi", "Negative volume index")
        .warm(_ -> 1)
        .by("Dysart 1936, Fosback 1976")
        .is(_ -> new VolumeIndex(false));
    draft
        .bars("pvi", "Positive volume index")
        .warm(_ -> 1)
        .by("Dysart 1936, Fosback 1976")
        .is(_ -> new VolumeIndex(true));
    draft
        .bars("klinger", "Klinger oscillator")
        .period("fast", 34, 1)
        .period("slow", 55, 1)
        .period("signal", 13, 1)
        .gives("kvo", "signal")
        .warm(a -> a.whole("slow") + a.whole("signal"))
        .by("Klinger 1997")
        .is(a -> {
          a.ascending("klinger", "fast", "slow");
          return new Klinger(a.whole("fast"), a.whole("slow"), a.whole("signal"));
        });
    draft
        .bars("relative-volume", "Relative volume")
        .period(20)
        .warm(a -> a.period() + 1)
        .by("common")
        .is(a -> new RelativeVolume(a.period()));
    draft
        .bars("volume-profile", "Volume profile")
        .shortPeriod("period", 100, 1)
        .takes(Parameter.whole("rows", 24, 1, 200))
        .number("share", 70, 1, 100)
        .gives("poc", "high", "low")
        .warm(a -> a.period())
        .by("Steidlmayer 1984")
        .is(a -> new VolumeProfile(a.period(), a.whole("rows"), a.number("share")));
    return draft.definitions();
  }
}
