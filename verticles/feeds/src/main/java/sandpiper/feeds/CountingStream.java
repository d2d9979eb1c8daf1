package sandpiper.feeds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts what was read. One thread reads; any may ask.
final class CountingStream extends FilterInputStream {
  private volatile long count;

  CountingStream(InputStream in) {
    super(in);
  }

  long count() {
    return count;
  }

  /// Counts from zero again.
  void restart() {
    count = 0;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      count++;
    }
    return read;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  public int read(byte[] buffer, int offset, int size) throws IOException {
    int read = super.read(buffer, offset, size);
    if (read > 0) {
      count += read;
    }
    return read;
  }
}
