package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// What the quote currencies of a session's symbols are worth in the one that it reports in. Not
/// thread-safe.
///
/// A rate is the latest price of one of the session's symbols, or its inverse, to 34 digits.
final class Currencies {
  private final List<Instrument> instruments;
  private final List<Rate> rates = new ArrayList<>();

  /// Of one currency; not known before the first price of its symbol.
  static final class Rate {
    private final String currency;
    private final @Nullable String symbol;
    private final boolean inverse;
    private double price = Double.NaN;

    private Rate(String currency, @Nullable String symbol, boolean inverse) {
      this.currency = currency;
      this.symbol = symbol;
      this.inverse = inverse;
    }

    String currency() {
      return currency;
    }

    /// The symbol whose price it is; null for the currency that is reported in.
    @Nullable String symbol() {
      return symbol;
    }

    boolean isKnown() {
      return symbol == null || price > 0;
    }

    /// What an amount is worth; zero is worth nothing at any rate.
    BigDecimal worth(BigDecimal amount) {
      if (symbol == null || amount.signum() == 0) {
        return amount;
      }
      if (!isKnown()) {
        throw new IllegalStateException("no price of " + symbol + " was seen yet");
      }
      var exact = Decimals.exact(price);
      return inverse ? amount.divide(exact, MathContext.DECIMAL128) : amount.multiply(exact);
    }

    /// The same as a double; 0 while it is not known.
    double rough() {
      return symbol == null ? 1 : price > 0 ? (inverse ? 1 / price : price) : 0;
    }
  }

  /// @param wanted the currency to report in; null for that of the first instrument
  /// @throws IllegalArgumentException naming a symbol whose currency none of the session's prices
  Currencies(List<Instrument> instruments, @Nullable String wanted) {
    this.instruments = instruments;
    var report = wanted == null ? instruments.getFirst().quote() : wanted;
    rates.add(new Rate(report, null, false));
    for (var instrument : instruments) {
      if (find(instrument.quote()) == null) {
        rates.add(rate(instrument, report));
      }
    }
  }

  private Rate rate(Instrument wanted, String report) {
    var quote = wanted.quote();
    for (var each : instruments) {
      if (each.base().equals(quote) && each.quote().equals(report)) {
        return new Rate(quote, each.symbol(), false);
      }
      if (each.base().equals(report) && each.quote().equals(quote)) {
        return new Rate(quote, each.symbol(), true);
      }
    }
    throw new IllegalArgumentException(
        wanted.symbol()
            + " is quoted in "
            + quote
            + ", and the account is kept in "
            + report
            + ": the session needs a symbol that prices one in the other, such as "
            + quote
            + report);
  }

  /// The currency that is reported in.
  String report() {
    return rates.getFirst().currency;
  }

  /// All of them, the reported one first.
  List<Rate> all() {
    return rates;
  }

  /// Of the currency that `symbol` is quoted in.
  Rate of(String symbol) {
    if (rates.size() == 1) {
      return rates.getFirst();
    }
    for (int i = 0; i < instruments.size(); i++) {
      if (instruments.get(i).symbol().equals(symbol)) {
        return Objects.requireNonNull(find(instruments.get(i).quote()));
      }
    }
    throw new IllegalArgumentException("the session does not trade " + symbol);
  }

  /// Takes the latest price of `symbol`.
  void mark(String symbol, double price) {
    for (int i = 1; i < rates.size(); i++) {
      var rate = rates.get(i);
      if (symbol.equals(rate.symbol)) {
        rate.price = price;
      }
    }
  }

  private @Nullable Rate find(String currency) {
    for (int i = 0; i < rates.size(); i++) {
      if (rates.get(i).currency.equals(currency)) {
        return rates.get(i);
      }
    }
    return null;
  }
}
