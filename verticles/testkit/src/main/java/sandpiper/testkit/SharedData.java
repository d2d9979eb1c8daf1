package sandpiper.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/// The folder of real data and oracles beside the checkout, or where `SANDPIPER_SHARED` points.
///
/// A missing file fails the test that needs it; nothing is ever skipped.
public final class SharedData {
  private SharedData() {}

  /// The root of the checkout.
  public static Path home() {
    var home = System.getProperty("sandpiper.home");
    if (home == null) {
      throw new IllegalStateException("set -Dsandpiper.home to the root of the checkout");
    }
    return Path.of(home);
  }

  /// @param relative path below the shared folder, such as `oracle/backtests/tick_ema_spy.json`
  public static Path path(String relative) {
    var set = System.getenv("SANDPIPER_SHARED");
    var root = set == null ? home().resolve("../shared").normalize() : Path.of(set);
    var path = root.resolve(relative);
    if (!Files.exists(path)) {
      throw new IllegalStateException(
          "this test needs "
              + path
              + ": put the shared data beside the checkout or set SANDPIPER_SHARED");
    }
    return path;
  }

  /// All lines of a text file, unpacked if its name ends in `.gz` or `.xz`.
  public static List<String> lines(String relative) {
    var path = path(relative);
    try (var in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static InputStream open(Path path) throws IOException {
    var raw = Files.newInputStream(path);
    var name = path.toString();
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(raw);
    }
    return name.endsWith(".xz") ? new XZInputStream(raw) : raw;
  }
}
