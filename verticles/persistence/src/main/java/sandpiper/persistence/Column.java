package sandpiper.persistence;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Levels;

/// One column of a [Table]: how a record's value gets in, and how it looks when it comes out.
record Column<T>(String name, Type type, Value<T> value) {

  /// Takes the column's value from a record.
  @FunctionalInterface
  interface Value<T> {
    @Nullable Object of(T row);
  }

  /// What PostgreSQL keeps.
  enum Type {
    TEXT("text"),
    BIGINT("bigint"),
    INTEGER("integer"),
    DOUBLE("double precision"),
    BOOLEAN("boolean"),
    DATE("date"),
    /// Handed over as text: the client cannot put a null into an array of decimals.
    NUMERIC("numeric"),
    /// A JSON object of numbers by name, handed over as text.
    NUMBERS("jsonb"),
    /// A JSON object of decimals as text by name, handed over as text.
    DECIMALS("jsonb"),
    /// Prices and sizes of an order book by turns, handed over as text: the client cannot put
    /// arrays into an array.
    LEVELS("double precision[]");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }
  }

  static <T> Column<T> text(String name, Value<T> value) {
    return new Column<>(name, Type.TEXT, value);
  }

  /// An enum, in lower case.
  static <T> Column<T> word(String name, Value<T> value) {
    return text(name, row -> String.valueOf(value.of(row)).toLowerCase(Locale.ROOT));
  }

  static <T> Column<T> bigint(String name, Value<T> value) {
    return new Column<>(name, Type.BIGINT, value);
  }

  static <T> Column<T> integer(String name, Value<T> value) {
    return new Column<>(name, Type.INTEGER, value);
  }

  static <T> Column<T> numeric(String name, Value<T> value) {
    return new Column<>(
        name,
        Type.NUMERIC,
        row -> value.of(row) instanceof BigDecimal decimal ? decimal.toPlainString() : null);
  }

  static <T> Column<T> real(String name, Value<T> value) {
    return new Column<>(name, Type.DOUBLE, value);
  }

  static <T> Column<T> bool(String name, Value<T> value) {
    return new Column<>(name, Type.BOOLEAN, value);
  }

  static <T> Column<T> date(String name, Value<T> value) {
    return new Column<>(name, Type.DATE, value);
  }

  static <T> Column<T> numbers(String name, Value<T> value) {
    return new Column<>(name, Type.NUMBERS, value);
  }

  static <T> Column<T> decimals(String name, Value<T> value) {
    return new Column<>(name, Type.DECIMALS, value);
  }

  static <T> Column<T> levels(String name, Value<T> value) {
    return new Column<>(
        name, Type.LEVELS, row -> value.of(row) instanceof Levels levels ? literal(levels) : null);
  }

  /// Prices and sizes by turns, as `{1.5,2.0}`.
  static String literal(Levels levels) {
    var text = new StringBuilder("{");
    for (int i = 0; i < levels.count(); i++) {
      text.append(i == 0 ? "" : ",").append(levels.price(i)).append(',').append(levels.size(i));
    }
    return text.append('}').toString();
  }

  /// The parameter that carries this column of many rows.
  String parameter(int number) {
    return "$" + number + "::" + (isText() ? "text" : type.sql) + "[]";
  }

  /// What goes into the column, where `name` is that parameter's element.
  String stored() {
    return isText() ? name + "::" + type.sql : name;
  }

  private boolean isText() {
    return type == Type.NUMBERS
        || type == Type.DECIMALS
        || type == Type.NUMERIC
        || type == Type.LEVELS;
  }

  @Nullable Object[] array(int size) {
    return switch (type) {
      case TEXT, NUMERIC, NUMBERS, DECIMALS, LEVELS -> new String[size];
      case BIGINT -> new Long[size];
      case INTEGER -> new Integer[size];
      case DOUBLE -> new Double[size];
      case BOOLEAN -> new Boolean[size];
      case DATE -> new LocalDate[size];
    };
  }

  /// The column's value as the bus writes it in JSON.
  @Nullable Object read(Row row, int index) {
    if (row.getValue(index) == null) {
      return null;
    }
    return switch (type) {
      case TEXT -> row.getString(index);
      case BIGINT -> row.getLong(index);
      case INTEGER -> row.getInteger(index);
      case DOUBLE -> row.getDouble(index);
      case BOOLEAN -> row.getBoolean(index);
      case DATE -> row.getLocalDate(index).toString();
      case NUMERIC -> Decimals.plain(row.getBigDecimal(index));
      case NUMBERS -> numbers(row.getJsonObject(index));
      case DECIMALS -> new TreeMap<>(row.getJsonObject(index).getMap());
      case LEVELS -> List.of(row.getArrayOfDoubles(index));
    };
  }

  private static TreeMap<String, @Nullable Object> numbers(JsonObject json) {
    var numbers = new TreeMap<String, @Nullable Object>();
    json.forEach(entry ->
        numbers.put(
            entry.getKey(),
            entry.getValue() instanceof Number number ? (Object) number.doubleValue() : null));
    return numbers;
  }
}
