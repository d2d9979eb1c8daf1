package sandpiper.feeds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import sandpiper.domain.market.MarketEvent;

/// Writes small files of data and reads them.
final class DataFiles {
  static final String BARS = "timestamp_ms,open,high,low,close,volume";
  static final String TRADES = "time,price,amount";

  private DataFiles() {}

  static String write(Path folder, String name, String... lines) throws IOException {
    var path = folder.resolve(name);
    Files.writeString(path, String.join("\n", lines) + "\n");
    return path.toString();
  }

  static DataRequest all(String data) {
    return new DataRequest(data, "BTCUSD", null, null, null, false);
  }

  static DataRequest range(String data, @Nullable Long from, @Nullable Long to) {
    return new DataRequest(data, "BTCUSD", null, from, to, false);
  }

  static List<MarketEvent> read(DataRequest request) {
    try (var reader = MarketDataReader.open(request)) {
      var events = new ArrayList<MarketEvent>();
      reader.forEachRemaining(events::add);
      return events;
    }
  }

  static String gzip(Path path, String text) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return path.toString();
  }

  /// @param entries name, text, name, text…
  static String zip(Path path, String... entries) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new ZipEntry(entries[i]));
        out.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return path.toString();
  }

  /// @param block bytes of text after which a new block begins
  static String xz(Path path, String text, int block) throws IOException {
    try (OutputStream file = Files.newOutputStream(path);
        var out = new XZOutputStream(file, new LZMA2Options(1))) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; from += block) {
        out.write(bytes, from, Math.min(block, bytes.length - from));
        out.endBlock();
      }
    }
    return path.toString();
  }
}
