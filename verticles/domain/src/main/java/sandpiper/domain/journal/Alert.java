package sandpiper.domain.journal;

/// Something a person should look at, raised by a strategy or because of one.
///
/// @param index number of the note among those of the same input, from 1
/// @param level `info`, `warn` or `error`
public record Alert(
    String sessionId, long seq, long time, int index, String strategy, String level, String text)
    implements Note {
  public Alert {
    Identity.session(sessionId);
  }
}
