package sandpiper.strategies.child;

import java.io.Serial;

/// A child ended, gave no answer, or said something that it must not; it has been killed.
public final class ChildException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public ChildException(String reason) {
    super(reason);
  }

  /// For people.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
