package sandpiper.feeds;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import sandpiper.domain.market.MarketCsv;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;

/// Writes market data as Parquet, compressed with Snappy: the columns of [MarketCsv], times as
/// timestamps in UTC, numbers as doubles, levels of an order book as text. What is written reads
/// back to the last digit.
///
/// It goes out from front to back, a row group of about [#ROW_GROUP] bytes at a time: that much is
/// in memory, however long the file becomes.
public final class MarketParquet implements AutoCloseable {
  static final long ROW_GROUP = 8 << 20;

  private final ParquetWriter<String[]> writer;
  private final StringBuilder line = new StringBuilder();

  /// @param out closed with this
  public MarketParquet(OutputStream out, MarketStream stream) throws IOException {
    writer =
        new Builder(new Sequential(out), new Rows(stream))
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withRowGroupSize(ROW_GROUP)
            .build();
  }

  /// @param event of the stream
  public void write(MarketEvent event) throws IOException {
    line.setLength(0);
    MarketCsv.append(line, event);
    line.setLength(line.length() - 1);
    writer.write(line.toString().split(",", -1));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static PrimitiveType type(String column) {
    return switch (column) {
      case "time" -> timestamp(TimeUnit.MICROS).named(column);
      case "timestamp_ms" -> timestamp(TimeUnit.MILLIS).named(column);
      case "first_id" -> Types.optional(PrimitiveTypeName.INT64).named(column);
      case "last_id" -> Types.required(PrimitiveTypeName.INT64).named(column);
      case "bids", "asks" ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column);
      default -> Types.required(PrimitiveTypeName.DOUBLE).named(column);
    };
  }

  private static Types.PrimitiveBuilder<PrimitiveType> timestamp(TimeUnit unit) {
    return Types.required(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(true, unit));
  }

  /// The fields of a line of [MarketCsv], as the columns have them.
  private static final class Rows extends WriteSupport<String[]> {
    private final MessageType schema;
    private final List<PrimitiveType> types;

    @SuppressWarnings("NullAway.Init") // before the first row
    private RecordConsumer out;

    private Rows(MarketStream stream) {
      types =
          List.of(MarketCsv.header(stream).strip().split(",", -1)).stream()
              .map(MarketParquet::type)
              .toList();
      schema = new MessageType(stream.text(), List.copyOf(types));
    }

    @Override
    @SuppressWarnings("deprecation") // nothing else is abstract there
    public WriteContext init(Configuration none) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(String[] fields) {
      out.startMessage();
      for (int i = 0; i < fields.length; i++) {
        if (!fields[i].isEmpty()) {
          var type = types.get(i);
          out.startField(type.getName(), i);
          add(type, fields[i]);
          out.endField(type.getName(), i);
        }
      }
      out.endMessage();
    }

    private void add(PrimitiveType type, String field) {
      switch (type.getPrimitiveTypeName()) {
        case INT64 -> out.addLong(Long.parseLong(field));
        case DOUBLE -> out.addDouble(Double.parseDouble(field));
        default -> out.addBinary(Binary.fromString(field));
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<String[], Builder> {
    private final Rows rows;

    private Builder(OutputFile file, Rows rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // nothing else is abstract there
    protected WriteSupport<String[]> getWriteSupport(Configuration none) {
      return rows;
    }
  }

  /// A file of which nobody needs to know where it goes.
  private record Sequential(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new Counting(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return new Counting(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Counting extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    private Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
