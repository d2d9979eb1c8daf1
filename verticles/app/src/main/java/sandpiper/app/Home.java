package sandpiper.app;

import java.nio.file.Path;

/// Where the platform is installed: `strategies-js`, `conf` and `migrations` lie there.
final class Home {
  private Home() {}

  /// As `bin/sandpiper` says by `-Dsandpiper.home`; else the working directory.
  static Path path() {
    return Path.of(System.getProperty("sandpiper.home", "")).toAbsolutePath().normalize();
  }

  /// @param path absolute, or relative to the home
  static Path resolve(String path) {
    return path().resolve(path).normalize();
  }
}
