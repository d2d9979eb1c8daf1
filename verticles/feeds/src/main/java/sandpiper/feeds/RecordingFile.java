package sandpiper.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.util.Set;
import sandpiper.bus.Bus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.MarketCsv;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;

/// One stream of one symbol of a recording as a file that can be imported again. Memory is constant
/// however long it is.
public enum RecordingFile {
  CSV {
    @Override
    Rows open(OutputStream out, MarketStream kind) throws IOException {
      var text = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
      text.write(MarketCsv.header(kind));
      var line = new StringBuilder();
      return new Rows(
          event -> {
            line.setLength(0);
            MarketCsv.append(line, event);
            text.append(line);
          },
          text);
    }
  },
  PARQUET {
    @Override
    Rows open(OutputStream out, MarketStream kind) throws IOException {
      var file = new MarketParquet(out, kind);
      return new Rows(file::write, file::close);
    }
  };

  @FunctionalInterface
  interface Row {
    void write(MarketEvent event) throws IOException;
  }

  /// @param file finishes it
  record Rows(Row row, Closeable file) {}

  abstract Rows open(OutputStream out, MarketStream kind) throws IOException;

  /// Reads and writes all of it; waits for the database, so not for an event loop.
  ///
  /// @param out closed when all is written, and when it breaks off
  /// @return how many rows there were
  /// @throws DataException when there is no such recording, or no such symbol in it
  public long write(Bus bus, String sessionId, MarketStream kind, String symbol, OutputStream out)
      throws IOException {
    try (out;
        var data = RecordingData.open(bus, sessionId, Set.of(symbol), TimeRange.ALL)) {
      var rows = open(out, kind);
      long count = 0;
      while (data.hasNext()) {
        var event = data.next();
        if (MarketStream.of(event) == kind) {
          rows.row().write(event);
          count++;
        }
      }
      rows.file().close();
      return count;
    }
  }
}
