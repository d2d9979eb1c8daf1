package sandpiper.feeds;

import java.io.Serial;

/// Why one row cannot be used; the reader adds file and line, or counts it.
final class BadRow extends Exception {
  @Serial private static final long serialVersionUID = 1;

  BadRow(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
