package sandpiper.domain.journal;

/// How long an order waits.
public enum TimeInForce {
  /// Until it is cancelled.
  GTC,
  /// For the first price it meets; what that does not fill expires.
  IOC,
  /// For the first price it meets, wholly or not at all.
  FOK,
  /// Until a given time.
  GTD,
  /// Until 00:00 UTC.
  DAY;

  /// Whether only the first price counts.
  public boolean isImmediate() {
    return this == IOC || this == FOK;
  }
}
