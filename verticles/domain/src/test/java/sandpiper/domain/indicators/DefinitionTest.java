package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.domain.indicators.Columns.back;
import static sandpiper.domain.indicators.Columns.both;
import static sandpiper.domain.indicators.Columns.change;
import static sandpiper.domain.indicators.Columns.deviation;
import static sandpiper.domain.indicators.Columns.each;
import static sandpiper.domain.indicators.Columns.ema;
import static sandpiper.domain.indicators.Columns.less;
import static sandpiper.domain.indicators.Columns.line;
import static sandpiper.domain.indicators.Columns.max;
import static sandpiper.domain.indicators.Columns.mean;
import static sandpiper.domain.indicators.Columns.min;
import static sandpiper.domain.indicators.Columns.moment;
import static sandpiper.domain.indicators.Columns.over;
import static sandpiper.domain.indicators.Columns.plus;
import static sandpiper.domain.indicators.Columns.residual;
import static sandpiper.domain.indicators.Columns.rma;
import static sandpiper.domain.indicators.Columns.roc;
import static sandpiper.domain.indicators.Columns.rsi;
import static sandpiper.domain.indicators.Columns.sma;
import static sandpiper.domain.indicators.Columns.sum;
import static sandpiper.domain.indicators.Columns.times;
import static sandpiper.domain.indicators.Columns.window;
import static sandpiper.domain.indicators.Columns.wma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What TA-Lib does not have, against its definition computed the slow way over whole columns of
/// seeded random bars.
class DefinitionTest {
  private static final long SEED = 7;
  private static final Sample BARS = Sample.walk(SEED, 700);
  private static final double[] O = BARS.column(Field.OPEN);
  private static final double[] H = BARS.column(Field.HIGH);
  private static final double[] L = BARS.column(Field.LOW);
  private static final double[] C = BARS.column(Field.CLOSE);
  private static final double[] V = BARS.column(Field.VOLUME);
  private static final double[] HL2 = BARS.column(Field.HL2);
  private static final double[] HLC3 = BARS.column(Field.HLC3);
  private static final double[] RANGE = less(H, L);
  private static final double[] TRUE_RANGE =
      less(
          both(H, back(C, 1), (h, c) -> Double.isNaN(c) ? c : Math.max(h, c)),
          both(L, back(C, 1), Math::min));

  private record Case(
      String use, Map<String, Double> parameters, Supplier<List<double[]>> definition) {}

  private static final List<Case> CASES = new ArrayList<>();

  static {
    averages();
    bands();
    stops();
    oscillators();
    volumes();
    volatilities();
    statistics();
    prices();
  }

  private static void averages() {
    is("rma", () -> one(rma(C, 9)), "period", 9);
    is("hma", () -> one(wma(less(times(wma(C, 5), 2), wma(C, 11)), 3)), "period", 11);
    is("zlema", () -> one(ema(less(times(C, 2), back(C, 5)), 12)), "period", 12);
    is(
        "alma",
        () ->
            one(
                window(
                    C,
                    12,
                    w -> {
                      double sum = 0;
                      double weights = 0;
                      for (int i = 0; i < 12; i++) {
                        double weight =
                            Math.exp(-Math.pow(i - 0.7 * 11, 2) / (2 * Math.pow(12 / 5.0, 2)));
                        sum += weight * w[i];
                        weights += weight;
                      }
                      return sum / weights;
                    })),
        "period",
        12,
        "offset",
        0.7,
        "sigma",
        5);
    is("mcginley", () -> one(mcGinley(10)), "period", 10);
    is("vidya", () -> one(vidya(14, 9)), "period", 14, "cmo", 9);
    is("vwma", () -> one(over(sum(times(C, V), 8), sum(V, 8), 0)), "period", 8);
    is("vwap", () -> vwap(24, 1.5), "deviations", 1.5);
    is("vwap", () -> vwap(C.length, 1), "anchor", Anchor.SPANS.indexOf(Anchor.Span.NONE));
  }

  private static void bands() {
    is("envelope", () -> around(sma(C, 6), times(sma(C, 6), 0.03)), "period", 6, "percent", 3);
    is(
        "keltner",
        () -> around(ema(C, 20), times(rma(TRUE_RANGE, 10), 2)),
        "period",
        20,
        "atr",
        10,
        "factor",
        2);
    is(
        "donchian",
        () -> List.of(max(H, 7), times(plus(max(H, 7), min(L, 7)), 0.5), min(L, 7)),
        "period",
        7);
    is(
        "regression-channel",
        () ->
            around(
                window(C, 40, w -> line(w)[0] + 39 * line(w)[1]),
                window(C, 40, w -> 2.5 * Math.sqrt(residual(w) / 40))),
        "period",
        40,
        "deviations",
        2.5);
    is(
        "ichimoku",
        () -> {
          var conversion = times(plus(max(H, 9), min(L, 9)), 0.5);
          var base = times(plus(max(H, 26), min(L, 26)), 0.5);
          return List.of(
              conversion,
              base,
              back(times(plus(conversion, base), 0.5), 25),
              back(times(plus(max(H, 52), min(L, 52)), 0.5), 25));
        });
  }

  private static void stops() {
    is("supertrend", () -> superTrend(7, 2), "period", 7, "factor", 2);
    is(
        "chandelier-exit",
        () -> {
          var distance = times(rma(TRUE_RANGE, 9), 2.5);
          return List.of(less(max(H, 9), distance), plus(min(L, 9), distance));
        },
        "period",
        9,
        "factor",
        2.5);
    is(
        "alligator",
        () -> List.of(back(rma(HL2, 13), 8), back(rma(HL2, 8), 5), back(rma(HL2, 5), 3)));
  }

  private static void oscillators() {
    is("ao", () -> one(less(sma(HL2, 5), sma(HL2, 34))));
    is(
        "ac",
        () -> {
          var awesome = less(sma(HL2, 4), sma(HL2, 11));
          return one(less(awesome, sma(awesome, 4)));
        },
        "fast",
        4,
        "slow",
        11);
    is(
        "tsi",
        () ->
            List.of(
                times(
                    over(
                        ema(ema(change(C), 25), 13),
                        ema(ema(each(change(C), Math::abs), 25), 13),
                        0),
                    100),
                ema(
                    times(
                        over(
                            ema(ema(change(C), 25), 13),
                            ema(ema(each(change(C), Math::abs), 25), 13),
                            0),
                        100),
                    7)),
        "long",
        25,
        "short",
        13,
        "signal",
        7);
    is(
        "kst",
        () -> {
          var sum =
              plus(
                  plus(sma(roc(C, 10), 10), times(sma(roc(C, 15), 10), 2)),
                  plus(times(sma(roc(C, 20), 10), 3), times(sma(roc(C, 30), 15), 4)));
          return List.of(sum, sma(sum, 9));
        });
    is("coppock", () -> one(wma(plus(roc(C, 11), roc(C, 14)), 10)));
    is("dpo", () -> one(less(C, back(sma(C, 21), 11))));
    is("fisher", () -> fisher(9));
    is(
        "rvgi",
        () -> {
          var vigor = over(sum(four(less(C, O)), 10), sum(four(RANGE), 10), 0);
          return List.of(vigor, four(vigor));
        });
    is("connors-rsi", () -> one(connors(3, 2, 20)), "rank", 20);
    is(
        "vortex",
        () -> {
          var range = sum(TRUE_RANGE, 6);
          return List.of(
              over(sum(each(less(H, back(L, 1)), Math::abs), 6), range, 0),
              over(sum(each(less(L, back(H, 1)), Math::abs), 6), range, 0));
        },
        "period",
        6);
    is("elder-ray", () -> List.of(less(H, ema(C, 13)), less(L, ema(C, 13))));
    is(
        "smi",
        () -> {
          var top = max(H, 10);
          var bottom = min(L, 10);
          var off = less(C, times(plus(top, bottom), 0.5));
          var index =
              times(
                  over(ema(ema(off, 3), 3), times(ema(ema(less(top, bottom), 3), 3), 0.5), 0), 100);
          return List.of(index, ema(index, 5));
        },
        "signal",
        5);
    is(
        "stc",
        () -> one(stage(stage(less(ema(C, 12), ema(C, 26)), 8), 8)),
        "fast",
        12,
        "slow",
        26,
        "cycle",
        8);
    is(
        "wavetrend",
        () -> {
          var off = less(HLC3, ema(HLC3, 10));
          var wave = ema(over(off, times(ema(each(off, Math::abs), 10), 0.015), 0), 21);
          return List.of(wave, sma(wave, 4));
        });
  }

  private static void volumes() {
    is(
        "pvt",
        () -> {
          var parts = times(V, both(change(C), back(C, 1), (x, y) -> x / y));
          return one(running(parts));
        });
    is(
        "cmf",
        () -> {
          var place = both(less(less(C, L), less(H, C)), RANGE, (x, r) -> r == 0 ? 0 : x / r);
          return one(over(sum(times(place, V), 12), sum(V, 12), 0));
        },
        "period",
        12);
    is("force", () -> one(ema(times(change(C), V), 13)));
    is(
        "eom",
        () ->
            one(
                sma(
                    both(
                        change(HL2),
                        both(RANGE, V, (r, v) -> v == 0 ? 0 : 10_000 * r / v),
                        (x, y) -> x * y),
                    14)));
    is("nvi", () -> one(volumeIndex(-1)));
    is("pvi", () -> one(volumeIndex(1)));
    is(
        "klinger",
        () -> {
          var flow = both(change(HLC3), V, (x, v) -> Double.isNaN(x) ? x : x >= 0 ? v : -v);
          var distance = less(ema(flow, 10), ema(flow, 20));
          return List.of(distance, ema(distance, 5));
        },
        "fast",
        10,
        "slow",
        20,
        "signal",
        5);
    is("relative-volume", () -> one(over(V, back(sma(V, 8), 1), 1)), "period", 8);
    is("volume-profile", () -> profile(30, 12, 0.6), "period", 30, "rows", 12, "share", 60);
  }

  private static void volatilities() {
    is(
        "bollinger-b",
        () -> {
          var half = times(deviation(C, 9), 2);
          return one(over(less(C, less(sma(C, 9), half)), times(half, 2), 0.5));
        },
        "period",
        9);
    is("bollinger-width", () -> one(over(times(deviation(C, 9), 400), sma(C, 9), 0)), "period", 9);
    is(
        "historical-volatility",
        () -> one(times(deviation(change(each(C, Math::log)), 12), 100 * Math.sqrt(252))),
        "period",
        12,
        "annual",
        252);
    is(
        "parkinson",
        () ->
            one(
                each(
                    sma(both(H, L, (h, l) -> Math.pow(Math.log(h / l), 2)), 10),
                    x -> 100 * Math.sqrt(365 * x / (4 * Math.log(2))))));
    is(
        "garman-klass",
        () ->
            one(
                each(
                    sma(
                        less(
                            both(H, L, (h, l) -> 0.5 * Math.pow(Math.log(h / l), 2)),
                            both(
                                C,
                                O,
                                (c, o) -> (2 * Math.log(2) - 1) * Math.pow(Math.log(c / o), 2))),
                        10),
                    x -> 100 * Math.sqrt(365 * Math.max(0, x)))));
    is(
        "rogers-satchell",
        () -> {
          var up =
              times(both(H, C, (x, y) -> Math.log(x / y)), both(H, O, (x, y) -> Math.log(x / y)));
          var down =
              times(both(L, C, (x, y) -> Math.log(x / y)), both(L, O, (x, y) -> Math.log(x / y)));
          return one(each(sma(plus(up, down), 10), x -> 100 * Math.sqrt(365 * Math.max(0, x))));
        });
    is(
        "ulcer",
        () ->
            one(
                each(
                    sma(both(C, max(C, 14), (x, top) -> Math.pow(100 * (x - top) / top, 2)), 14),
                    Math::sqrt)));
    is("chaikin-volatility", () -> one(roc(ema(RANGE, 10), 10)));
    is("mass-index", () -> one(sum(over(ema(RANGE, 9), ema(ema(RANGE, 9), 9), 1), 25)));
    is(
        "rvi",
        () -> {
          var spread = deviation(C, 10);
          var up = ema(both(change(C), spread, (x, d) -> x > 0 ? d : 0 * d), 14);
          var down = ema(both(change(C), spread, (x, d) -> x < 0 ? d : 0 * d), 14);
          return one(over(times(up, 100), plus(up, down), 50));
        });
    is(
        "chop",
        () ->
            one(
                both(
                    sum(TRUE_RANGE, 14),
                    less(max(H, 14), min(L, 14)),
                    (way, reach) -> 100 * Math.log10(way / reach) / Math.log10(14))));
  }

  private static void statistics() {
    is("r-squared", () -> one(window(C, 14, w -> 1 - residual(w) / (14 * moment(w, 2)))));
    is("standard-error", () -> one(window(C, 21, w -> Math.sqrt(residual(w) / 19))));
    is(
        "zscore",
        () -> one(window(C, 9, w -> (w[8] - mean(w)) / Math.sqrt(moment(w, 2)))),
        "period",
        9);
    for (int n : new int[] {1, 2, 9, 10}) {
      is(
          "median",
          () ->
              one(
                  window(
                      C,
                      n,
                      w -> {
                        var sorted = Arrays.stream(w).sorted().toArray();
                        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
                      })),
          "period",
          n);
    }
    is(
        "percent-rank",
        () ->
            one(
                window(
                    C,
                    21,
                    w -> 100.0 * (Arrays.stream(w).filter(x -> x <= w[20]).count() - 1) / 20)),
        "period",
        20);
    is(
        "mean-deviation",
        () -> one(window(C, 20, w -> Arrays.stream(w).map(x -> Math.abs(x - mean(w))).sum() / 20)));
    is("skewness", () -> one(window(C, 20, w -> moment(w, 3) / Math.pow(moment(w, 2), 1.5))));
    is("kurtosis", () -> one(window(C, 20, w -> moment(w, 4) / Math.pow(moment(w, 2), 2) - 3)));
  }

  private static void prices() {
    is("heikin-ashi", DefinitionTest::heikinAshi);
    for (var kind : PivotPoints.KINDS) {
      is("pivots", () -> pivots(kind, 24), "kind", PivotPoints.KINDS.indexOf(kind));
    }
    is("fractals", () -> fractals(2), "side", 2);
  }

  private static double[] mcGinley(int n) {
    var result = sma(C, n);
    for (int i = n; i < C.length; i++) {
      double before = result[i - 1];
      result[i] = before + (C[i] - before) / (n * Math.pow(C[i] / before, 4));
    }
    return result;
  }

  private static double[] vidya(int n, int cmo) {
    var net = sum(change(C), cmo);
    var way = sum(each(change(C), Math::abs), cmo);
    var result = back(C, 1);
    for (int i = 0; i < C.length; i++) {
      double weight = 2.0 / (n + 1) * (way[i] == 0 ? 0 : Math.abs(net[i] / way[i]));
      double before = i > cmo ? result[i - 1] : result[i];
      result[i] = weight * C[i] + (1 - weight) * before;
    }
    return result;
  }

  /// Straight sums over the bars of the span so far.
  private static List<double[]> vwap(int barsOfSpan, double deviations) {
    var mean = new double[C.length];
    var width = new double[C.length];
    for (int i = 0; i < C.length; i++) {
      int begin = i / barsOfSpan * barsOfSpan;
      double volume = 0;
      double money = 0;
      for (int j = begin; j <= i; j++) {
        volume += V[j];
        money += V[j] * HLC3[j];
      }
      mean[i] = volume == 0 ? HLC3[i] : money / volume;
      double squares = 0;
      for (int j = begin; j <= i; j++) {
        squares += V[j] * Math.pow(HLC3[j] - mean[i], 2);
      }
      width[i] = volume == 0 ? 0 : deviations * Math.sqrt(squares / volume);
    }
    return List.of(mean, plus(mean, width), less(mean, width));
  }

  private static List<double[]> superTrend(int n, double factor) {
    var reach = times(rma(TRUE_RANGE, n), factor);
    var upper = plus(HL2, reach);
    var lower = less(HL2, reach);
    var stop = new double[C.length];
    var direction = new double[C.length];
    Arrays.fill(stop, Double.NaN);
    Arrays.fill(direction, Double.NaN);
    for (int i = n; i < C.length; i++) {
      if (i > n) {
        if (!(lower[i] > lower[i - 1] || C[i - 1] < lower[i - 1])) {
          lower[i] = lower[i - 1];
        }
        if (!(upper[i] < upper[i - 1] || C[i - 1] > upper[i - 1])) {
          upper[i] = upper[i - 1];
        }
      }
      if (i == n) {
        direction[i] = -1;
      } else if (stop[i - 1] == upper[i - 1]) {
        direction[i] = C[i] > upper[i] ? 1 : -1;
      } else {
        direction[i] = C[i] < lower[i] ? -1 : 1;
      }
      stop[i] = direction[i] == 1 ? lower[i] : upper[i];
    }
    return List.of(stop, direction);
  }

  private static List<double[]> fisher(int n) {
    var top = max(HL2, n);
    var bottom = min(HL2, n);
    var fisher = new double[C.length];
    Arrays.fill(fisher, Double.NaN);
    double place = 0;
    for (int i = n - 1; i < C.length; i++) {
      double share = top[i] == bottom[i] ? 0.5 : (HL2[i] - bottom[i]) / (top[i] - bottom[i]);
      place = 0.33 * 2 * (share - 0.5) + 0.67 * place;
      place = Math.max(-0.999, Math.min(0.999, place));
      fisher[i] =
          0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * (i == n - 1 ? 0 : fisher[i - 1]);
    }
    return List.of(fisher, back(fisher, 1));
  }

  /// Weighted 1, 2, 2, 1.
  private static double[] four(double[] a) {
    return window(a, 4, w -> (w[0] + 2 * w[1] + 2 * w[2] + w[3]) / 6);
  }

  private static double[] connors(int period, int streakPeriod, int rank) {
    var streak = new double[C.length];
    for (int i = 1; i < C.length; i++) {
      if (C[i] > C[i - 1]) {
        streak[i] = streak[i - 1] > 0 ? streak[i - 1] + 1 : 1;
      } else if (C[i] < C[i - 1]) {
        streak[i] = streak[i - 1] < 0 ? streak[i - 1] - 1 : -1;
      }
    }
    var ranks =
        window(
            roc(C, 1),
            rank + 1,
            w -> 100.0 * Arrays.stream(w).filter(x -> x < w[rank]).count() / rank);
    return times(plus(plus(rsi(C, period), rsi(streak, streakPeriod)), ranks), 1.0 / 3);
  }

  private static double[] stage(double[] a, int n) {
    var top = max(a, n);
    var bottom = min(a, n);
    var result = new double[a.length];
    double place = 0;
    for (int i = 0; i < a.length; i++) {
      if (Double.isNaN(top[i])) {
        result[i] = Double.NaN;
        continue;
      }
      place = top[i] > bottom[i] ? 100 * (a[i] - bottom[i]) / (top[i] - bottom[i]) : place;
      result[i] =
          Double.isNaN(result[i - 1]) ? place : result[i - 1] + 0.5 * (place - result[i - 1]);
    }
    return result;
  }

  /// The sum of everything so far.
  private static double[] running(double[] a) {
    var result = a.clone();
    for (int i = 1; i < a.length; i++) {
      result[i] += Double.isNaN(result[i - 1]) ? 0 : result[i - 1];
    }
    return result;
  }

  private static double[] volumeIndex(int side) {
    var result = new double[C.length];
    result[0] = 1_000;
    for (int i = 1; i < C.length; i++) {
      boolean counts = Math.signum(V[i] - V[i - 1]) == side;
      result[i] = result[i - 1] * (counts ? 1 + (C[i] - C[i - 1]) / C[i - 1] : 1);
    }
    return result;
  }

  private static List<double[]> profile(int n, int rows, double share) {
    var control = new double[C.length];
    var top = new double[C.length];
    var bottom = new double[C.length];
    for (var column : List.of(control, top, bottom)) {
      Arrays.fill(column, Double.NaN);
    }
    for (int i = n - 1; i < C.length; i++) {
      double floor = min(L, n)[i];
      double height = (max(H, n)[i] - floor) / rows;
      var held = new double[rows];
      for (int bar = i - n + 1; bar <= i; bar++) {
        for (int row = 0; row < rows; row++) {
          double from = floor + row * height;
          double to = from + height;
          if (H[bar] == L[bar]) {
            boolean last = row == rows - 1 && L[bar] >= from;
            held[row] += (L[bar] >= from && L[bar] < to) || last ? V[bar] : 0;
          } else {
            double overlap = Math.min(H[bar], to) - Math.max(L[bar], from);
            held[row] += V[bar] * Math.max(0, overlap) / (H[bar] - L[bar]);
          }
        }
      }
      int low = 0;
      for (int row = 0; row < rows; row++) {
        low = held[row] > held[low] * (1 + 1e-12) ? row : low;
      }
      int high = low;
      control[i] = floor + (low + 0.5) * height;
      while (Arrays.stream(held, low, high + 1).sum() < share * Arrays.stream(held).sum()) {
        if (low == 0 || (high < rows - 1 && held[high + 1] >= held[low - 1])) {
          high++;
        } else {
          low--;
        }
      }
      top[i] = floor + (high + 1) * height;
      bottom[i] = floor + low * height;
    }
    return List.of(control, top, bottom);
  }

  private static List<double[]> heikinAshi() {
    var close = times(plus(plus(O, H), plus(L, C)), 0.25);
    var open = times(plus(O, C), 0.5);
    for (int i = 1; i < C.length; i++) {
      open[i] = (open[i - 1] + close[i - 1]) / 2;
    }
    var body = List.of(both(open, close, Math::max), both(open, close, Math::min));
    return List.of(
        open, both(H, body.getFirst(), Math::max), both(L, body.getLast(), Math::min), close);
  }

  private static List<double[]> pivots(PivotPoints.Kind kind, int barsOfDay) {
    var levels = new double[7][C.length];
    for (int i = 0; i < C.length; i++) {
      int today = i / barsOfDay * barsOfDay;
      var of = new double[7];
      Arrays.fill(of, Double.NaN);
      if (today > 0) {
        double h = Arrays.stream(H, today - barsOfDay, today).max().orElseThrow();
        double l = Arrays.stream(L, today - barsOfDay, today).min().orElseThrow();
        double c = C[today - 1];
        double p = (h + l + c) / 3;
        double w = (h + l + 2 * O[today]) / 4;
        of =
            switch (kind) {
              case TRADITIONAL ->
                  new double[] {
                    p,
                    2 * p - l,
                    p + (h - l),
                    2 * p + h - 2 * l,
                    2 * p - h,
                    p - (h - l),
                    2 * p - 2 * h + l
                  };
              case FIBONACCI ->
                  new double[] {
                    p,
                    p + 0.382 * (h - l),
                    p + 0.618 * (h - l),
                    p + (h - l),
                    p - 0.382 * (h - l),
                    p - 0.618 * (h - l),
                    p - (h - l)
                  };
              case CAMARILLA ->
                  new double[] {
                    p,
                    c + 1.1 * (h - l) / 12,
                    c + 1.1 * (h - l) / 6,
                    c + 1.1 * (h - l) / 4,
                    c - 1.1 * (h - l) / 12,
                    c - 1.1 * (h - l) / 6,
                    c - 1.1 * (h - l) / 4
                  };
              case WOODIE ->
                  new double[] {
                    w,
                    2 * w - l,
                    w + (h - l),
                    h + 2 * (w - l),
                    2 * w - h,
                    w - (h - l),
                    l - 2 * (h - w)
                  };
            };
      }
      for (int level = 0; level < 7; level++) {
        levels[level][i] = of[level];
      }
    }
    return List.of(levels);
  }

  private static List<double[]> fractals(int side) {
    var up = new double[C.length];
    var down = new double[C.length];
    double latestUp = Double.NaN;
    double latestDown = Double.NaN;
    for (int i = 0; i < C.length; i++) {
      int middle = i - side;
      if (middle >= side) {
        boolean top = true;
        boolean bottom = true;
        for (int j = middle - side; j <= i; j++) {
          top &= j == middle || H[j] < H[middle];
          bottom &= j == middle || L[j] > L[middle];
        }
        latestUp = top ? H[middle] : latestUp;
        latestDown = bottom ? L[middle] : latestDown;
      }
      up[i] = latestUp;
      down[i] = latestDown;
    }
    return List.of(up, down);
  }

  private static List<double[]> one(double[] column) {
    return List.of(column);
  }

  private static List<double[]> around(double[] middle, double[] half) {
    return List.of(plus(middle, half), middle, less(middle, half));
  }

  private static void is(String use, Supplier<List<double[]>> definition, Object... parameters) {
    var map = new HashMap<String, Double>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put((String) parameters[i], ((Number) parameters[i + 1]).doubleValue());
    }
    CASES.add(new Case(use, map, definition));
  }

  @Test
  void everyIndicatorIsHeldAgainstTaLibOrItsDefinition() {
    Set<String> covered = new TreeSet<>(TaLibRandomTest.covered());
    covered.addAll(CASES.stream().map(Case::use).collect(Collectors.toSet()));
    covered.addAll(List.of("imbalance", "microprice", "book-spread")); // by BookIndicatorTest
    covered.add("external"); // by ExternalIndicatorTest
    assertThat(covered)
        .containsExactlyInAnyOrderElementsOf(
            IndicatorRegistry.all().stream().map(IndicatorDefinition::name).toList());
  }

  @TestFactory
  List<DynamicTest> valuesAgreeWithTheDefinitionOnRandomBarsOfSeed7() {
    return CASES.stream()
        .map(each -> DynamicTest.dynamicTest(each.use + " " + each.parameters, () -> compare(each)))
        .toList();
  }

  private static void compare(Case expected) {
    var definition = expected.definition.get();
    var actual = BARS.values(expected.use, expected.parameters);
    assertThat(actual).hasDimensions(definition.size(), BARS.size());
    for (int output = 0; output < actual.length; output++) {
      var wanted = definition.get(output);
      double scale =
          Arrays.stream(wanted).filter(x -> !Double.isNaN(x)).map(Math::abs).max().orElseThrow();
      int compared = 0;
      for (int i = 0; i < BARS.size(); i++) {
        int bar = i;
        if (definition.stream().anyMatch(column -> Double.isNaN(column[bar]))) {
          assertThat(actual[output][i]).as("output %d of bar %d", output, i).isNaN();
        } else {
          assertThat(Math.abs(actual[output][i] - wanted[i]))
              .as(
                  "output %d of bar %d: %s, by definition %s",
                  output, i, actual[output][i], wanted[i])
              .isLessThanOrEqualTo(1e-10 * scale);
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(500);
    }
  }
}
