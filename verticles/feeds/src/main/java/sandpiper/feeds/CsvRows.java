package sandpiper.feeds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// The rows of a CSV file of plain numbers: commas, no quotes, lines that end in LF or CRLF.
///
/// The fields of the row at hand stay in the read buffer and are converted only when asked for.
/// Memory is constant. Empty lines are passed over. Not thread-safe.
final class CsvRows implements AutoCloseable {
  private static final int BUFFER = 1 << 17;
  private static final int MAX_LINE = 1 << 16;
  private static final int MAX_SHOWN = 60;

  private final DataSource source;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private long line;
  private long uncounted;
  private int columns;
  private int[] starts = new int[16];
  private int[] ends = new int[16];

  CsvRows(DataSource source) {
    this.source = source;
  }

  /// Goes to the next row; false at the end of the file.
  ///
  /// @throws DataException when the file cannot be read or is no text in lines
  boolean next() {
    do {
      int end = endOfLine();
      if (end < 0) {
        return false;
      }
      checkLength(end);
      line++;
      split(position, end > position && buffer[end - 1] == '\r' ? end - 1 : end);
      position = end + 1;
    } while (columns == 1 && starts[0] == ends[0]);
    return true;
  }

  /// Index of the LF that ends the line at hand; at the end of the file, of where it would be.
  private int endOfLine() {
    int from = position;
    while (true) {
      for (int i = from; i < limit; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      checkLength(limit);
      int unread = Math.max(0, limit - position);
      if (!fill(unread)) {
        return unread == 0 ? -1 : limit;
      }
      from = position + unread;
    }
  }

  private void checkLength(int end) {
    if (end - position > MAX_LINE) {
      throw new DataException(
          source.name() + ", line " + (line() + 1) + ": longer than " + MAX_LINE + " bytes");
    }
  }

  /// Moves what is unread to the front and reads on behind it; one byte stays free for an LF.
  private boolean fill(int unread) {
    System.arraycopy(buffer, Math.min(position, limit), buffer, 0, unread);
    position = 0;
    limit = unread;
    try {
      int read = source.read(buffer, limit, BUFFER - limit - 1);
      limit += Math.max(0, read);
      return read > 0;
    } catch (IOException e) {
      throw new DataException(
          source.name() + ", after line " + line() + ": " + DataSource.explain(e));
    }
  }

  private void split(int from, int to) {
    columns = 0;
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || buffer[i] == ',') {
        if (columns == starts.length) {
          starts = Arrays.copyOf(starts, 2 * columns);
          ends = Arrays.copyOf(ends, 2 * columns);
        }
        trim(columns++, start, i);
        start = i + 1;
      }
    }
  }

  private void trim(int column, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && buffer[start] == ' ') {
      start++;
    }
    while (start < end && buffer[end - 1] == ' ') {
      end--;
    }
    starts[column] = start;
    ends[column] = end;
  }

  /// Goes on at a row as far down as can be reached without unpacking what lies above it, and such
  /// that no row is missed for which `tooEarly` is false; rows must be in order of time.
  void skip(Predicate<CsvRows> tooEarly) {
    if (source.blocks() == 1) {
      return;
    }
    int low = 0;
    int high = source.blocks() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      seek(middle);
      if (next() && tooEarly.test(this)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    seek(low);
  }

  /// Passes over the header at the start of the first block, over the rest of a row elsewhere.
  private void seek(int block) {
    uncounted = source.seek(block);
    line = 0;
    position = 0;
    limit = 0;
    next();
  }

  /// Number of the line at hand, from 1. Lines that were skipped are counted now.
  long line() {
    if (uncounted > 0) {
      line += source.linesWithin(uncounted);
      uncounted = 0;
    }
    return line;
  }

  int columns() {
    return columns;
  }

  /// The whole row, each field without the space around it.
  List<String> texts() {
    var texts = new ArrayList<String>(columns);
    for (int i = 0; i < columns; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  String text(int column) {
    int start = starts[column];
    return new String(buffer, start, ends[column] - start, StandardCharsets.UTF_8);
  }

  /// The field in double quotes for a message, cut short when it is long.
  String quoted(int column) {
    return quote(text(column));
  }

  static String quote(String text) {
    return '"' + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text) + '"';
  }

  /// A whole number from zero up; negative when the field is none.
  long whole(int column) {
    return Numbers.whole(buffer, starts[column], ends[column]);
  }

  /// The nearest double; not finite when the field is no number.
  double number(int column) {
    return Numbers.decimal(buffer, starts[column], ends[column]);
  }

  int length(int column) {
    return ends[column] - starts[column];
  }

  DataSource source() {
    return source;
  }

  @Override
  public void close() {
    source.close();
  }
}
