package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;

/// How far prices swing.
final class VolatilityIndicators {
  private VolatilityIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.VOLATILITY);
    draft.bars("tr", "True range").warm(_ -> 2).by("Wilder 1978").is(_ -> new TrueRange());
    draft
        .bars("atr", "Average true range")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Wilder 1978")
        .is(a -> new Atr(a.period()));
    draft
        .bars("natr", "Normalised average true range")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Forman 2006")
        .is(a -> new NormalisedAtr(a.period()));
    draft
        .series("stddev", "Standard deviation")
        .period(20)
        .number("deviations", 1, 0.1, 10)
        .warm(a -> a.period())
        .by("common")
        .is(a -> Deviation.standard(a.period(), a.number("deviations")));
    draft
        .series("variance", "Variance")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> Deviation.variance(a.period()));
    draft
        .series("bollinger-b", "Bollinger %b")
        .period(20)
        .number("deviations", 2, 0.1, 10)
        .warm(a -> a.period())
        .by("Bollinger 2001")
        .is(a -> new Bollinger(Bollinger.Kind.PLACE, a.period(), a.number("deviations")));
    draft
        .series("bollinger-width", "Bollinger band width")
        .period(20)
        .number("deviations", 2, 0.1, 10)
        .warm(a -> a.period())
        .by("Bollinger 2001")
        .is(a -> new Bollinger(Bollinger.Kind.WIDTH, a.period(), a.number("deviations")));
    draft
        .series("historical-volatility", "Historical volatility")
        .period(10)
        .number("annual", 365, 1, 31_622_400)
        .warm(a -> a.period() + 1)
        .by("common")
        .is(a -> new HistoricalVolatility(a.period(), a.number("annual")));
    draft
        .bars("parkinson", "Parkinson volatility")
        .period(10)
        .number("annual", 365, 1, 31_622_400)
        .warm(a -> a.period())
        .by("Parkinson 1980")
        .is(a ->
            new RangeVolatility(RangeVolatility.Kind.PARKINSON, a.period(), a.number("annual")));
    draft
        .bars("garman-klass", "Garman-Klass volatility")
        .period(10)
        .number("annual", 365, 1, 31_622_400)
        .warm(a -> a.period())
        .by("Garman and Klass 1980")
        .is(a ->
            new RangeVolatility(RangeVolatility.Kind.GARMAN_KLASS, a.period(), a.number("annual")));
    draft
        .bars("rogers-satchell", "Rogers-Satchell volatility")
        .period(10)
        .number("annual", 365, 1, 31_622_400)
        .warm(a -> a.period())
        .by("Rogers and Satchell 1991")
        .is(a ->
            new RangeVolatility(
                RangeVolatility.Kind.ROGERS_SATCHELL, a.period(), a.number("annual")));
    draft
        .series("ulcer", "Ulcer index")
        .period(14)
        .warm(a -> 2 * a.period() - 1)
        .by("Martin and McCann 1989")
        .is(a -> new UlcerIndex(a.period()));
    draft
        .bars("chaikin-volatility", "Chaikin volatility")
        .period(10)
        .period("change", 10, 1)
        .warm(a -> a.period() + a.whole("change"))
        .by("Chaikin")
        .is(a -> new ChaikinVolatility(a.period(), a.whole("change")));
    draft
        .bars("mass-index", "Mass index")
        .period(9)
        .period("sum", 25, 1)
        .warm(a -> 2 * a.period() + a.whole("sum") - 2)
        .by("Dorsey 1992")
        .is(a -> new MassIndex(a.period(), a.whole("sum")));
    draft
        .series("rvi", "Relative volatility index")
        .period("period", 10, 2)
        .period("smooth", 14, 1)
        .warm(a -> a.period() + a.whole("smooth") - 1)
        .by("Dorsey 1993")
        .is(a -> new RelativeVolatility(a.period(), a.whole("smooth")));
    draft
        .bars("chop", "Choppiness index")
        .period("period", 14, 2)
        .warm(a -> a.period() + 1)
        .by("Dreiss 1993")
        .is(a -> new Choppiness(a.period()));
    return draft.definitions();
  }
}
