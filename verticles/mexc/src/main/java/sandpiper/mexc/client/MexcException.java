package sandpiper.mexc.client;

import java.io.Serial;

/// Something that the exchange did not do, with a sentence for people. It names neither key nor
/// signature. No stack trace: it is an answer.
public final class MexcException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
  private static final int LONGEST = 300;

  private final MexcError error;
  private final int code;
  private final long retryAfterMillis;

  public MexcException(MexcError error, String message) {
    this(error, 0, 0, message);
  }

  /// @param code that the exchange gave; zero for none
  /// @param retryAfterMillis when to come again; zero when it did not say
  MexcException(MexcError error, int code, long retryAfterMillis, String message) {
    super(readable(message), null, false, false);
    this.error = error;
    this.code = code;
    this.retryAfterMillis = retryAfterMillis;
  }

  public MexcError error() {
    return error;
  }

  /// That the exchange gave; zero for none.
  public int code() {
    return code;
  }

  /// When to come again; zero when the exchange did not say.
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /// The exchange's words go into logs and to people: one line, not too long.
  private static String readable(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
