package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;

/// Averages, bands, channels and stops: in the units of the price.
final class OverlapIndicators {
  private OverlapIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.OVERLAP);
    draft
        .series("sma", "Simple moving average")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Sma(a.period()));
    draft
        .series("ema", "Exponential moving average")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Ema(a.period()));
    draft
        .series("wma", "Weighted moving average")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Wma(a.period()));
    draft
        .series("rma", "Wilder's smoothing")
        .period(14)
        .warm(a -> a.period())
        .by("Wilder 1978")
        .is(a -> new Rma(a.period()));
    draft
        .series("dema", "Double exponential moving average")
        .period(20)
        .warm(a -> 2 * a.period() - 1)
        .by("Mulloy 1994")
        .is(a -> StackedEma.dema(a.period()));
    draft
        .series("tema", "Triple exponential moving average")
        .period(20)
        .warm(a -> 3 * a.period() - 2)
        .by("Mulloy 1994")
        .is(a -> StackedEma.tema(a.period()));
    draft
        .series("trima", "Triangular moving average")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> Chain.triangular(a.period()));
    draft
        .series("t3", "Tillson T3")
        .period(5)
        .number("volumeFactor", 0.7, 0, 1)
        .warm(a -> 6 * a.period() - 5)
        .by("Tillson 1998")
        .is(a -> StackedEma.t3(a.period(), a.number("volumeFactor")));
    draft
        .series("kama", "Kaufman's adaptive moving average")
        .period(10)
        .period("fast", 2, 1)
        .period("slow", 30, 1)
        .warm(a -> a.period() + 1)
        .by("Kaufman 1995")
        .is(a -> new Kama(a.period(), a.whole("fast"), a.whole("slow")));
    draft
        .series("hma", "Hull moving average")
        .period("period", 20, 2)
        .warm(a -> a.period() + Hma.smoothing(a.period()) - 1)
        .by("Hull 2005")
        .is(a -> new Hma(a.period()));
    draft
        .series("zlema", "Zero-lag exponential moving average")
        .period(20)
        .warm(a -> a.period() + (a.period() - 1) / 2)
        .by("Ehlers and Way 2010")
        .is(a -> new Zlema(a.period()));
    draft
        .series("alma", "Arnaud Legoux moving average")
        .shortPeriod("period", 9, 1)
        .number("offset", 0.85, 0, 1)
        .number("sigma", 6, 0.1, 100)
        .warm(a -> a.period())
        .by("Legoux and Kouzis-Loukas 2009")
        .is(a -> new Alma(a.period(), a.number("offset"), a.number("sigma")));
    draft
        .series("mcginley", "McGinley dynamic")
        .period(14)
        .warm(a -> a.period())
        .by("McGinley 1997")
        .is(a -> new McGinley(a.period()));
    draft
        .series("vidya", "Variable index dynamic average")
        .period(14)
        .period("cmo", 9, 1)
        .warm(a -> a.whole("cmo") + 1)
        .by("Chande 1994")
        .is(a -> new Vidya(a.period(), a.whole("cmo")));
    draft
        .series("mama", "MESA adaptive moving average")
        .number("fast", 0.5, 0.01, 0.99)
        .number("slow", 0.05, 0.01, 0.99)
        .gives("mama", "fama")
        .warm(_ -> CycleMeasure.WARM_UP)
        .by("Ehlers 2001")
        .is(a -> {
          a.ascending("mama", "slow", "fast");
          return new Mama(a.number("fast"), a.number("slow"));
        });
    draft
        .series("ht-trendline", "Hilbert transform, instantaneous trend line")
        .warm(_ -> CyclePhase.WARM_UP)
        .by("Ehlers 2001")
        .is(_ -> new CyclePhase(CyclePhase.Kind.TRENDLINE));
    draft
        .bars("vwma", "Volume-weighted moving average")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Vwma(a.period()));
    draft
        .bars("vwap", "Volume-weighted average price")
        .takes(Parameter.choice("anchor", Anchor.Span.DAY, Anchor.SPANS))
        .number("deviations", 1, 0.1, 10)
        .gives("vwap", "upper", "lower")
        .warm(_ -> 1)
        .by("Berkowitz, Logue and Noser 1988")
        .is(a -> new Vwap(a.choice("anchor", Anchor.SPANS), a.number("deviations")));
    draft
        .series("bollinger", "Bollinger bands")
        .period(20)
        .number("deviations", 2, 0.1, 10)
        .gives("upper", "middle", "lower")
        .warm(a -> a.period())
        .by("Bollinger 2001")
        .is(a -> new Bollinger(Bollinger.Kind.BANDS, a.period(), a.number("deviations")));
    draft
        .series("envelope", "Moving average envelope")
        .period(20)
        .number("percent", 2.5, 0.01, 100)
        .gives("upper", "middle", "lower")
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Envelope(a.period(), a.number("percent")));
    draft
        .bars("keltner", "Keltner channel")
        .period(20)
        .period("atr", 10, 1)
        .number("factor", 2, 0.1, 100)
        .gives("upper", "middle", "lower")
        .warm(a -> Math.max(a.period(), a.whole("atr") + 1))
        .by("Keltner 1960")
        .is(a -> new Keltner(a.period(), a.whole("atr"), a.number("factor")));
    draft
        .bars("donchian", "Donchian channel")
        .period(20)
        .gives("upper", "middle", "lower")
        .warm(a -> a.period())
        .by("Donchian 1960")
        .is(a -> new Donchian(a.period()));
    draft
        .series("regression-channel", "Linear regression channel")
        .period("period", 100, 2)
        .number("deviations", 2, 0.1, 10)
        .gives("upper", "middle", "lower")
        .warm(a -> a.period())
        .by("Raff 1991")
        .is(a -> new Regression(Regression.Kind.CHANNEL, a.period(), a.number("deviations")));
    draft
        .bars("ichimoku", "Ichimoku cloud")
        .period("conversion", 9, 1)
        .period("base", 26, 1)
        .period("span", 52, 1)
        .period("displacement", 26, 1)
        .gives("conversion", "base", "spanA", "spanB")
        .warm(a ->
            Math.max(Math.max(a.whole("conversion"), a.whole("base")), a.whole("span"))
                + a.whole("displacement")
                - 1)
        .by("Hosoda 1969")
        .is(a ->
            new Ichimoku(
                a.whole("conversion"), a.whole("base"), a.whole("span"), a.whole("displacement")));
    draft
        .bars("supertrend", "SuperTrend")
        .period(10)
        .number("factor", 3, 0.1, 100)
        .gives("value", "direction")
        .warm(a -> a.period() + 1)
        .by("Seban")
        .is(a -> new SuperTrend(a.period(), a.number("factor")));
    draft
        .bars("sar", "Parabolic stop and reverse")
        .number("step", 0.02, 0.001, 1)
        .number("max", 0.2, 0.001, 1)
        .warm(_ -> 2)
        .by("Wilder 1978")
        .is(a -> new ParabolicSar(a.number("step"), a.number("max")));
    draft
        .bars("chandelier-exit", "Chandelier exit")
        .period(22)
        .number("factor", 3, 0.1, 100)
        .gives("long", "short")
        .warm(a -> a.period() + 1)
        .by("Le Beau 2002")
        .is(a -> new ChandelierExit(a.period(), a.number("factor")));
    draft
        .bars("alligator", "Alligator")
        .period("jaw", 13, 1)
        .period("teeth", 8, 1)
        .period("lips", 5, 1)
        .gives("jaw", "teeth", "lips")
        .warm(
            a -> Math.max(a.whole("jaw") + 8, Math.max(a.whole("teeth") + 5, a.whole("lips") + 3)))
        .by("Williams 1995")
        .is(a -> new Alligator(a.whole("jaw"), a.whole("teeth"), a.whole("lips")));
    draft
        .series("midpoint", "Middle of highest and lowest value")
        .period(14)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new HighLow(HighLow.Kind.MIDDLE, a.period()));
    draft
        .bars("midprice", "Middle of highest high and lowest low")
        .period(14)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new MidPrice(a.period()));
    return draft.definitions();
  }
}
