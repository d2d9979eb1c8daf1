package sandpiper.strategies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Refusal;

/// The files of strategies, `NAME.js` in one folder. Blocks.
///
/// What the system refuses is an [UncheckedIOException].
final class StrategyFolder {
  private static final String ENDING = ".js";
  private static final long STILL_MILLIS = 200;
  private static final int MAX_TRIES = 10;

  private final Path folder;

  /// What tells that a file was changed, without reading it.
  record Stamp(long size, FileTime modified) {}

  StrategyFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /// All there are, hidden ones apart, by name; a name need not be one that is allowed.
  Map<String, Stamp> stamps() {
    var stamps = new TreeMap<String, Stamp>();
    try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var stamp = name.startsWith(".") ? null : stamp(file);
        if (stamp != null) {
          stamps.put(name.substring(0, name.length() - ENDING.length()), stamp);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the strategies' folder " + folder, e);
    }
    return stamps;
  }

  /// Null when there is no such file.
  @Nullable Stamp stamp(String name) {
    return stamp(file(name));
  }

  /// The same, once nobody has written to the file for a moment, or after two seconds: what an
  /// editor has half written may be a strategy too.
  @Nullable Stamp settledStamp(String name) {
    var stamp = stamp(name);
    for (int tries = 0; stamp != null && isFresh(stamp) && tries < MAX_TRIES; tries++) {
      try {
        Thread.sleep(STILL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return stamp;
      }
      stamp = stamp(name);
    }
    return stamp;
  }

  private static boolean isFresh(Stamp stamp) {
    return Math.abs(System.currentTimeMillis() - stamp.modified().toMillis()) < STILL_MILLIS;
  }

  /// @throws Refusal when it is not the text of a strategy, or cannot be read
  String read(String name) {
    var file = file(name);
    try {
      Limits.checkSize(Files.size(file));
      var text = Files.readString(file);
      Limits.checkSource(text);
      return text;
    } catch (CharacterCodingException e) {
      throw Refusal.invalid("source must be UTF-8");
    } catch (IOException e) {
      throw Refusal.invalid("the file cannot be read: " + e.getMessage());
    }
  }

  /// Whoever reads the file sees all of the text or what was there before.
  Stamp write(String name, String text) {
    var file = file(name);
    var part = folder.resolve("." + name + ENDING + ".part");
    try {
      Files.deleteIfExists(part);
      try (var out =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      var stamp = stamp(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      if (stamp == null) {
        throw new NoSuchFileException(part.toString());
      }
      return stamp;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// Harmless when it is gone already.
  void delete(String name) {
    var file = file(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  private Path file(String name) {
    Limits.checkName(name);
    return folder.resolve(name + ENDING);
  }

  private static @Nullable Stamp stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.size(), attributes.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
