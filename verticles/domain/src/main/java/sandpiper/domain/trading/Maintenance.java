package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Decimals;

/// What must stay of a margin for its position to go on, and the price at which no more than that
/// is left.
///
/// @param rate share of the notional, from 0 to below 1; a venue that keeps back the fee of closing
///   adds it here
/// @param deduction taken off, in quote currency: what makes the steps of a venue's table meet
/// @param basis the notional that counts
public record Maintenance(BigDecimal rate, BigDecimal deduction, Basis basis) {
  private static final MathContext DIGITS = MathContext.DECIMAL64;

  /// Which notional the rate is of.
  public enum Basis {
    /// At the latest price, as at Binance, OKX and Gate.
    MARK,
    /// At the average price of entry, as at MEXC and Bybit.
    ENTRY;

    /// @throws IllegalArgumentException naming what is allowed
    public static Basis parse(String text) {
      return Words.parse(values(), "basis of the maintenance margin", text);
    }

    /// As it is written: `mark`, `entry`.
    public String text() {
      return Words.text(this);
    }
  }

  public Maintenance {
    if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "maintenance rate must be from 0 to below 1 (0.005 is 0.5 %), was "
              + Decimals.plain(rate));
    }
    if (deduction.signum() < 0) {
      throw new IllegalArgumentException(
          "maintenance deduction must be zero or above, was " + Decimals.plain(deduction));
    }
  }

  /// Maintenance margin of a position.
  ///
  /// @param notional at the price that [#basis] names
  public BigDecimal of(BigDecimal notional) {
    return notional.multiply(rate).subtract(deduction).max(BigDecimal.ZERO);
  }

  /// The price at which `backing` and the profit of the position are worth its maintenance margin.
  ///
  /// @param direction 1 long, -1 short
  /// @param quantity held, in base currency, above zero
  /// @param cost what it was entered for, in quote currency
  /// @param backing what stands behind it, in quote currency: for isolated margin its own; for
  ///   cross margin the wallet with the unrealised profit of all other positions, less their
  ///   maintenance margins
  /// @return 16 digits; null when no price above zero is low enough
  public @Nullable BigDecimal liquidationPrice(
      int direction, BigDecimal quantity, BigDecimal cost, BigDecimal backing) {
    var sign = BigDecimal.valueOf(direction);
    var signedCost = cost.multiply(sign);
    BigDecimal above;
    BigDecimal below;
    if (basis == Basis.MARK) {
      above = signedCost.subtract(backing).subtract(deduction);
      below = quantity.multiply(sign.subtract(rate));
    } else {
      above = signedCost.subtract(backing).add(of(cost));
      below = quantity.multiply(sign);
    }
    var price = above.divide(below, DIGITS);
    return price.signum() > 0 ? price : null;
  }
}
