package sandpiper.orders;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.client.Credentials;
import sandpiper.mexc.client.MexcConfig;

/// How the platform trades on its exchange.
///
/// @param exchange where it is
/// @param credentials of the account; null when there are none, and then nothing is traded
/// @param dryRun whether orders are only shown to the exchange, which says if it would take them
/// @param haltsOnDifference whether nothing may be opened any more, until a person has looked, once
///   account and sessions do not agree
/// @param reconcileEvery time between two looks at the account
/// @param unknownPatience for which an order that nobody answered for is looked for, until it
///   counts as one that did not arrive; longer than the exchange takes a request after it was
///   signed
public record BrokerConfig(
    MexcConfig exchange,
    @Nullable Credentials credentials,
    boolean dryRun,
    boolean haltsOnDifference,
    Duration reconcileEvery,
    Duration unknownPatience) {
  /// The exchange itself without a key.
  public static final BrokerConfig NONE =
      new BrokerConfig(
          MexcConfig.STANDARD, null, false, true, Duration.ofMinutes(1), Duration.ofSeconds(15));

  /// The same with orders that are only shown to the exchange.
  public BrokerConfig dry() {
    return new BrokerConfig(
        exchange, credentials, true, haltsOnDifference, reconcileEvery, unknownPatience);
  }
}
