package sandpiper.strategies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Where strategies run: in the platform's process, or those of a session in one of their own.
///
/// A script is bundled when it is, to the last byte, the script of that name that was built into
/// the platform; whatever else lies in the strategies' folder is uploaded.
///
/// @param heapMegabytes of a process of strategies, 64 to 65,536
/// @param answer how long such a process may take over one input before it is killed, 100 ms to 15
///   s; the time of the platform itself is not counted
public record Isolation(Mode bundled, Mode uploaded, int heapMegabytes, Duration answer) {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(15);

  /// How far strategies are kept away.
  public enum Mode {
    NONE,
    PROCESS
  }

  public Isolation {
    if (heapMegabytes < 64 || heapMegabytes > 65_536) {
      throw new IllegalArgumentException(
          "the heap of isolated strategies must have 64 to 65536 MB, was " + heapMegabytes);
    }
    if (answer.compareTo(LEAST) < 0 || answer.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "isolated strategies must answer within 100 to 15000 ms, was " + answer.toMillis());
    }
  }

  /// What holds for a script.
  public Mode of(Script script) {
    return isBundled(script) ? bundled : uploaded;
  }

  private static boolean isBundled(Script script) {
    try (var built = Isolation.class.getResourceAsStream("bundled/" + script.file())) {
      return built != null
          && new String(built.readAllBytes(), StandardCharsets.UTF_8).equals(script.text());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled script " + script.file(), e);
    }
  }
}
