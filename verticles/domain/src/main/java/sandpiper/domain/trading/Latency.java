package sandpiper.domain.trading;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long an order, a change or a cancel is on its way to the venue. Times are microseconds.
///
/// As text, with `us`, `ms` or `s`: `none`, `50ms`, `uniform:20ms:80ms`, `lognormal:50ms:0.5`.
public sealed interface Latency {
  /// The longest that is allowed: an hour.
  long MAX = 3_600_000_000L;

  /// Always the same.
  record Fixed(long micros) implements Latency {
    public Fixed {
      check(micros);
    }

    @Override
    public String toString() {
      return micros == 0 ? "none" : text(micros);
    }
  }

  /// Anything between, equally often.
  ///
  /// @param least microseconds, included
  /// @param most microseconds, included
  record Uniform(long least, long most) implements Latency {
    public Uniform {
      check(least);
      check(most);
      if (least > most) {
        throw new IllegalArgumentException(
            "the least latency must not be above the most, was "
                + text(least)
                + " and "
                + text(most));
      }
    }

    @Override
    public String toString() {
      return "uniform:" + text(least) + ":" + text(most);
    }
  }

  /// Mostly near the median, at times much longer; cut off at an hour.
  ///
  /// @param median microseconds
  /// @param sigma standard deviation of the logarithm, above zero, at most 3
  record LogNormal(long median, double sigma) implements Latency {
    public LogNormal {
      check(median);
      if (!(sigma > 0 && sigma <= 3)) {
        throw new IllegalArgumentException(
            "sigma of a latency must be above 0 and at most 3, was " + sigma);
      }
    }

    @Override
    public String toString() {
      return "lognormal:" + text(median) + ":" + sigma;
    }
  }

  /// Draws the next one, microseconds.
  default long next(Random random) {
    return switch (this) {
      case Fixed(var micros) -> micros;
      case Uniform(var least, var most) -> random.nextLong(least, most + 1);
      case LogNormal(var median, var sigma) ->
          Math.min(MAX, Math.round(median * StrictMath.exp(sigma * random.nextGaussian())));
    };
  }

  /// Twice as long, at most an hour.
  ///
  /// @param least of a fixed one, microseconds
  default Latency doubled(long least) {
    return switch (this) {
      case Fixed(var micros) -> new Fixed(Math.clamp(2 * micros, least, MAX));
      case Uniform(var low, var high) ->
          new Uniform(Math.min(MAX, 2 * low), Math.min(MAX, 2 * high));
      case LogNormal(var median, var sigma) -> new LogNormal(Math.min(MAX, 2 * median), sigma);
    };
  }

  Pattern FIXED = Pattern.compile("([0-9]{1,10})(us|ms|s)");
  Pattern UNIFORM = Pattern.compile("uniform:([0-9]{1,10})(us|ms|s):([0-9]{1,10})(us|ms|s)");
  Pattern LOG_NORMAL =
      Pattern.compile("lognormal:([0-9]{1,10})(us|ms|s):([0-9](?:\\.[0-9]{1,9})?)");

  /// @throws IllegalArgumentException naming what is allowed
  static Latency parse(String text) {
    if (text.equals("none")) {
      return new Fixed(0);
    }
    var fixed = FIXED.matcher(text);
    if (fixed.matches()) {
      return new Fixed(micros(fixed, 1));
    }
    var uniform = UNIFORM.matcher(text);
    if (uniform.matches()) {
      return new Uniform(micros(uniform, 1), micros(uniform, 3));
    }
    var logNormal = LOG_NORMAL.matcher(text);
    if (logNormal.matches()) {
      return new LogNormal(micros(logNormal, 1), Double.parseDouble(logNormal.group(3)));
    }
    throw new IllegalArgumentException(
        "latency must be none, a time such as 50ms, uniform:20ms:80ms or lognormal:50ms:0.5, was '"
            + text
            + "'");
  }

  private static long micros(Matcher found, int group) {
    long unit =
        switch (found.group(group + 1)) {
          case "us" -> 1;
          case "ms" -> 1_000;
          default -> 1_000_000;
        };
    return Long.parseLong(found.group(group)) * unit;
  }

  private static String text(long micros) {
    return micros % 1_000_000 == 0
        ? micros / 1_000_000 + "s"
        : micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
  }

  private static void check(long micros) {
    if (micros < 0 || micros > MAX) {
      throw new IllegalArgumentException(
          "latency must be from 0 to an hour, was " + micros + " microseconds");
    }
  }
}
