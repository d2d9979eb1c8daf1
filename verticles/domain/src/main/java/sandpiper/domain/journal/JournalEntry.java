package sandpiper.domain.journal;

/// One thing a session decided or that happened to it, in the order in which it did.
public sealed interface JournalEntry
    permits Signal, OrderEvent, FundingPaid, EquityMarked, RiskAlert, Note {
  String sessionId();

  /// Number of the input during which it happened; 0 before the first.
  long seq();

  /// The session's clock, UTC microseconds.
  long time();
}
