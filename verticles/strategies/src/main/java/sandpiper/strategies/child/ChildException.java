package sandpiper.strategies.child;

import java.io.Serial;

/// A child ended, gave no answer, or said something that it must not; it has been killed.
public final class ChildException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private static final int MAX_CHARACTERS = 1_000;

  /// @param reason may hold what the child said: it is cut and kept on one line
  public ChildException(String reason) {
    super(
        reason
            .substring(0, Math.min(reason.length(), MAX_CHARACTERS))
            .replaceAll("\\p{Cntrl}", " "));
  }

  /// For people.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
