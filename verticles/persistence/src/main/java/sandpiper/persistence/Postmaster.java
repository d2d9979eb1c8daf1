package sandpiper.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;

/// The server processes of one PostgreSQL data directory, whoever started them.
///
/// Where there is a `/proc` they are found by their working directory, which also finds the workers
/// that outlive a killed server for a moment and hold its shared memory. Elsewhere only the server
/// itself is known, from its pid file.
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path PROC = Path.of("/proc");

  private final Path directory;

  Postmaster(Path directory) {
    this.directory = directory;
  }

  /// The process id in the pid file, whether or not it still runs.
  Optional<Long> pid() throws IOException {
    return line(0).map(Long::valueOf);
  }

  /// The port in the pid file, whether or not the server still runs.
  Optional<Integer> port() throws IOException {
    return line(3).map(Integer::valueOf);
  }

  private Optional<String> line(int number) throws IOException {
    try {
      return Files.readString(directory.resolve("postmaster.pid"))
          .lines()
          .skip(number)
          .findFirst()
          .map(String::strip);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Whether that process lives and is a server on the directory. One that is dead and not buried
  /// yet is none.
  boolean isServer(long pid) {
    try {
      var process = ProcessHandle.of(pid);
      return process.isPresent()
          && process.get().isAlive()
          && (!hasProc() || isServerIn(directory.toRealPath(), process.get()));
    } catch (IOException _) {
      return false; // without its directory it is none either
    }
  }

  private static boolean hasProc() {
    return Files.isDirectory(PROC.resolve("self"));
  }

  boolean isRunning() throws IOException {
    return !processes().isEmpty();
  }

  /// Ends what still runs on the directory and waits until it is gone. Sessions with the database
  /// may end themselves first; a server that does not stop in time is killed, which loses nothing
  /// that was committed.
  void stop() throws IOException {
    var running = processes();
    if (running.isEmpty()) {
      return;
    }
    LOG.info("stopping the database server left over in {}", directory);
    var server = pid();
    running.stream()
        .filter(process -> server.isPresent() && process.pid() == server.get())
        .forEach(ProcessHandle::destroy);
    if (!isGoneAfter(PATIENCE)) {
      LOG.warn("the database server in {} did not stop in {}, killing it", directory, PATIENCE);
      forEach(ProcessHandle::destroyForcibly);
      if (!isGoneAfter(PATIENCE)) {
        throw new Refusal(
            Refusal.Kind.FAILED,
            "the database server left over in " + directory + " cannot be stopped: end it by hand");
      }
    }
  }

  private void forEach(Consumer<ProcessHandle> action) throws IOException {
    processes().forEach(action);
  }

  private boolean isGoneAfter(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (isRunning()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the database server stopped", e);
      }
    }
    return true;
  }

  private List<ProcessHandle> processes() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    if (hasProc()) {
      var here = directory.toRealPath();
      return ProcessHandle.allProcesses().filter(process -> isServerIn(here, process)).toList();
    }
    return pid().flatMap(ProcessHandle::of).filter(Postmaster::isServer).stream().toList();
  }

  private static boolean isServer(ProcessHandle process) {
    return process.info().command().filter(command -> command.contains("postgres")).isPresent();
  }

  private static boolean isServerIn(Path directory, ProcessHandle process) {
    var entry = PROC.resolve(String.valueOf(process.pid()));
    try {
      return Files.readSymbolicLink(entry.resolve("cwd")).equals(directory)
          && Files.readSymbolicLink(entry.resolve("exe"))
              .getFileName()
              .toString()
              .startsWith("postgres");
    } catch (IOException _) {
      return false; // ended meanwhile, or somebody else's
    }
  }
}
