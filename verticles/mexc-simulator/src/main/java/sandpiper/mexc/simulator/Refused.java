package sandpiper.mexc.simulator;

/// A request that the exchange refuses, with the code and the words it answers.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final int code;
  private final String text;

  private Refused(int status, int code, String text) {
    super(code + " " + text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  static Refused of(int code, String text) {
    return new Refused(BAD_REQUEST, code, text);
  }

  static Refused withStatus(int status, String text) {
    return new Refused(status, status, text);
  }

  /// Of HTTP.
  int status() {
    return status;
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }
}
