package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account, with the one key that reaches it.
///
/// @param balances what it begins with, by asset
/// @param futures what it begins with there, by asset: money apart from the balances
/// @param canTrade whether the key may place and cancel orders
/// @param symbols that the key may trade; null for all
public record AccountConfig(
    String key,
    String secret,
    Map<String, BigDecimal> balances,
    Map<String, BigDecimal> futures,
    boolean canTrade,
    @Nullable List<String> symbols) {
  public AccountConfig {
    if (key.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("key and secret must not be empty");
    }
    requireNotNegative(balances);
    requireNotNegative(futures);
    balances = Map.copyOf(balances);
    futures = Map.copyOf(futures);
    symbols = symbols == null ? null : List.copyOf(symbols);
  }

  /// One that may trade everything.
  public static AccountConfig of(String key, String secret, Map<String, BigDecimal> balances) {
    return new AccountConfig(key, secret, balances, true, null);
  }

  /// Without money for futures.
  public AccountConfig(
      String key,
      String secret,
      Map<String, BigDecimal> balances,
      boolean canTrade,
      @Nullable List<String> symbols) {
    this(key, secret, balances, Map.of(), canTrade, symbols);
  }

  public AccountConfig withFutures(Map<String, BigDecimal> other) {
    return new AccountConfig(key, secret, balances, other, canTrade, symbols);
  }

  private static void requireNotNegative(Map<String, BigDecimal> balances) {
    balances.forEach((asset, amount) -> {
      if (amount.signum() < 0) {
        throw new IllegalArgumentException(
            "balance of " + asset + " must not be negative, was " + amount);
      }
    });
  }
}
