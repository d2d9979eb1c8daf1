package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;

/// Other ways to write a bar down, and levels taken from it.
final class PriceIndicators {
  private PriceIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.PRICE);
    draft
        .bars("avgprice", "Average price")
        .warm(_ -> 1)
        .by("common")
        .is(_ -> new BarPrice(BarPrice.Kind.AVERAGE));
    draft
        .bars("medprice", "Median price")
        .warm(_ -> 1)
        .by("common")
        .is(_ -> new BarPrice(BarPrice.Kind.MEDIAN));
    draft
        .bars("typprice", "Typical price")
        .warm(_ -> 1)
        .by("common")
        .is(_ -> new BarPrice(BarPrice.Kind.TYPICAL));
    draft
        .bars("wclprice", "Weighted close")
        .warm(_ -> 1)
        .by("common")
        .is(_ -> new BarPrice(BarPrice.Kind.WEIGHTED));
    draft
        .bars("heikin-ashi", "Heikin-Ashi bars")
        .gives("open", "high", "low", "close")
        .warm(_ -> 1)
        .by("Valcu 2004")
        .is(_ -> new HeikinAshi());
    draft
        .bars("pivots", "Pivot points")
        .takes(Parameter.choice("kind", PivotPoints.Kind.TRADITIONAL, PivotPoints.KINDS))
        .takes(Parameter.choice("anchor", Anchor.Span.DAY, Anchor.SPANS))
        .gives("pivot", "r1", "r2", "r3", "s1", "s2", "s3")
        .by("floor traders; Scott 1989; Wood")
        .is(a ->
            new PivotPoints(a.choice("kind", PivotPoints.KINDS), a.choice("anchor", Anchor.SPANS)));
    draft
        .bars("fractals", "Williams fractals")
        .takes(Parameter.whole("side", 2, 1, 100))
        .gives("up", "down")
        .by("Williams 1995")
        .is(a -> new Fractals(a.whole("side")));
    return draft.definitions();
  }
}
