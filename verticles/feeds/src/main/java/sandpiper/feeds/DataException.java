package sandpiper.feeds;

import java.io.Serial;

/// Market data that cannot be used. The message is one sentence for people and names the file; no
/// stack trace, for it is the data that are wrong.
public final class DataException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  DataException(String message) {
    super(message, null, false, false);
  }
}
