package sandpiper.strategies;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/// Waiting, for threads that may.
final class Blocking {
  private Blocking() {}

  /// @throws RuntimeException what the future failed with
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
