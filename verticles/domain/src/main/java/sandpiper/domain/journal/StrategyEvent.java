package sandpiper.domain.journal;

/// Something was done to a running strategy, between two inputs or because of the latest one.
///
/// @param seq the input after which it happened
/// @param index number of the note among those of the same input, from 1
/// @param detail for people: the reason, the versions, what was given
public record StrategyEvent(
    String sessionId, long seq, long time, int index, String strategy, Kind kind, String detail)
    implements Note {
  /// What was done.
  public enum Kind {
    /// It broke a rule or its code failed; it is not called any more until it is reloaded.
    SUSPENDED,
    /// Another version took over.
    RELOADED,
    /// Live parameters were changed.
    PARAMETERS,
    /// A message from outside was handed to it.
    COMMAND
  }

  public StrategyEvent {
    Identity.session(sessionId);
  }
}
