package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import sandpiper.bus.Messages.Done;
import sandpiper.persistence.Table.Insert;

/// Where what sessions leave behind goes.
@FunctionalInterface
interface Writes {
  /// @return rows by table, as far as the database has them already, when all of it is safe
  Future<Map<String, Integer>> write(Write write);

  /// One statement, explained when it fails.
  default Future<Done> write(
      String sessionId, String what, String table, String sql, Tuple parameters) {
    var insert = new Insert(table, sql, parameters);
    return Answers.explained(
            write(new Write.Statements(sessionId, what, List.of(insert))), "write " + what)
        .map(new Done());
  }
}
