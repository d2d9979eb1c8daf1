package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sandpiper.domain.indicators.IndicatorDefinition.Input;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;

/// What holds for every indicator of the registry, with its standard parameters and with short ones
/// drawn from a seed.
class IndicatorPropertiesTest {
  private static final long SEED = 42;
  private static final int DRAWS = 6;
  private static final Sample WALK = Sample.walk(SEED, 400);

  @TestFactory
  List<DynamicTest> theFirstValuesComeTogetherAtTheStepThatTheDefinitionSaysSeed42() {
    return forEach((definition, parameters) -> {
      var values = WALK.values(definition.name(), parameters);
      var warmUp = definition.warmUp();
      int first =
          warmUp == null
              ? firstValue(values[0])
              : warmUp.applyAsInt(
                  new IndicatorDefinition.Arguments(
                      IndicatorRegistry.parameters(definition.name(), parameters)));
      for (var output : values) {
        for (int i = 0; i < WALK.size(); i++) {
          assertThat(Double.isFinite(output[i]))
              .as("step %d: %s", i + 1, output[i])
              .isEqualTo(i + 1 >= first);
        }
      }
    });
  }

  /// Number of the step, from 1.
  private static int firstValue(double[] output) {
    int first = (int) Arrays.stream(output).takeWhile(Double::isNaN).count() + 1;
    assertThat(first).isLessThan(WALK.size() - 100);
    return first;
  }

  @TestFactory
  List<DynamicTest> aSnapshotInMidSeriesGoesOnWithTheSameValuesSeed42() {
    return forEach((definition, parameters) -> {
      int outputs = definition.outputs().size();
      var straight = WALK.values(definition.name(), parameters);
      for (int cut : new int[] {0, 1, 5, 13, 40, 41, 130, 257}) {
        var before = Sample.create(definition.name(), parameters);
        WALK.bars().subList(0, cut).forEach(bar -> Sample.step(before, bar));
        var numbers = Snapshot.of(before);
        WALK.bars().subList(cut, cut + 9).forEach(bar -> Sample.step(before, bar));

        var after = Sample.create(definition.name(), parameters);
        WALK.bars().subList(0, 7).forEach(bar -> Sample.step(after, bar));
        Snapshot.restore(after, numbers);
        assertThat(Snapshot.of(after)).isEqualTo(numbers);
        var rest = new Sample(WALK.bars().subList(cut, WALK.size())).values(after, outputs);

        for (int output = 0; output < outputs; output++) {
          assertThat(rest[output])
              .as("from step %d on", cut)
              .isEqualTo(Arrays.copyOfRange(straight[output], cut, WALK.size()));
        }
      }
    });
  }

  @Test
  void aSnapshotOfAnotherIndicatorIsRefused() {
    var sma = Sample.create("sma", Map.of("period", 3.0));
    assertThatThrownBy(() -> Snapshot.restore(sma, new double[2]))
        .hasMessage("a snapshot of this indicator must have 6 numbers, had 2");
  }

  @TestFactory
  List<DynamicTest> aMarketThatStandsStillHasValues() {
    return forEach((definition, parameters) ->
        valuesAreFinite(definition, parameters, i -> Sample.bar(i, 7, 7, 7, 7, 3)));
  }

  @TestFactory
  List<DynamicTest> aMarketWithoutVolumeHasValues() {
    return forEach((definition, parameters) ->
        valuesAreFinite(
            definition,
            parameters,
            i -> {
              var bar = WALK.bars().get(i);
              return Sample.bar(i, bar.open(), bar.high(), bar.low(), bar.close(), 0);
            }));
  }

  @TestFactory
  List<DynamicTest> aSeriesOfZerosHasValues() {
    return forEach((definition, parameters) -> {
      if (Sample.create(definition.name(), parameters) instanceof Indicator.OfSeries series) {
        for (int i = 0; i < WALK.size(); i++) {
          series.update(0);
        }
        for (int output = 0; output < definition.outputs().size(); output++) {
          assertThat(series.value(output)).isFinite();
        }
      }
    });
  }

  @TestFactory
  List<DynamicTest> hugeAndTinyPricesHaveValues() {
    return forEach((definition, parameters) -> {
      for (double factor : new double[] {1e90, 1e-90}) {
        var scaled = WALK.times(factor);
        valuesAreFinite(definition, parameters, i -> scaled.bars().get(i));
      }
    });
  }

  @TestFactory
  List<DynamicTest> aLeapToHugePricesAndBackIsSurvived() {
    var huge = WALK.times(1e60);
    return forEach((definition, parameters) ->
        valuesAreFinite(
            definition, parameters, i -> (i >= 200 && i < 210 ? huge : WALK).bars().get(i)));
  }

  private static void valuesAreFinite(
      IndicatorDefinition definition, Map<String, Double> parameters, IntFunction<Bar> bars) {
    var sample = new Sample(IntStream.range(0, WALK.size()).mapToObj(bars).toList());
    // Fractals want a high that stands out, which a market that stands still does not have.
    int begin =
        definition.name().equals("fractals")
            ? WALK.size()
            : firstValue(WALK.values(definition.name(), parameters)[0]) - 1;
    for (var output : sample.values(definition.name(), parameters)) {
      for (int i = begin; i < output.length; i++) {
        assertThat(output[i]).as("bar %d", i).isFinite();
      }
    }
  }

  /// Prices times a power of two are exact, so whatever is measured in prices, their squares or in
  /// nothing at all must come out times the same power, once, twice or not at all.
  @TestFactory
  List<DynamicTest> theUnitOfThePriceDoesNotMatter() {
    var scaled = WALK.times(1024);
    return forEach((definition, parameters) -> {
      if (definition.name().equals("linreg-angle")) {
        return;
      }
      var plain = WALK.values(definition.name(), parameters);
      var times = scaled.values(definition.name(), parameters);
      for (int output = 0; output < plain.length; output++) {
        var one = plain[output];
        var other = times[output];
        assertThat(IntStream.rangeClosed(0, 2))
            .as("powers of 1024 by which the output may have grown")
            .anyMatch(power -> grewBy(one, other, Math.pow(1024, power)));
      }
    });
  }

  private static boolean grewBy(double[] one, double[] other, double factor) {
    double scale = Arrays.stream(one).filter(x -> !Double.isNaN(x)).map(Math::abs).max().orElse(0);
    for (int i = 0; i < one.length; i++) {
      boolean same =
          Double.isNaN(one[i])
              ? Double.isNaN(other[i])
              : Math.abs(one[i] * factor - other[i]) <= 1e-9 * scale * factor;
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /// A price of 1e200 is as little to be computed with as NaN, and the only one of both that a bar
  /// can have.
  @TestFactory
  List<DynamicTest> aBarThatCannotBeComputedWithGivesNaNAndChangesNothing() {
    return forEach((definition, parameters) -> {
      var spec =
          new IndicatorSpec(
              definition.name(),
              "A",
              Sample.HOUR,
              definition.input() == Input.BARS ? "" : "close",
              parameters);
      var disturbed = new IndicatorSet(new IndicatorLayout(List.of(spec)));
      var undisturbed = new IndicatorSet(new IndicatorLayout(List.of(spec)));
      for (int i = 0; i < WALK.size(); i++) {
        if (i % 50 == 7) {
          disturbed.update(new BarClosed(Sample.bar(i, 1e200, 1e200, 1e200, 1e200, 1)));
          assertThat(disturbed.values()).containsOnly(Double.NaN);
        }
        disturbed.update(new BarClosed(WALK.bars().get(i)));
        undisturbed.update(new BarClosed(WALK.bars().get(i)));
        assertThat(disturbed.values()).isEqualTo(undisturbed.values());
      }
    });
  }

  @FunctionalInterface
  private interface Check {
    void of(IndicatorDefinition definition, Map<String, Double> parameters);
  }

  private static List<DynamicTest> forEach(Check check) {
    var tests = new ArrayList<DynamicTest>();
    for (var definition : IndicatorRegistry.all()) {
      if (definition.input() == Input.BOOKS || definition.input() == Input.EXTERNAL) {
        continue; // not of bars: BookIndicatorTest and ExternalIndicatorTest have them
      }
      Consumer<Map<String, Double>> run = parameters -> check.of(definition, parameters);
      tests.add(
          DynamicTest.dynamicTest(
              definition.name(),
              () -> {
                run.accept(Map.of());
                drawn(definition).forEach(run);
              }));
    }
    return tests;
  }

  /// Short windows and other choices, among them the shortest windows allowed.
  private static List<Map<String, Double>> drawn(IndicatorDefinition definition) {
    var random = new Random(SEED);
    var drawn = new ArrayList<Map<String, Double>>();
    for (int i = 0; i < DRAWS && !definition.parameters().isEmpty(); i++) {
      var windows = new ArrayList<Double>();
      for (var parameter : definition.parameters()) {
        int room = (int) Math.min(20, parameter.max() - parameter.min());
        windows.add(parameter.min() + (drawn.isEmpty() ? 0 : random.nextInt(room + 1)));
      }
      boolean ordered = definition.parameters().stream().anyMatch(p -> p.name().equals("slow"));
      if (ordered) {
        Collections.sort(windows);
        IntStream.range(1, windows.size()).forEach(j -> windows.set(j, windows.get(j) + j));
      }
      var parameters = new HashMap<String, Double>();
      for (int j = 0; j < windows.size(); j++) {
        var parameter = definition.parameters().get(j);
        boolean usable = parameter.integer() && !parameter.name().equals("anchor");
        parameters.put(parameter.name(), usable ? windows.get(j) : parameter.standard());
      }
      drawn.add(parameters);
    }
    return drawn;
  }
}
