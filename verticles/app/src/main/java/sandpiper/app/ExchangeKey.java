package sandpiper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.client.Credentials;

/// Reads the key of the account that live sessions trade with: from the environment, or from a file
/// that nobody but its owner may read.
final class ExchangeKey {
  private static final String KEY = "SANDPIPER_MEXC_KEY";
  private static final String SECRET = "SANDPIPER_MEXC_SECRET";

  private ExchangeKey() {}

  /// @param file with the lines `key=…` and `secret=…`; null for none
  /// @return null when there is no key
  /// @throws UsageException when there is half of one, two, or the file is open to others
  static @Nullable Credentials read(Map<String, String> environment, @Nullable Path file) {
    var key = environment.getOrDefault(KEY, "");
    var secret = environment.getOrDefault(SECRET, "");
    if (key.isBlank() != secret.isBlank()) {
      throw new UsageException(KEY + " and " + SECRET + " need each other");
    }
    if (file == null) {
      return key.isBlank() ? null : new Credentials(key, secret);
    }
    if (!key.isBlank()) {
      throw new UsageException(
          "the key of the exchange stands in the environment and in mexc.key-file: take one away");
    }
    return read(file);
  }

  private static Credentials read(Path file) {
    try {
      var open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      open.remove(PosixFilePermission.OWNER_READ);
      open.remove(PosixFilePermission.OWNER_WRITE);
      if (!open.isEmpty()) {
        throw new UsageException(
            "mexc.key-file: "
                + file
                + " must be for its owner alone (chmod 600), is open: "
                + open);
      }
      var lines = new Properties();
      try (var in = Files.newBufferedReader(file)) {
        lines.load(in);
      }
      return new Credentials(
          lines.getProperty("key", "").strip(), lines.getProperty("secret", "").strip());
    } catch (IOException e) {
      throw new UsageException("mexc.key-file: " + file + " cannot be read");
    } catch (IllegalArgumentException _) {
      throw new UsageException(
          "mexc.key-file: " + file + " must have the lines key=… and secret=…");
    }
  }
}
