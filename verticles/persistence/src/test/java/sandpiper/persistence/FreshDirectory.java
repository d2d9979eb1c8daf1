package sandpiper.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Directories below `target` that begin empty, whatever an earlier run left there.
final class FreshDirectory {
  private FreshDirectory() {}

  static Path of(String name) throws IOException {
    var directory = Path.of("target", name).toAbsolutePath();
    new Postmaster(directory.resolve("postgres")).stop();
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(directory);
  }
}
