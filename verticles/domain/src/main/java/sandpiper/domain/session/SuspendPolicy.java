package sandpiper.domain.session;

/// What becomes of the working orders of a strategy that is suspended.
public enum SuspendPolicy {
  CANCEL,
  KEEP
}
