package sandpiper.feeds;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;

/// Rows of Parquet as the CSV that they would be, with the names of the columns as its header; so
/// what is wrong with them is told in the same words.
final class ParquetText extends InputStream {
  private static final int LINES = 256;
  private static final String MAGIC = "PAR1";
  private static final Pattern SEPARATORS = Pattern.compile("[,\r\n]");

  private final Stream<String> rows;
  private final Iterator<String> lines;
  private byte[] text;
  private int position;

  private ParquetText(String header, Stream<String> rows) {
    this.rows = rows;
    lines = rows.iterator();
    text = header.getBytes(UTF_8);
  }

  /// @throws IOException also when it is no Parquet
  static ParquetText open(Path path) throws IOException {
    var file = path.toFile();
    if (!endsInMagic(path)) {
      throw new IOException(
          "is no Parquet that can be read: it must end in PAR1, is it cut short?");
    }
    try {
      var columns =
          ParquetReader.readMetadata(file).getFileMetaData().getSchema().getColumns().stream()
              .map(ColumnDescriptor::getPath)
              .map(names -> String.join(".", names))
              .toList();
      var header = columns.stream().map(ParquetText::inOneField).collect(Collectors.joining(","));
      return new ParquetText(header + "\n", ParquetReader.streamContent(file, lines(columns)));
    } catch (RuntimeException e) { // that is how the library says that it cannot read it
      throw new IOException("is no Parquet that can be read: " + e.getMessage(), e);
    }
  }

  private static boolean endsInMagic(Path path) throws IOException {
    try (var file = FileChannel.open(path)) {
      var end = ByteBuffer.allocate(MAGIC.length());
      return file.size() > 2L * MAGIC.length()
          && file.read(end, file.size() - MAGIC.length()) == MAGIC.length()
          && new String(end.array(), US_ASCII).equals(MAGIC);
    }
  }

  /// How many bytes of text there will be, roughly: for a bar of progress.
  static long length(Path path) throws IOException {
    var rows =
        ParquetReader.readMetadata(path.toFile()).getBlocks().stream()
            .mapToLong(block -> block.getRowCount())
            .sum();
    long bytes = 0;
    long read = 0;
    try (var sample = open(path)) {
      while (read < LINES && sample.lines.hasNext()) {
        bytes += sample.lines.next().length();
        read++;
      }
    }
    return read == 0 ? 1 : Math.max(1, rows * bytes / read);
  }

  private static Hydrator<String[], String, String[]> lines(List<String> columns) {
    return new Hydrator<>() {
      @Override
      public String[] start() {
        var fields = new String[columns.size()];
        Arrays.fill(fields, "");
        return fields;
      }

      @Override
      public String[] add(String[] fields, String[] path, Object value) {
        fields[columns.indexOf(String.join(".", path))] = field(value);
        return fields;
      }

      @Override
      public String finish(String[] fields) {
        return Stream.of(fields).collect(Collectors.joining(",", "", "\n"));
      }
    };
  }

  private static String field(Object value) {
    return switch (value) {
      case null -> "";
      case Double number when Double.isFinite(number) ->
          new BigDecimal(number.toString()).toPlainString();
      case Float number when Float.isFinite(number) ->
          new BigDecimal(number.toString()).toPlainString();
      default -> inOneField(String.valueOf(value));
    };
  }

  /// Text of columns that nobody asked for may have anything in it; fields end at a comma, rows at
  /// the end of a line.
  private static String inOneField(String text) {
    return SEPARATORS.matcher(text).replaceAll(";");
  }

  private boolean hasText() throws IOException {
    if (position < text.length) {
      return true;
    }
    try {
      if (!lines.hasNext()) {
        return false;
      }
      var next = new StringBuilder();
      for (int i = 0; i < LINES && lines.hasNext(); i++) {
        next.append(lines.next());
      }
      text = next.toString().getBytes(UTF_8);
      position = 0;
      return true;
    } catch (RuntimeException e) { // as above
      throw new IOException("cannot be read on: " + e.getMessage(), e);
    }
  }

  @Override
  public int read() throws IOException {
    return hasText() ? text[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasText()) {
      return -1;
    }
    int count = Math.min(length, text.length - position);
    System.arraycopy(text, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() {
    rows.close();
  }
}
