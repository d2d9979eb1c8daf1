package sandpiper.domain.journal;

/// A number that a strategy follows over time.
///
/// @param index number of the note among those of the same input, from 1
public record Metric(
    String sessionId, long seq, long time, int index, String strategy, String name, double value)
    implements Note {
  public Metric {
    Identity.session(sessionId);
  }
}
