package sandpiper.app;

import java.io.Serial;

/// What the user asked for cannot be done as asked.
final class UsageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
