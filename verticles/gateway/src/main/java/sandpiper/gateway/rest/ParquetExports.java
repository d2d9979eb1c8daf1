package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.ExportPiece;
import sandpiper.bus.Messages.WriteParquet;
import sandpiper.bus.Refusal;

/// Recordings as Parquet, which feeds makes while it is sent: it hands on one piece, and the next
/// when that is on its way. No file is kept anywhere, and who goes away ends the making of theirs.
/// For one event loop.
final class ParquetExports {
  static final String MEDIA_TYPE = "application/vnd.apache.parquet";

  private static final Logger LOG = LoggerFactory.getLogger(ParquetExports.class);

  private final Bus bus;
  private final Map<Long, WriteStream<Buffer>> readers = new HashMap<>();
  private int underWay;
  private long latest;

  ParquetExports(Bus bus) {
    this.bus = bus;
    bus.answer(Channels.EXPORT_PIECE, this::onPiece)
        .onFailure(failure -> LOG.error("Parquet cannot be exported", failure));
  }

  /// @throws Refusal when as many are being made as may
  Answer.Download of(RecordingExport.Wanted wanted, String symbol, String fileName) {
    if (underWay >= WriteParquet.AT_A_TIME) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          underWay + " exports as Parquet are being made, which is as many as may: wait for one");
    }
    var order = new WriteParquet(++latest, wanted.sessionId(), symbol, wanted.kind());
    return new Answer.Download() {
      @Override
      public String fileName() {
        return fileName;
      }

      @Override
      public Future<Void> writeTo(WriteStream<Buffer> out) {
        underWay++;
        readers.put(order.exportId(), out);
        return bus.ask(Channels.WRITE_PARQUET, order)
            .<Void>mapEmpty()
            .onComplete(_ -> {
              readers.remove(order.exportId());
              underWay--;
            });
      }
    };
  }

  private Future<Done> onPiece(ExportPiece piece) {
    var reader = readers.get(piece.exportId());
    return reader == null
        ? Future.failedFuture(gone())
        : Future.succeededFuture()
            .compose(_ -> reader.write(piece.bytes()))
            .recover(_ -> Future.failedFuture(gone()))
            .map(new Done());
  }

  private static Refusal gone() {
    return Refusal.unknown("nobody reads it any more");
  }
}
