package sandpiper.bus;

import java.io.Serial;

/// A request that was turned down, with a sentence for the one who asked. No stack trace: it is an
/// answer.
public final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// Whose fault it is.
  public enum Kind {
    /// Something went wrong here.
    FAILED(500),
    /// The request asks for what is not allowed.
    INVALID(400),
    /// The thing named is not there.
    UNKNOWN(404);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /// As an HTTP status.
    public int code() {
      return code;
    }

    static Kind of(int code) {
      for (var kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return FAILED;
    }
  }

  private final Kind kind;

  public Refusal(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public static Refusal invalid(String message) {
    return new Refusal(Kind.INVALID, message);
  }

  public static Refusal unknown(String message) {
    return new Refusal(Kind.UNKNOWN, message);
  }
}
