package sandpiper.feeds;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.CorruptedInputException;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZFormatException;

/// The text of one CSV file, unpacked as it is read.
final class DataSource implements AutoCloseable {
  private static final String DEMO = "demo/bitstamp_trades_from_20131125_usd.csv";

  /// An opened file.
  ///
  /// @param text unpacked
  /// @param counted the stream whose position tells the progress
  /// @param length of `counted` in bytes
  /// @param blocks the same as `text` when it is xz, else null
  /// @param also what else is to be closed
  record Opened(
      InputStream text,
      CountingStream counted,
      long length,
      @Nullable SeekableXZInputStream blocks,
      Closeable also) {}

  private final String data;
  private final String name;
  private final Opened opened;
  private long start;

  private DataSource(String data, String name, Opened opened) {
    this.data = data;
    this.name = name;
    this.opened = opened;
  }

  /// @param data `demo` or the path of a file
  /// @throws DataException when there is no such file, or it is not one that can be unpacked
  static DataSource open(String data) {
    if (data.equals(DataRequest.DEMO)) {
      return openDemo();
    }
    var path = path(data);
    if (!Files.exists(path)) {
      throw new DataException(data + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(data + ": is a directory, must be a file");
    }
    var name = String.valueOf(path.getFileName());
    try {
      return new DataSource(data, name, Unpacking.open(path, name));
    } catch (IOException e) {
      throw new DataException(name + ": " + explain(e));
    }
  }

  private static Path path(String data) {
    try {
      return Path.of(data);
    } catch (InvalidPathException e) {
      throw new DataException(data + ": no such file");
    }
  }

  private static DataSource openDemo() {
    var url = DataSource.class.getResource(DEMO);
    if (url == null) {
      throw new IllegalStateException("the demo data are missing from the program: " + DEMO);
    }
    try {
      var connection = url.openConnection();
      var text = new CountingStream(connection.getInputStream());
      var opened = new Opened(text, text, connection.getContentLengthLong(), null, () -> {});
      return new DataSource(DataRequest.DEMO, DataRequest.DEMO, opened);
    } catch (IOException e) {
      throw new DataException(DataRequest.DEMO + ": " + explain(e));
    }
  }

  /// For messages: the name of the file without its folder, or `demo`.
  String name() {
    return name;
  }

  /// As [InputStream#read(byte\[\], int, int)].
  int read(byte[] buffer, int offset, int size) throws IOException {
    return opened.text().read(buffer, offset, size);
  }

  /// The unpacked text.
  InputStream text() {
    return opened.text();
  }

  /// How many places there are from which reading can begin without unpacking what is before.
  int blocks() {
    return opened.blocks() == null ? 1 : opened.blocks().getBlockCount();
  }

  /// Goes on reading at the start of a block; only when there are several.
  ///
  /// @return its position in the unpacked text
  long seek(int block) {
    var xz = opened.blocks();
    if (xz == null) {
      throw new IllegalStateException(name + " has no blocks");
    }
    try {
      xz.seekToBlock(block);
      start = xz.getBlockPos(block);
      opened.counted().restart();
      return start;
    } catch (IOException e) {
      throw new DataException(name + ": " + explain(e));
    }
  }

  /// How many lines end within the first `bytes`; unpacks all of them.
  long linesWithin(long bytes) {
    try (var again = open(data)) {
      var buffer = new byte[1 << 16];
      long lines = 0;
      for (long left = bytes; left > 0; ) {
        int read = again.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          return lines;
        }
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        left -= read;
      }
      return lines;
    } catch (IOException e) {
      throw new DataException(name + ": " + explain(e));
    }
  }

  /// How much of what there is to read is consumed, from 0 to 1; may be asked by any thread.
  double progress() {
    long total = opened.length() - start;
    return total <= 0 ? 1 : Math.min(1, (double) opened.counted().count() / total);
  }

  /// One clause on why reading failed.
  static String explain(IOException e) {
    return switch (e) {
      case EOFException _, ZipException _, XZFormatException _, CorruptedInputException _ ->
          "the archive is cut off or damaged";
      default ->
          "cannot be read, "
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    };
  }

  @Override
  public void close() {
    try (var _ = opened.also()) {
      opened.text().close();
    } catch (IOException e) {
      throw new DataException(name + ": " + explain(e));
    }
  }
}
