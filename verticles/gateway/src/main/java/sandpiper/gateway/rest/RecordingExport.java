package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.MarketCsv;
import sandpiper.domain.market.MarketStream;

/// One stream of one symbol of a recording as CSV, page by page: one is written while the next is
/// read, and no more are in memory.
final class RecordingExport implements Answer.Download {
  /// @param symbol null for the only one
  record Wanted(String sessionId, MarketStream kind, @Nullable String symbol, Format format) {}

  enum Format {
    CSV,
    PARQUET
  }

  private final Bus bus;
  private final Recording recording;
  private final MarketStream kind;
  private final String symbol;
  private final String fileName;
  private final Promise<Void> written = Promise.promise();
  private long after;

  private RecordingExport(
      Bus bus, Recording recording, MarketStream kind, String symbol, String fileName) {
    this.bus = bus;
    this.recording = recording;
    this.kind = kind;
    this.symbol = symbol;
    this.fileName = fileName;
    after = recording.firstSeq() - 1;
  }

  static Future<Answer> answer(Bus bus, ParquetExports parquet, Wanted wanted) {
    return bus.ask(Channels.FIND_RECORDING, new FindRecording(wanted.sessionId(), TimeRange.ALL))
        .map(recording -> {
          var symbol = symbol(wanted, recording);
          return switch (wanted.format()) {
            case CSV ->
                Answer.file(
                    "text/csv; charset=utf-8",
                    new RecordingExport(
                        bus, recording, wanted.kind(), symbol, fileName(wanted, symbol, ".csv")));
            case PARQUET ->
                Answer.file(
                    ParquetExports.MEDIA_TYPE,
                    parquet.of(wanted, symbol, fileName(wanted, symbol, ".parquet")));
          };
        });
  }

  private static String symbol(Wanted wanted, Recording recording) {
    var symbol = wanted.symbol();
    if (symbol == null && recording.symbols().size() == 1) {
      return recording.symbols().getFirst();
    }
    if (symbol == null || !recording.symbols().contains(symbol)) {
      throw Refusal.invalid(
          "symbol must be one of those recorded, "
              + String.join(", ", recording.symbols())
              + (symbol == null ? ", was left out" : ", was '" + symbol + "'"));
    }
    return symbol;
  }

  private static String fileName(Wanted wanted, String symbol, String ending) {
    return wanted.sessionId() + "-" + symbol + "-" + wanted.kind().text() + ending;
  }

  @Override
  public String fileName() {
    return fileName;
  }

  @Override
  public Future<Void> writeTo(WriteStream<Buffer> out) {
    out.write(Buffer.buffer(MarketCsv.header(kind)))
        .onComplete(_ -> next(out, read()), written::fail);
    return written.future();
  }

  /// Null behind the last page.
  private @Nullable Future<RecordingPage> read() {
    if (after >= recording.lastSeq()) {
      return null;
    }
    var question = new ReadRecording(recording, after, ReadRecording.MAX_LIMIT);
    after += ReadRecording.MAX_LIMIT;
    return bus.ask(Channels.READ_RECORDING, question);
  }

  private void next(WriteStream<Buffer> out, @Nullable Future<RecordingPage> page) {
    if (page == null) {
      written.complete();
      return;
    }
    page.onComplete(
        read -> {
          var following = read();
          write(out, read).onComplete(_ -> next(out, following), written::fail);
        },
        written::fail);
  }

  private Future<?> write(WriteStream<Buffer> out, RecordingPage page) {
    var text = new StringBuilder();
    for (var input : page.inputs()) {
      var event = input.event();
      if (MarketStream.of(event) == kind && event.symbol().equals(symbol)) {
        MarketCsv.append(text, event);
      }
    }
    return text.isEmpty()
        ? Future.succeededFuture()
        : out.write(Buffer.buffer(text.toString())).compose(_ -> Export.drained(out));
  }
}
