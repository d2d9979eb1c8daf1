package sandpiper.persistence;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import sandpiper.bus.Refusal;

/// Tells a platform that is alive from one that was killed: the operating system lets go of the
/// lock with the process, whatever ended it, while the database server may live on.
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @param key of the configuration, for the message
  /// @throws Refusal when another platform, here or in another process, has the directory
  static DirectoryLock take(String key, Path directory) throws IOException {
    Files.createDirectories(directory);
    var file = directory.resolve("sandpiper.lock");
    var channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      if (isLocked(channel)) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(ownProcess().getBytes(StandardCharsets.US_ASCII)));
        return new DirectoryLock(channel);
      }
      var holder = Files.readString(file).strip();
      channel.close();
      throw new Refusal(
          Refusal.Kind.FAILED,
          key
              + " must belong to one running platform, but process "
              + holder
              + " is using "
              + directory
              + ": stop it or name another directory");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Whether a platform that is alive has the directory.
  static boolean isHeld(Path directory) throws IOException {
    var file = directory.resolve("sandpiper.lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, READ, WRITE)) {
      return !isLocked(channel);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static String ownProcess() {
    return ProcessHandle.current().pid() + "\n";
  }
}
