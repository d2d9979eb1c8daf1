package sandpiper.persistence;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;

/// Makes sure that whoever asked the database hears back in time, and in a sentence.
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final int SECONDS = 30;

  private Answers() {}

  /// @param what was asked for, to follow "cannot"
  static <T> Future<T> within(Future<T> answer, String what) {
    return explained(answer.timeout(SECONDS, TimeUnit.SECONDS), what);
  }

  /// For an answer that has a limit of its own.
  ///
  /// @param what was asked for, to follow "cannot"
  static <T> Future<T> explained(Future<T> answer, String what) {
    return answer.recover(failure -> {
      if (failure instanceof Refusal) {
        return Future.failedFuture(failure); // it is a sentence already
      }
      LOG.error("cannot {}", what, failure);
      var reason =
          failure instanceof TimeoutException
              ? "the database gave no answer in " + SECONDS + " s"
              : failure.getMessage();
      return Future.failedFuture(
          new Refusal(Refusal.Kind.FAILED, "cannot " + what + ": " + reason));
    });
  }
}
