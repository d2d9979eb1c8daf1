package sandpiper.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// Hands records over by reference within the process. They never change, so nothing is copied.
final class RecordCodec implements MessageCodec<Record, Record> {
  static final String NAME = "record";

  @Override
  public Record transform(Record body) {
    return body;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  @Override
  public void encodeToWire(Buffer buffer, Record body) {
    throw new IllegalStateException("records stay within one process, was " + body.getClass());
  }

  @Override
  public Record decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("records stay within one process");
  }
}
