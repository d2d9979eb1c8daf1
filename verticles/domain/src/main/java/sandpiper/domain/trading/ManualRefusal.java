package sandpiper.domain.trading;

import java.io.Serial;

/// What a person asked for cannot be done. No stack trace: it is an answer.
public final class ManualRefusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// What is in the way.
  public enum Kind {
    /// The thing named is not there.
    UNKNOWN,
    /// It is not as it was thought to be, or a rule turns the request down.
    CONFLICT,
    /// The request makes no sense.
    INVALID
  }

  private final Kind kind;

  ManualRefusal(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
