package sandpiper.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.persistence.Table.Insert;

/// How a [Write] lies in the [DiskJournal].
///
/// Statements are kept as they go to the database, text and parameters, and not as the records they
/// were made of: a record may get another component without a word here. They repeat themselves, so
/// all is deflated. A change of what is written here needs another [#VERSION].
final class WriteCodec {
  /// Of the form; stands in every file.
  static final int VERSION = 1;

  private static final int STATEMENTS = 1;
  private static final int INPUTS = 2;

  private WriteCodec() {}

  /// The types that parameters have, by the number they have here.
  private enum Kind {
    NULL(0),
    TEXT(1),
    LONG(2),
    INTEGER(3),
    DOUBLE(4),
    BOOLEAN(5),
    DATE(6),
    DECIMAL(7),
    TEXTS(8),
    LONGS(9),
    INTEGERS(10),
    DOUBLES(11),
    BOOLEANS(12),
    DATES(13);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind read(int code) throws IOException {
      for (var kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("unknown kind of value " + code);
    }

    static Kind of(@Nullable Object value) {
      return switch (value) {
        case null -> NULL;
        case String _ -> TEXT;
        case Long _ -> LONG;
        case Integer _ -> INTEGER;
        case Double _ -> DOUBLE;
        case Boolean _ -> BOOLEAN;
        case LocalDate _ -> DATE;
        case BigDecimal _ -> DECIMAL;
        case String[] _ -> TEXTS;
        case Long[] _ -> LONGS;
        case Integer[] _ -> INTEGERS;
        case Double[] _ -> DOUBLES;
        case Boolean[] _ -> BOOLEANS;
        case LocalDate[] _ -> DATES;
        default ->
            throw new IllegalArgumentException(
                "the journal has no form for a parameter of " + value.getClass());
      };
    }

    @Nullable Object[] array(int size) {
      return switch (this) {
        case TEXTS -> new String[size];
        case LONGS -> new Long[size];
        case INTEGERS -> new Integer[size];
        case DOUBLES -> new Double[size];
        case BOOLEANS -> new Boolean[size];
        case DATES -> new LocalDate[size];
        default -> throw new IllegalStateException(this + " is no array");
      };
    }
  }

  static byte[] encode(Write write) {
    var bytes = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (var out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
      switch (write) {
        case Write.Statements statements -> {
          out.writeByte(STATEMENTS);
          writeText(out, statements.sessionId());
          writeText(out, statements.what());
          out.writeInt(statements.inserts().size());
          for (var insert : statements.inserts()) {
            writeInsert(out, insert);
          }
        }
        case Write.Inputs inputs -> {
          out.writeByte(INPUTS);
          writeText(out, inputs.sessionId());
          out.writeInt(inputs.batch().inputs().size());
          for (var input : inputs.batch().inputs()) {
            writeInput(out, input);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /// @throws IOException when it is nothing that [#encode] made
  static Write decode(byte[] bytes) throws IOException {
    try (var in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int form = in.readByte();
      var sessionId = readText(in);
      return switch (form) {
        case STATEMENTS -> {
          var what = readText(in);
          var inserts = new ArrayList<Insert>();
          for (int count = in.readInt(); count > 0; count--) {
            inserts.add(readInsert(in));
          }
          yield new Write.Statements(sessionId, what, inserts);
        }
        case INPUTS -> {
          var inputs = new ArrayList<Input>();
          for (int count = in.readInt(); count > 0; count--) {
            inputs.add(new Input(sessionId, in.readLong(), in.readLong(), readEvent(in)));
          }
          yield new Write.Inputs(new InputBatch(sessionId, inputs));
        }
        default -> throw new IOException("unknown form " + form);
      };
    }
  }

  private static void writeInsert(DataOutputStream out, Insert insert) throws IOException {
    writeText(out, insert.table());
    writeText(out, insert.sql());
    var parameters = insert.parameters();
    out.writeInt(parameters.size());
    for (int i = 0; i < parameters.size(); i++) {
      writeValue(out, parameters.getValue(i));
    }
  }

  private static Insert readInsert(DataInputStream in) throws IOException {
    var table = readText(in);
    var sql = readText(in);
    var parameters = Tuple.tuple();
    for (int count = in.readInt(); count > 0; count--) {
      parameters.addValue(readValue(in));
    }
    return new Insert(table, sql, parameters);
  }

  private static void writeValue(DataOutputStream out, @Nullable Object value) throws IOException {
    out.writeByte(Kind.of(value).code);
    switch (value) {
      case null -> {
        // Its kind says it.
      }
      case String text -> writeText(out, text);
      case Long number -> out.writeLong(number);
      case Integer number -> out.writeInt(number);
      case Double number -> out.writeDouble(number);
      case Boolean bool -> out.writeBoolean(bool);
      case LocalDate date -> out.writeLong(date.toEpochDay());
      case BigDecimal decimal -> writeText(out, decimal.toString());
      case Object[] _ -> writeValues(out, (@Nullable Object[]) value);
      default -> throw new IllegalStateException("no form for " + value.getClass());
    }
  }

  private static void writeValues(DataOutputStream out, @Nullable Object[] values)
      throws IOException {
    out.writeInt(values.length);
    for (var each : values) {
      writeValue(out, each);
    }
  }

  private static @Nullable Object readValue(DataInputStream in) throws IOException {
    var kind = Kind.read(in.readByte());
    return switch (kind) {
      case NULL -> null;
      case TEXT -> readText(in);
      case LONG -> in.readLong();
      case INTEGER -> in.readInt();
      case DOUBLE -> in.readDouble();
      case BOOLEAN -> in.readBoolean();
      case DATE -> LocalDate.ofEpochDay(in.readLong());
      case DECIMAL -> new BigDecimal(readText(in));
      case TEXTS, LONGS, INTEGERS, DOUBLES, BOOLEANS, DATES -> {
        @Nullable Object[] values = kind.array(in.readInt());
        for (int i = 0; i < values.length; i++) {
          values[i] = readValue(in);
        }
        yield values;
      }
    };
  }

  private static void writeInput(DataOutputStream out, Input input) throws IOException {
    out.writeLong(input.seq());
    out.writeLong(input.time());
    switch (input.event()) {
      case Bar bar -> writeBar(out, 'B', bar);
      case BarClosed closed -> writeBar(out, 'C', closed.bar());
      case Trade trade -> {
        begin(out, 'T', trade);
        out.writeLong(trade.time());
        out.writeDouble(trade.price());
        out.writeDouble(trade.amount());
      }
      case Quote quote -> {
        begin(out, 'Q', quote);
        out.writeLong(quote.time());
        out.writeDouble(quote.bid());
        out.writeDouble(quote.ask());
        out.writeDouble(quote.bidSize());
        out.writeDouble(quote.askSize());
      }
      case BookSnapshot book -> {
        begin(out, 'S', book);
        writeBook(out, book);
      }
      case BookUpdate book -> {
        begin(out, 'U', book);
        out.writeLong(book.firstId());
        writeBook(out, book);
      }
      case ExternalValue value -> {
        begin(out, 'V', value);
        out.writeLong(value.time());
        writeText(out, value.name());
        out.writeDouble(value.value());
      }
      case VenueReport report -> {
        begin(out, 'R', report);
        writeText(out, Json.text(report));
      }
    }
  }

  private static MarketEvent readEvent(DataInputStream in) throws IOException {
    char form = (char) in.readByte();
    var symbol = readText(in);
    return switch (form) {
      case 'B' -> readBar(in, symbol);
      case 'C' -> new BarClosed(readBar(in, symbol));
      case 'T' -> new Trade(symbol, in.readLong(), in.readDouble(), in.readDouble());
      case 'Q' ->
          new Quote(
              symbol,
              in.readLong(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble());
      case 'S' ->
          new BookSnapshot(symbol, in.readLong(), in.readLong(), readLevels(in), readLevels(in));
      case 'U' -> {
        long firstId = in.readLong();
        yield new BookUpdate(
            symbol, in.readLong(), firstId, in.readLong(), readLevels(in), readLevels(in));
      }
      case 'V' -> new ExternalValue(symbol, in.readLong(), readText(in), in.readDouble());
      case 'R' -> Json.read(readText(in), VenueReport.class);
      default -> throw new IOException("unknown market event '" + form + "'");
    };
  }

  private static void begin(DataOutputStream out, char form, MarketEvent event) throws IOException {
    out.writeByte(form);
    writeText(out, event.symbol());
  }

  private static void writeBar(DataOutputStream out, char form, Bar bar) throws IOException {
    begin(out, form, bar);
    out.writeLong(bar.interval().micros());
    out.writeLong(bar.openTime());
    out.writeDouble(bar.open());
    out.writeDouble(bar.high());
    out.writeDouble(bar.low());
    out.writeDouble(bar.close());
    out.writeDouble(bar.volume());
  }

  private static Bar readBar(DataInputStream in, String symbol) throws IOException {
    return new Bar(
        symbol,
        new Interval(in.readLong()),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  private static void writeBook(DataOutputStream out, BookEvent book) throws IOException {
    out.writeLong(book.time());
    out.writeLong(book.lastId());
    writeLevels(out, book.bids());
    writeLevels(out, book.asks());
  }

  private static void writeLevels(DataOutputStream out, Levels levels) throws IOException {
    out.writeInt(levels.count());
    for (int i = 0; i < levels.count(); i++) {
      out.writeDouble(levels.price(i));
      out.writeDouble(levels.size(i));
    }
  }

  private static Levels readLevels(DataInputStream in) throws IOException {
    int count = in.readInt();
    var prices = new double[count];
    var sizes = new double[count];
    for (int i = 0; i < count; i++) {
      prices[i] = in.readDouble();
      sizes[i] = in.readDouble();
    }
    return new Levels(prices, sizes);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("a text ends before its end");
    }
    return new String(bytes, UTF_8);
  }
}
