package sandpiper.bus;

/// Keys of lines of the log, by which they can be found.
public final class LogKeys {
  public static final String SESSION = "session_id";
  public static final String SIGNAL = "signal_id";

  private LogKeys() {}
}
