package sandpiper.domain.journal;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What the session is worth, marked at the latest prices; all in the account's currency, at the
/// latest rates.
///
/// @param cash what is left of the budget and all that fills brought and cost; on margin, the
///   budget and all profit, fees and funding that was booked
/// @param equity cash and the worth of all positions
/// @param realised profit booked so far, before fees
/// @param unrealised profit of the positions held
/// @param fees paid so far
/// @param funding received so far; below zero when paid
/// @param balances what makes up `cash`, by currency and in it
public record EquityMarked(
    String sessionId,
    long seq,
    long time,
    BigDecimal cash,
    BigDecimal equity,
    BigDecimal realised,
    BigDecimal unrealised,
    BigDecimal fees,
    BigDecimal funding,
    Map<String, BigDecimal> balances)
    implements JournalEntry {
  public EquityMarked {
    Identity.session(sessionId);
    balances = Collections.unmodifiableMap(new TreeMap<>(balances));
  }
}
