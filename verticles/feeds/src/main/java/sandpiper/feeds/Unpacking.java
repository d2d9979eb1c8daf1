package sandpiper.feeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tukaani.xz.SeekableFileInputStream;
import org.tukaani.xz.SeekableXZInputStream;
import sandpiper.feeds.DataSource.Opened;

/// Opens a file that may be packed, or be Parquet; its first bytes, not its name, tell how.
final class Unpacking {
  private static final byte[] XZ = HexFormat.of().parseHex("fd377a585a00");
  private static final byte[] GZIP = HexFormat.of().parseHex("1f8b");
  private static final byte[] ZIP = HexFormat.of().parseHex("504b");
  private static final byte[] PARQUET = HexFormat.of().parseHex("50415231");
  private static final int XZ_MEMORY_KIB = 256 * 1024;
  private static final int GZIP_BUFFER = 1 << 16;

  private Unpacking() {}

  /// @param name of the file, for messages
  static Opened open(Path path, String name) throws IOException {
    var first = firstBytes(path);
    if (startsWith(first, XZ)) {
      return unxz(path);
    }
    if (startsWith(first, ZIP)) {
      return unzip(path, name);
    }
    if (startsWith(first, PARQUET)) {
      var text = new CountingStream(ParquetText.open(path));
      return new Opened(text, text, ParquetText.length(path), null, () -> {});
    }
    var raw = new CountingStream(Files.newInputStream(path));
    try {
      var text = startsWith(first, GZIP) ? new GZIPInputStream(raw, GZIP_BUFFER) : raw;
      return new Opened(text, raw, Files.size(path), null, () -> {});
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static Opened unxz(Path path) throws IOException {
    var raw = new SeekableFileInputStream(path.toFile());
    try {
      var xz = new SeekableXZInputStream(raw, XZ_MEMORY_KIB);
      var text = new CountingStream(xz);
      return new Opened(text, text, xz.length(), xz, () -> {});
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static Opened unzip(Path path, String name) throws IOException {
    var zip = new ZipFile(path.toFile());
    try {
      var entry = onlyCsv(zip, name);
      var text = new CountingStream(zip.getInputStream(entry));
      return new Opened(text, text, entry.getSize(), null, zip);
    } catch (IOException | DataException e) {
      zip.close();
      throw e;
    }
  }

  /// macOS puts a shadow of each file into a folder of its own; those do not count.
  private static ZipEntry onlyCsv(ZipFile zip, String name) {
    var entries =
        zip.stream()
            .<ZipEntry>map(entry -> entry)
            .filter(entry -> entry.getName().endsWith(".csv"))
            .filter(entry -> !entry.getName().startsWith("__MACOSX/"))
            .toList();
    if (entries.size() != 1) {
      var names = entries.stream().map(ZipEntry::getName).toList();
      throw new DataException(
          name
              + ": must hold one .csv file, holds "
              + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return entries.getFirst();
  }

  private static byte[] firstBytes(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      return in.readNBytes(XZ.length);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
