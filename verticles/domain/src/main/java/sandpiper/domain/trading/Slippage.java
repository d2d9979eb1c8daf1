package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import sandpiper.domain.market.Decimals;

/// How much worse than the market's own price an order fills that takes liquidity. An order with a
/// limit never fills beyond it.
///
/// As text: `none`, `fixed:0.05`, `percent:0.01`, `volume:0.1:0.1`.
public sealed interface Slippage {
  /// The market's own price.
  record None() implements Slippage {
    @Override
    public String toString() {
      return "none";
    }
  }

  /// @param offset in quote currency for each unit, above zero
  record Fixed(BigDecimal offset) implements Slippage {
    public Fixed {
      above("offset", offset);
    }

    @Override
    public String toString() {
      return "fixed:" + Decimals.plain(offset);
    }
  }

  /// @param percent of the price, above zero and below 100
  record Percent(BigDecimal percent) implements Slippage {
    public Percent {
      above("percent", percent);
      if (percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
        throw new IllegalArgumentException("percent of slippage must be below 100, was " + percent);
      }
    }

    @Override
    public String toString() {
      return "percent:" + Decimals.plain(percent);
    }
  }

  /// An order takes part in an event's volume and moves the price with the square of its share.
  /// What is more than its part waits for the next event.
  ///
  /// Source: the volume share model of Zipline, whose defaults are 0.025 and 0.1.
  ///
  /// @param limit largest share of the volume of a bar, of the amount of a trade or of the size of
  ///   a quote that the orders of a session get together, above zero, at most 1
  /// @param impact share of the price by which it would be worse for the whole volume, from zero up
  record VolumeShare(BigDecimal limit, BigDecimal impact) implements Slippage {
    public VolumeShare {
      above("volume limit", limit);
      if (limit.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException(
            "volume limit of slippage must be at most 1, was " + limit);
      }
      if (impact.signum() < 0 || impact.compareTo(BigDecimal.ONE) >= 0) {
        throw new IllegalArgumentException(
            "impact of slippage must be from 0 to below 1, was " + impact);
      }
    }

    @Override
    public String toString() {
      return "volume:" + Decimals.plain(limit) + ":" + Decimals.plain(impact);
    }
  }

  /// Twice as much; without any, so many percent.
  default Slippage doubled(BigDecimal percentForNone) {
    return switch (this) {
      case None() -> new Percent(percentForNone);
      case Fixed(var offset) -> new Fixed(offset.add(offset));
      case Percent(var percent) ->
          new Percent(percent.add(percent).min(new BigDecimal("99.99")).max(percentForNone));
      case VolumeShare(var limit, var impact) ->
          new VolumeShare(limit, impact.add(impact).min(new BigDecimal("0.99")));
    };
  }

  Pattern TEXT =
      Pattern.compile(
          "(fixed|percent|volume):([0-9]{1,12}(?:\\.[0-9]{1,12})?)(?::([0-9](?:\\.[0-9]{1,12})?))?");

  /// @throws IllegalArgumentException naming what is allowed
  static Slippage parse(String text) {
    if (text.equals("none")) {
      return new None();
    }
    var found = TEXT.matcher(text);
    if (found.matches() && found.group(1).equals("volume") == (found.group(3) != null)) {
      var value = new BigDecimal(found.group(2));
      return switch (found.group(1)) {
        case "fixed" -> new Fixed(value);
        case "percent" -> new Percent(value);
        default -> new VolumeShare(value, new BigDecimal(found.group(3)));
      };
    }
    throw new IllegalArgumentException(
        "slippage must be none, fixed:OFFSET, percent:PERCENT or volume:LIMIT:IMPACT, was '"
            + text
            + "'");
  }

  private static void above(String what, BigDecimal value) {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(what + " of slippage must be above zero, was " + value);
    }
  }
}
