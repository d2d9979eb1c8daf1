package sandpiper.domain.journal;

/// A line that a strategy wrote for its author.
///
/// @param index number of the note among those of the same input, from 1
/// @param level `debug`, `info`, `warn` or `error`
public record LogLine(
    String sessionId, long seq, long time, int index, String strategy, String level, String text)
    implements Note {
  public LogLine {
    Identity.session(sessionId);
  }
}
