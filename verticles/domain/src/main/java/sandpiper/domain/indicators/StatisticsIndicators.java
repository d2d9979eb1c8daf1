package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;

/// Measures of a sample, taken over a window.
final class StatisticsIndicators {
  private StatisticsIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.STATISTICS);
    draft
        .series("linreg", "Linear regression, its end")
        .period("period", 14, 2)
        .warm(a -> a.period())
        .by("Gauss 1809")
        .is(a -> new LinearRegression(LinearRegression.Kind.END, a.period()));
    draft
        .series("linreg-intercept", "Linear regression, its beginning")
        .period("period", 14, 2)
        .warm(a -> a.period())
        .by("Gauss 1809")
        .is(a -> new LinearRegression(LinearRegression.Kind.INTERCEPT, a.period()));
    draft
        .series("linreg-slope", "Linear regression, slope a step")
        .period("period", 14, 2)
        .warm(a -> a.period())
        .by("Gauss 1809")
        .is(a -> new LinearRegression(LinearRegression.Kind.SLOPE, a.period()));
    draft
        .series("linreg-angle", "Linear regression, angle in degrees")
        .period("period", 14, 2)
        .warm(a -> a.period())
        .by("Gauss 1809")
        .is(a -> new LinearRegression(LinearRegression.Kind.ANGLE, a.period()));
    draft
        .series("tsf", "Time series forecast")
        .period("period", 14, 2)
        .warm(a -> a.period())
        .by("Gauss 1809")
        .is(a -> new LinearRegression(LinearRegression.Kind.FORECAST, a.period()));
    draft
        .series("r-squared", "Coefficient of determination")
        .period("period", 14, 2)
        .warm(a -> a.period())
        .by("Wright 1921")
        .is(a -> new Regression(Regression.Kind.FIT, a.period(), 1));
    draft
        .series("standard-error", "Standard error of the regression")
        .period("period", 21, 3)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Regression(Regression.Kind.ERROR, a.period(), 1));
    draft
        .bars("correl", "Correlation of two fields")
        .period("period", 30, 2)
        .takes(Parameter.choice("x", Field.HIGH, Field.OF_BARS))
        .takes(Parameter.choice("y", Field.LOW, Field.OF_BARS))
        .warm(a -> a.period())
        .by("Pearson 1895")
        .is(a ->
            new Correlation(
                a.period(), a.choice("x", Field.OF_BARS), a.choice("y", Field.OF_BARS)));
    draft
        .bars("beta", "Beta of two fields")
        .period("period", 5, 2)
        .takes(Parameter.choice("x", Field.HIGH, Field.OF_BARS))
        .takes(Parameter.choice("y", Field.LOW, Field.OF_BARS))
        .warm(a -> a.period() + 1)
        .by("Sharpe 1964")
        .is(a -> new Beta(a.period(), a.choice("x", Field.OF_BARS), a.choice("y", Field.OF_BARS)));
    draft
        .series("zscore", "Z-score")
        .period("period", 20, 2)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new ZScore(a.period()));
    draft
        .series("median", "Median")
        .shortPeriod("period", 20, 1)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Median(a.period()));
    draft
        .series("percent-rank", "Percent rank")
        .shortPeriod("period", 100, 1)
        .warm(a -> a.period() + 1)
        .by("common")
        .is(a -> new PercentRank(a.period()));
    draft
        .series("mean-deviation", "Mean absolute deviation")
        .shortPeriod("period", 20, 1)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new MeanDeviation(a.period()));
    draft
        .series("skewness", "Skewness")
        .shortPeriod("period", 20, 3)
        .warm(a -> a.period())
        .by("Pearson 1895")
        .is(a -> new Shape(a.period(), false));
    draft
        .series("kurtosis", "Excess kurtosis")
        .shortPeriod("period", 20, 4)
        .warm(a -> a.period())
        .by("Pearson 1895")
        .is(a -> new Shape(a.period(), true));
    draft
        .series("max", "Highest value")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new HighLow(HighLow.Kind.HIGHEST, a.period()));
    draft
        .series("min", "Lowest value")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new HighLow(HighLow.Kind.LOWEST, a.period()));
    draft
        .series("sum", "Sum")
        .period(20)
        .warm(a -> a.period())
        .by("common")
        .is(a -> new Sum(a.period()));
    return draft.definitions();
  }
}
