package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.Recording;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// One kind of recorded inputs, in a table of its own, read by windows of their numbers.
///
/// Rows become inputs on the thread of the connection that receives them, none of the verticle's.
enum InputSeries {
  BARS("open_time, interval_micros, open, high, low, close, volume", " and closed = false") {
    @Override
    MarketEvent event(Row row, String symbol) {
      return new Bar(
          symbol,
          new Interval(row.getLong(4)),
          row.getLong(3),
          row.getDouble(5),
          row.getDouble(6),
          row.getDouble(7),
          row.getDouble(8),
          row.getDouble(9));
    }
  },
  TRADES("event_time, price, amount", "") {
    @Override
    MarketEvent event(Row row, String symbol) {
      return new Trade(symbol, row.getLong(3), row.getDouble(4), row.getDouble(5));
    }
  },
  QUOTES("event_time, bid, ask, bid_size, ask_size", "") {
    @Override
    MarketEvent event(Row row, String symbol) {
      return new Quote(
          symbol,
          row.getLong(3),
          row.getDouble(4),
          row.getDouble(5),
          row.getDouble(6),
          row.getDouble(7));
    }
  },
  BOOKS("event_time, first_id, last_id, bids, asks", "") {
    @Override
    MarketEvent event(Row row, String symbol) {
      @Nullable Long firstId = row.getLong(4);
      long lastId = row.getLong(5);
      var bids = levels(row, 6);
      var asks = levels(row, 7);
      return firstId == null
          ? new BookSnapshot(symbol, row.getLong(3), lastId, bids, asks)
          : new BookUpdate(symbol, row.getLong(3), firstId, lastId, bids, asks);
    }
  },
  EXTERNAL_VALUES("name, value", "") {
    @Override
    MarketEvent event(Row row, String symbol) {
      return new ExternalValue(symbol, row.getLong(1), row.getString(3), row.getDouble(4));
    }
  },
  VENUE_REPORTS("report", "") {
    @Override
    MarketEvent event(Row row, String symbol) {
      return Json.read(row.getString(3), VenueReport.class);
    }
  };

  private final String select;
  private final String selectOfOneSymbol;
  private final String selectQuest;

  /// @param columns behind `seq`, `time` and `symbol`
  /// @param condition that leaves out what came from no source
  InputSeries(String columns, String condition) {
    select = select("symbol", columns, condition);
    selectOfOneSymbol = select("null::text", columns, condition);
    selectQuest =
        """
        select seq, time, symbol, %s from %s
        where session_id = $1 and ts > $2 and ts <= $3%s
        order by ts\
        """
            .formatted(columns, table(), condition);
  }

  private String select(String symbol, String columns, String condition) {
    return """
    select seq, time, %s, %s from %s
    where session_id = $1 and day = $4 and seq > $2 and seq <= $3%s
    order by seq\
    """
        .formatted(symbol, columns, table(), condition);
  }

  /// @param name of its table
  static InputSeries of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  final String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a row says, its columns behind the first three being those of this series.
  abstract MarketEvent event(Row row, String symbol);

  /// A name that all rows share is not sent with each of them.
  ///
  /// @param window session, number to go on behind, last number, day
  final Future<List<Input>> read(SqlClient client, Recording recording, Tuple window) {
    var symbols = recording.symbols();
    return symbols.size() == 1
        ? read(client, selectOfOneSymbol, recording.sessionId(), symbols.getFirst(), window)
        : read(client, select, recording.sessionId(), "", window);
  }

  /// @param window session, place to go on behind, last place
  final Future<List<Input>> readQuest(SqlClient client, Recording recording, Tuple window) {
    return read(client, selectQuest, recording.sessionId(), "", window);
  }

  private Future<List<Input>> read(
      SqlClient client, String sql, String sessionId, String symbol, Tuple window) {
    return client
        .preparedQuery(sql)
        .collecting(
            Collector.of(
                () -> new Rows(sessionId, symbol),
                Rows::add,
                (_, _) -> notParallel(),
                rows -> rows.inputs))
        .execute(window)
        .map(result -> Objects.requireNonNull(result.value()));
  }

  private static Rows notParallel() {
    throw new IllegalStateException("rows come one after the other");
  }

  /// The rows of one window, as they come.
  private final class Rows {
    private final String sessionId;
    private final List<Input> inputs = new ArrayList<>();
    private String symbol;

    private Rows(String sessionId, String symbol) {
      this.sessionId = sessionId;
      this.symbol = symbol;
    }

    private void add(Row row) {
      @Nullable String name = row.getString(2);
      if (name != null && !name.equals(symbol)) {
        symbol = name; // else rows share the text
      }
      inputs.add(new Input(sessionId, row.getLong(0), row.getLong(1), event(row, symbol)));
    }
  }

  /// Of prices and sizes by turns.
  private static Levels levels(Row row, int column) {
    var numbers =
        row.getValue(column) instanceof String text ? numbers(text) : row.getArrayOfDoubles(column);
    var prices = new double[numbers.length / 2];
    var sizes = new double[prices.length];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = numbers[2 * i];
      sizes[i] = numbers[2 * i + 1];
    }
    return new Levels(prices, sizes);
  }

  /// QuestDB keeps them as text, as they are handed to PostgreSQL.
  private static Double[] numbers(String text) {
    var inner = text.substring(1, text.length() - 1);
    return inner.isEmpty()
        ? new Double[0]
        : Arrays.stream(inner.split(",", -1)).map(Double::valueOf).toArray(Double[]::new);
  }
}
