package sandpiper.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every command takes that works on the database of a platform and says what came of it.
final class DatabaseArguments {
  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = "Laid over the defaults; it may name the database.")
  private @Nullable Path config;

  boolean json() {
    return json;
  }

  @Nullable Path config() {
    return config;
  }
}
