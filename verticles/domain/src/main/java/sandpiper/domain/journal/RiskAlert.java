package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A risk rule was broken: an order was turned down, trading was stopped, or a position was closed
/// by force.
///
/// @param index number of the alert among those of the same input, from 1
/// @param rule such as `leverage`
/// @param action what the rule did
/// @param level `warn` for one order, `error` when trading stops or a position is closed, `info`
///   when it may go on
/// @param strategy whose order it was; null when the rule is the session's
/// @param signalId that the order followed from; null without an order
/// @param orderId null without an order
/// @param limit that holds, in the unit of the rule; null where there is no number
/// @param value that broke it, in the same unit; null likewise
/// @param text for people
/// @param acknowledgedAt when somebody said to have seen it, UTC microseconds of the wall clock;
///   null until then
/// @param acknowledgedBy who it was; null until then
public record RiskAlert(
    String sessionId,
    long seq,
    long time,
    int index,
    String rule,
    RiskAction action,
    String level,
    @Nullable String strategy,
    @Nullable String signalId,
    @Nullable String orderId,
    @Nullable BigDecimal limit,
    @Nullable BigDecimal value,
    String text,
    @Nullable Long acknowledgedAt,
    @Nullable String acknowledgedBy)
    implements JournalEntry {
  /// The same, seen by somebody.
  public RiskAlert acknowledged(long at, String by) {
    return new RiskAlert(
        sessionId, seq, time, index, rule, action, level, strategy, signalId, orderId, limit, value,
        text, at, by);
  }

  public RiskAlert {
    Identity.session(sessionId);
    if (orderId != null && signalId == null) {
      throw new IllegalArgumentException("the alert about order " + orderId + " needs its signal");
    }
  }
}
