package sandpiper.feeds;

import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
public final class MarketParquet implements AutoCloseable {
  private final List<String> columns;
  private final ParquetWriter<String[]> writer;
  private final StringBuilder line = new StringBuilder();

  /// @param file is replaced when it is there
  public MarketParquet(Path file, MarketStream stream) throws IOException {
    columns = List.of(MarketCsv.header(stream).strip().split(",", -1));
    var types = columns.stream().map(MarketParquet::type).toArray(PrimitiveType[]::new);
    writer =
        ParquetWriter.writeFile(
            new MessageType(stream.text(), types),
            file.toFile(),
            (fields, row) -> {
              for (int i = 0; i < types.length; i++) {
                if (!fields[i].isEmpty()) {
                  row.write(columns.get(i), value(types[i], fields[i]));
                }
              }
            });
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

  private static Object value(PrimitiveType type, String field) {
    return switch (type.getPrimitiveTypeName()) {
      case INT64 -> Long.valueOf(field);
      case DOUBLE -> Double.valueOf(field);
      default -> field;
    };
  }
}
