package sandpiper.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal on a disk that has no room: what was acknowledged is there, and it goes on when
/// there is room again. The errors are the operating system's.
class DiskFullIT {
  @TempDir private Path folder;

  /// A file system of one megabyte.
  @Test
  void onADiskThatIsFull() throws Exception {
    var mount = "mount -t tmpfs -o size=1m none '%s' && exec \"$@\"".formatted(folder);
    assertThat(run(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh"), true))
        .contains("full after 10", "No space left on device", "goes on", "all there");
  }

  /// No file may be longer than 300 kB: the write under way is cut in the middle, and then goes
  /// into another file.
  @Test
  void whereFilesMayNotGrow() throws Exception {
    assertThat(run(List.of("prlimit", "--fsize=300000"), false))
        .contains("full after 29", "File too large", "goes on", "all there");
  }

  private String run(List<String> limit, boolean frees) throws Exception {
    var command = new ArrayList<>(limit);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Filler.class.getName(),
            folder.toString(),
            String.valueOf(frees)));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /// Appends until it cannot, and goes on when it can.
  static final class Filler {
    /// So that a good many files find room.
    private static final long MAX_BYTES = 64 << 20;

    private static final int SIZE = 10_000;

    private Filler() {}

    /// @param arguments folder of the journal; whether only taking records out makes room
    public static void main(String[] arguments) throws IOException {
      var folder = Path.of(arguments[0]);
      boolean frees = Boolean.parseBoolean(arguments[1]);
      var journal = DiskJournal.open(folder, frees ? 2 << 20 : MAX_BYTES, () -> 1);
      int written = 0;
      var failure = "";
      while (failure.isEmpty()) {
        try {
          journal.append(List.of(record(written)));
          written++;
        } catch (IOException e) {
          failure = String.valueOf(e.getMessage());
        }
      }
      System.out.println("full after " + written + " records: " + failure);
      int taken = 0;
      if (frees) {
        try {
          journal.append(List.of(record(written)));
          throw new IllegalStateException("there was room after all");
        } catch (IOException e) {
          System.out.println("still full: " + e.getMessage());
        }
        for (; taken < 30; taken++) {
          requireNext(journal, taken);
        }
      }
      for (int i = 0; i < 5; i++) {
        journal.append(List.of(record(written)));
        written++;
      }
      System.out.println("goes on");

      // As a start after a kill would find it.
      var again = DiskJournal.open(folder, MAX_BYTES, () -> 1);
      int first = written - Math.toIntExact(again.records());
      if (first > taken) {
        throw new IllegalStateException(first + " records are gone, " + taken + " were taken out");
      }
      for (int number = first; number < written; number++) {
        requireNext(again, number);
      }
      if (again.peek() != null) {
        throw new IllegalStateException("there is more than was written");
      }
      try (var files = Files.list(folder)) {
        var damaged = files.filter(file -> file.toString().endsWith(".damaged")).toList();
        if (!damaged.isEmpty()) {
          throw new IllegalStateException("set aside: " + damaged);
        }
      }
      System.out.println("all there");
    }

    private static byte[] record(int number) {
      return "%s of %s".formatted(number, "x".repeat(SIZE)).getBytes(UTF_8);
    }

    private static void requireNext(DiskJournal journal, int number) throws IOException {
      var text = new String(Objects.requireNonNull(journal.peek()).content(), UTF_8);
      if (!text.startsWith(number + " of ")) {
        throw new IllegalStateException(
            "expected record " + number + ", was " + text.substring(0, 20));
      }
      journal.remove();
    }
  }
}
