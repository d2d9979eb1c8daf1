package sandpiper.gateway.rest;

import java.io.Serial;

/// The platform does not answer. No stack trace: it is an answer.
final class NotReady extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  NotReady(String reason) {
    super(reason, null, false, false);
  }
}
