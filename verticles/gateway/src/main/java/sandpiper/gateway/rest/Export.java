package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.HistoryQuery;

/// All rows of one kind that a session left behind, as a file, a page at a time.
///
/// JSON has the rows as the lists have them. CSV (RFC 4180, UTF-8, a line of column names, none
/// when there is no row) has times in ISO 8601 to the microsecond, and what is structured as JSON.
final class Export implements Answer.Download {
  private static final int PAGE = 2_000;

  enum Format {
    CSV("text/csv; charset=utf-8"),
    JSON("application/json");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  record Wanted(String sessionId, HistoryKind kind, Format format) {
    private String kindText() {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  private final Bus bus;
  private final Wanted wanted;
  private final HistoryPage first;
  private boolean hasBegun;

  private Export(Bus bus, Wanted wanted, HistoryPage first) {
    this.bus = bus;
    this.wanted = wanted;
    this.first = first;
  }

  /// What goes wrong with the first page is still an answer of its own.
  static Future<Answer> answer(Bus bus, Wanted wanted) {
    return page(bus, wanted, null)
        .map(first -> Answer.file(wanted.format().mediaType, new Export(bus, wanted, first)));
  }

  @Override
  public String fileName() {
    return wanted.sessionId()
        + "-"
        + wanted.kindText()
        + "."
        + wanted.format().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Future<Void> writeTo(WriteStream<Buffer> out) {
    return write(out, Future.succeededFuture(first));
  }

  private Future<Void> write(WriteStream<Buffer> out, Future<HistoryPage> page) {
    return page.compose(read -> {
      var text = text(read);
      hasBegun = true;
      var written = out.write(Buffer.buffer(text)).compose(_ -> drained(out));
      var next = read.nextCursor();
      return next == null ? written : written.compose(_ -> write(out, page(bus, wanted, next)));
    });
  }

  static Future<Void> drained(WriteStream<Buffer> out) {
    if (!out.writeQueueFull()) {
      return Future.succeededFuture();
    }
    var room = Promise.<Void>promise();
    out.drainHandler(_ -> room.tryComplete());
    return room.future();
  }

  private static Future<HistoryPage> page(Bus bus, Wanted wanted, @Nullable String cursor) {
    return bus.ask(
        Channels.HISTORY, new HistoryQuery(wanted.kind(), wanted.sessionId(), PAGE, cursor));
  }

  private String text(HistoryPage page) {
    return switch (wanted.format()) {
      case CSV -> csv(page.rows());
      case JSON -> json(page);
    };
  }

  private String json(HistoryPage page) {
    var text = new StringBuilder();
    if (!hasBegun) {
      text.append("{\"session_id\":\"").append(wanted.sessionId()).append("\",\"kind\":\"");
      text.append(wanted.kindText()).append("\",\"items\":[");
    }
    var separator = hasBegun ? ",\n" : "\n";
    for (var row : page.rows()) {
      text.append(separator).append(new JsonObject(row).encode());
      separator = ",\n";
    }
    return page.nextCursor() == null ? text.append("\n]}\n").toString() : text.toString();
  }

  private String csv(List<Map<String, Object>> rows) {
    var text = new StringBuilder();
    try (var printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      if (!hasBegun && !rows.isEmpty()) {
        printer.printRecord(rows.getFirst().keySet());
      }
      for (var row : rows) {
        for (var column : row.entrySet()) {
          printer.print(cell(column.getKey(), column.getValue()));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder throws none
    }
    return text.toString();
  }

  private static @Nullable Object cell(String column, @Nullable Object value) {
    return switch (value) {
      case Number micros when column.equals("time") || column.endsWith("_time") ->
          Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
      case Map<?, ?> _, List<?> _ -> JsonObject.of("value", value).getValue("value").toString();
      case null, default -> value;
    };
  }
}
