package sandpiper.feeds;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.ExportPiece;

/// Hands what is written on over the bus, one piece at a time: the next one waits until the one
/// before is taken. Not for an event loop.
final class ExportPieces extends OutputStream {
  private static final int PIECE = 1 << 16;

  private final Bus bus;
  private final long exportId;
  private Buffer piece = Buffer.buffer(PIECE);

  /// @param exportId tells whoever takes the pieces what they are of
  ExportPieces(Bus bus, long exportId) {
    this.bus = bus;
    this.exportId = exportId;
  }

  @Override
  public void write(int value) throws IOException {
    piece.appendByte((byte) value);
    handOver(PIECE);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int some = Math.min(length - done, PIECE - piece.length());
      piece.appendBytes(bytes, offset + done, some);
      done += some;
      handOver(PIECE);
    }
  }

  private void handOver(int atLeast) throws IOException {
    if (piece.length() >= atLeast) {
      var full = piece;
      piece = Buffer.buffer(PIECE);
      await(bus.ask(Channels.EXPORT_PIECE, new ExportPiece(exportId, full)));
    }
  }

  private static void await(Future<Done> taken) throws IOException {
    try {
      taken.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IOException("the file is not taken any more", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the file was handed on", e);
    }
  }

  /// Hands on what is left; what was not taken is not handed on again.
  @Override
  public void close() throws IOException {
    handOver(1);
  }
}
