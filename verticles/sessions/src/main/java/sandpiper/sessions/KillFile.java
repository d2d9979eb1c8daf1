package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file by which whoever can reach the disk stops trading, when nothing else answers any more.
final class KillFile {
  private static final long EVERY_MILLIS = 500;

  private final Vertx vertx;
  private final @Nullable Path file;
  private boolean there;

  /// @param file null for none
  KillFile(Vertx vertx, @Nullable Path file) {
    this.vertx = vertx;
    this.file = file;
  }

  /// Looks twice a second, until the verticle ends.
  ///
  /// @param appeared told each time the file appears
  void watch(Runnable appeared) {
    if (file != null) {
      vertx.setPeriodic(
          EVERY_MILLIS,
          _ ->
              isThere()
                  .onSuccess(now -> {
                    boolean before = there;
                    there = now;
                    if (now && !before) {
                      appeared.run();
                    }
                  }));
    }
  }

  Future<Boolean> isThere() {
    return file == null
        ? Future.succeededFuture(false)
        : vertx.fileSystem().exists(file.toString());
  }

  @Override
  public String toString() {
    return String.valueOf(file);
  }
}
