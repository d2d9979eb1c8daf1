package sandpiper.persistence;

import static java.util.stream.Collectors.joining;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table that takes records of type `T`, many rows in one statement, each row once.
///
/// The columns' order is that of the rows it gives back.
final class Table<T> {
  private final String name;
  private final List<Column<T>> columns;
  private final String insert;
  private final String select;
  private final String selectAny;

  /// A statement with its parameters.
  record Insert(String table, String sql, Tuple parameters) {}

  private Table(String name, List<Column<T>> columns, String conflict) {
    this.name = name;
    this.columns = columns;
    insert =
        """
        insert into %s (%s)
        select %s from unnest(%s) with ordinality as rows (%s, nth)
        order by nth
        on conflict %s\
        """
            .formatted(
                name,
                names(columns),
                columns.stream().map(Column::stored).collect(joining(", ")),
                parameters(columns),
                names(columns),
                conflict);
    selectAny = "select %s, entry from %s where ".formatted(names(columns), name);
    select = selectAny + "session_id = $1 and entry > $2 order by entry limit $3";
  }

  /// Rows never change: the first one of a key stays.
  @SafeVarargs
  @SuppressWarnings("varargs") // only read from
  static <T> Table<T> fixed(String name, Column<T>... columns) {
    return new Table<>(name, List.of(columns), "do nothing");
  }

  /// Rows have a `version`: the highest one of a key stays. A batch must bring a key only once.
  @SafeVarargs
  @SuppressWarnings("varargs") // only read from
  static <T> Table<T> versioned(String name, String key, Column<T>... columns) {
    var changes =
        List.of(columns).stream()
            .map(Column::name)
            .filter(column -> !column.equals(key))
            .map(column -> column + " = excluded." + column)
            .collect(joining(", "));
    var conflict =
        "(%s) do update set %s where excluded.version > %s.version".formatted(key, changes, name);
    return new Table<>(name, List.of(columns), conflict);
  }

  /// Writes all rows, in order.
  Insert insert(Collection<T> rows) {
    var parameters = Tuple.tuple();
    for (var column : columns) {
      @Nullable Object[] values = column.array(rows.size());
      int i = 0;
      for (var row : rows) {
        values[i++] = column.value().of(row);
      }
      parameters.addValue(values);
    }
    return new Insert(name, insert, parameters);
  }

  /// Reads a session's rows in the order they were first written: session, entry to go on after,
  /// number of rows.
  String select() {
    return select;
  }

  /// Reads those of a session's rows for which a condition holds; `$1` is the session.
  String selectWhere(String condition) {
    return selectAny("session_id = $1 and " + condition);
  }

  /// Reads the rows of whatever session for which a condition holds.
  String selectAny(String condition) {
    return selectAny + condition;
  }

  /// A row of [#select] by column name, in the shape that records have as JSON.
  Map<String, @Nullable Object> read(Row row) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i).name(), columns.get(i).read(row, i));
    }
    return values;
  }

  private static <T> String names(List<Column<T>> columns) {
    return columns.stream().map(Column::name).collect(joining(", "));
  }

  private static <T> String parameters(List<Column<T>> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i).parameter(i + 1))
        .collect(joining(", "));
  }
}
