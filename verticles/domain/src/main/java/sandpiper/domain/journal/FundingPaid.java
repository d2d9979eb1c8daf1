package sandpiper.domain.journal;

import java.math.BigDecimal;

/// A position paid for being held, or was paid.
///
/// @param rate share of the notional that longs paid to shorts
/// @param notional of the position at the latest price, in quote currency
/// @param amount that came in, in quote currency; below zero when it was paid
/// @param dueTime UTC microseconds of the payment, at most the session's clock
/// @param position as the payment left it
public record FundingPaid(
    String sessionId,
    long seq,
    long time,
    BigDecimal rate,
    BigDecimal notional,
    BigDecimal amount,
    long dueTime,
    Position position)
    implements JournalEntry {
  public FundingPaid {
    Identity.session(sessionId);
  }
}
