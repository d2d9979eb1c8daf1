package sandpiper.feeds;

import java.io.IOException;
import java.util.Arrays;

/// The lines of a text file, however they end; as much memory as the longest one takes. Not
/// thread-safe.
final class Lines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_LINE = 1 << 22;

  private final DataSource source;
  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private int limit;
  private long number;

  Lines(DataSource source) {
    this.source = source;
  }

  /// Goes to the next line that is not empty; false at the end of the file.
  ///
  /// @throws DataException when the file cannot be read or is no text in lines
  boolean next() {
    do {
      start = Math.min(end + (number == 0 ? 0 : 1), limit);
      int found = find(start);
      if (found < 0) {
        return false;
      }
      end = found;
      number++;
    } while (length() == 0);
    return true;
  }

  /// Index of the LF that ends the line at `start`, or of the end of the file; -1 when that is all.
  private int find(int from) {
    int i = from;
    while (true) {
      for (; i < limit; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      int unread = limit - start;
      if (!fill(unread)) {
        return unread == 0 ? -1 : limit;
      }
      i = unread;
    }
  }

  /// Moves what is unread to the front and reads on behind it.
  private boolean fill(int unread) {
    if (unread > MAX_LINE) {
      throw new DataException(
          source.name() + ", line " + (number + 1) + ": longer than " + MAX_LINE + " bytes");
    }
    System.arraycopy(buffer, start, buffer, 0, unread);
    if (unread == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * unread);
    }
    start = 0;
    limit = unread;
    try {
      int read = source.text().read(buffer, limit, buffer.length - limit);
      limit += Math.max(0, read);
      return read > 0;
    } catch (IOException e) {
      throw new DataException(
          source.name() + ", after line " + number + ": " + DataSource.explain(e));
    }
  }

  /// Of the line at hand, from 1.
  long number() {
    return number;
  }

  byte[] bytes() {
    return buffer;
  }

  /// Where in [#bytes] the line at hand begins.
  int start() {
    return start;
  }

  int length() {
    int length = end - start;
    return length > 0 && buffer[end - 1] == '\r' ? length - 1 : length;
  }

  DataSource source() {
    return source;
  }

  @Override
  public void close() {
    source.close();
  }
}
