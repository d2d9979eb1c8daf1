package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;

/// How fast the price moves, which way, and whether it tires.
final class MomentumIndicators {
  private MomentumIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.MOMENTUM);
    draft
        .series("rsi", "Relative strength index")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Wilder 1978")
        .is(a -> new Rsi(Rsi.Kind.RSI, a.period()));
    draft
        .series("macd", "Moving average convergence divergence")
        .period("fast", 12, 1)
        .period("slow", 26, 1)
        .period("signal", 9, 1)
        .gives("macd", "signal", "histogram")
        .warm(a -> a.whole("slow") + a.whole("signal") - 1)
        .by("Appel 1979")
        .is(a -> {
          a.ascending("macd", "fast", "slow");
          return new Macd(a.whole("fast"), a.whole("slow"), a.whole("signal"));
        });
    draft
        .series("apo", "Absolute price oscillator")
        .period("fast", 12, 1)
        .period("slow", 26, 1)
        .warm(a -> a.whole("slow"))
        .by("Appel 1979")
        .is(a -> {
          a.ascending("apo", "fast", "slow");
          return EmaDistance.absolute(a.whole("fast"), a.whole("slow"));
        });
    draft
        .series("ppo", "Percentage price oscillator")
        .period("fast", 12, 1)
        .period("slow", 26, 1)
        .warm(a -> a.whole("slow"))
        .by("Appel 1979")
        .is(a -> {
          a.ascending("ppo", "fast", "slow");
          return EmaDistance.percent(a.whole("fast"), a.whole("slow"));
        });
    draft
        .bars("stoch", "Stochastic oscillator")
        .period(14)
        .period("smooth", 3, 1)
        .period("signal", 3, 1)
        .gives("k", "d")
        .warm(a -> a.period() + a.whole("smooth") + a.whole("signal") - 2)
        .by("Lane 1984")
        .is(a -> new Stochastic(a.period(), a.whole("smooth"), a.whole("signal")));
    draft
        .series("stochrsi", "Stochastic RSI")
        .period(14)
        .period("stoch", 14, 1)
        .period("smooth", 1, 1)
        .period("signal", 3, 1)
        .gives("k", "d")
        .warm(a -> a.period() + a.whole("stoch") + a.whole("smooth") + a.whole("signal") - 2)
        .by("Chande and Kroll 1994")
        .is(a ->
            new StochasticRsi(a.period(), a.whole("stoch"), a.whole("smooth"), a.whole("signal")));
    draft
        .bars("willr", "Williams %R")
        .period(14)
        .warm(a -> a.period())
        .by("Williams 1973")
        .is(a -> new WilliamsR(a.period()));
    draft
        .bars("cci", "Commodity channel index")
        .shortPeriod("period", 20, 2)
        .warm(a -> a.period())
        .by("Lambert 1980")
        .is(a -> new CommodityChannel(a.period()));
    draft
        .series("cmo", "Chande momentum oscillator")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Chande 1994")
        .is(a -> new Rsi(Rsi.Kind.CMO, a.period()));
    draft
        .series("mom", "Momentum")
        .period(10)
        .warm(a -> a.period() + 1)
        .by("common")
        .is(a -> new Change(a.period(), false));
    draft
        .series("roc", "Rate of change")
        .period(10)
        .warm(a -> a.period() + 1)
        .by("common")
        .is(a -> new Change(a.period(), true));
    draft
        .series("trix", "TRIX")
        .period(15)
        .warm(a -> 3 * a.period() - 1)
        .by("Hutson 1983")
        .is(a -> new Trix(a.period()));
    draft
        .bars("ultosc", "Ultimate oscillator")
        .period("short", 7, 1)
        .period("middle", 14, 1)
        .period("long", 28, 1)
        .warm(a -> Math.max(a.whole("short"), Math.max(a.whole("middle"), a.whole("long"))) + 1)
        .by("Williams 1985")
        .is(a -> new UltimateOscillator(a.whole("short"), a.whole("middle"), a.whole("long")));
    draft
        .bars("dmi", "Directional movement")
        .period("period", 14, 2)
        .gives("plus", "minus", "dx")
        .warm(a -> a.period() + 1)
        .by("Wilder 1978")
        .is(a -> new DirectionalMovement(a.period()));
    draft
        .bars("adx", "Average directional index")
        .period("period", 14, 2)
        .warm(a -> 2 * a.period())
        .by("Wilder 1978")
        .is(a -> Adx.adx(a.period()));
    draft
        .bars("adxr", "Average directional index rating")
        .period("period", 14, 2)
        .warm(a -> 3 * a.period() - 1)
        .by("Wilder 1978")
        .is(a -> Adx.adxr(a.period()));
    draft
        .bars("aroon", "Aroon")
        .period(14)
        .gives("up", "down")
        .warm(a -> a.period() + 1)
        .by("Chande 1995")
        .is(a -> new Aroon(a.period(), false));
    draft
        .bars("aroon-osc", "Aroon oscillator")
        .period(14)
        .warm(a -> a.period() + 1)
        .by("Chande 1995")
        .is(a -> new Aroon(a.period(), true));
    draft
        .bars("bop", "Balance of power")
        .warm(_ -> 1)
        .by("Livshin 2001")
        .is(_ -> new BalanceOfPower());
    draft
        .bars("ao", "Awesome oscillator")
        .period("fast", 5, 1)
        .period("slow", 34, 1)
        .warm(a -> a.whole("slow"))
        .by("Williams 1998")
        .is(a -> {
          a.ascending("ao", "fast", "slow");
          return new AwesomeOscillator(a.whole("fast"), a.whole("slow"), false);
        });
    draft
        .bars("ac", "Accelerator oscillator")
        .period("fast", 5, 1)
        .period("slow", 34, 1)
        .warm(a -> a.whole("slow") + a.whole("fast") - 1)
        .by("Williams 1998")
        .is(a -> {
          a.ascending("ac", "fast", "slow");
          return new AwesomeOscillator(a.whole("fast"), a.whole("slow"), true);
        });
    draft
        .series("tsi", "True strength index")
        .period("long", 25, 1)
        .period("short", 13, 1)
        .period("signal", 13, 1)
        .gives("tsi", "signal")
        .warm(a -> a.whole("long") + a.whole("short") + a.whole("signal") - 1)
        .by("Blau 1991")
        .is(a -> new TrueStrength(a.whole("long"), a.whole("short"), a.whole("signal")));
    draft
        .series("kst", "Know sure thing")
        .period("signal", 9, 1)
        .gives("kst", "signal")
        .warm(a -> 44 + a.whole("signal"))
        .by("Pring 1992")
        .is(a -> new KnowSureThing(a.whole("signal")));
    draft
        .series("coppock", "Coppock curve")
        .period(10)
        .period("fast", 11, 1)
        .period("slow", 14, 1)
        .warm(a -> a.period() + Math.max(a.whole("fast"), a.whole("slow")))
        .by("Coppock 1962")
        .is(a -> new Coppock(a.period(), a.whole("fast"), a.whole("slow")));
    draft
        .series("dpo", "Detrended price oscillator")
        .period(21)
        .warm(a -> a.period() + a.period() / 2 + 1)
        .by("Bressert")
        .is(a -> new DetrendedPrice(a.period()));
    draft
        .bars("fisher", "Fisher transform")
        .period(9)
        .gives("fisher", "signal")
        .warm(a -> a.period() + 1)
        .by("Ehlers 2002")
        .is(a -> new FisherTransform(a.period()));
    draft
        .bars("rvgi", "Relative vigor index")
        .period(10)
        .gives("rvgi", "signal")
        .warm(a -> a.period() + 6)
        .by("Ehlers 2002")
        .is(a -> new RelativeVigor(a.period()));
    draft
        .series("connors-rsi", "Connors RSI")
        .period(3)
        .period("streak", 2, 1)
        .shortPeriod("rank", 100, 1)
        .warm(a -> Math.max(Math.max(a.period(), a.whole("streak")), a.whole("rank") + 1) + 1)
        .by("Connors 2012")
        .is(a -> new ConnorsRsi(a.period(), a.whole("streak"), a.whole("rank")));
    draft
        .bars("vortex", "Vortex")
        .period(14)
        .gives("plus", "minus")
        .warm(a -> a.period() + 1)
        .by("Botes and Siepman 2010")
        .is(a -> new Vortex(a.period()));
    draft
        .bars("elder-ray", "Elder ray")
        .period(13)
        .gives("bull", "bear")
        .warm(a -> a.period())
        .by("Elder 1993")
        .is(a -> new ElderRay(a.period()));
    draft
        .bars("smi", "Stochastic momentum index")
        .period(10)
        .period("smooth", 3, 1)
        .period("signal", 3, 1)
        .gives("smi", "signal")
        .warm(a -> a.period() + 2 * a.whole("smooth") + a.whole("signal") - 3)
        .by("Blau 1993")
        .is(a -> new StochasticMomentum(a.period(), a.whole("smooth"), a.whole("signal")));
    draft
        .series("stc", "Schaff trend cycle")
        .period("fast", 23, 1)
        .period("slow", 50, 1)
        .period("cycle", 10, 1)
        .warm(a -> a.whole("slow") + 2 * a.whole("cycle") - 2)
        .by("Schaff 1999")
        .is(a -> {
          a.ascending("stc", "fast", "slow");
          return new SchaffTrendCycle(a.whole("fast"), a.whole("slow"), a.whole("cycle"));
        });
    draft
        .bars("wavetrend", "WaveTrend")
        .period("channel", 10, 1)
        .period("smooth", 21, 1)
        .gives("wave", "signal")
        .warm(a -> 2 * a.whole("channel") + a.whole("smooth") + 1)
        .by("LazyBear 2014")
        .is(a -> new WaveTrend(a.whole("channel"), a.whole("smooth")));
    return draft.definitions();
  }
}
