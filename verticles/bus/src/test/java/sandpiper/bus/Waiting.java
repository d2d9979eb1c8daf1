package sandpiper.bus;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waits for futures on the test's thread.
final class Waiting {
  private Waiting() {}

  static <T> T await(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  /// Why it failed.
  static Throwable failure(Future<?> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    var failed = new CompletableFuture<@Nullable Throwable>();
    future.onComplete(_ -> failed.complete(null), failed::complete);
    var reason = failed.get(20, SECONDS);
    if (reason == null) {
      throw new AssertionError("did not fail");
    }
    return reason;
  }
}
