package sandpiper.app;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What the user asked for cannot be done as asked.
final class UsageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UsageException(@Nullable String message) {
    super(message);
  }
}
