package sandpiper.persistence;

import static sandpiper.persistence.Column.bigint;
import static sandpiper.persistence.Column.bool;
import static sandpiper.persistence.Column.levels;
import static sandpiper.persistence.Column.real;
import static sandpiper.persistence.Column.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Input;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.persistence.Table.Insert;

/// Sorts recorded inputs by table.
final class InputRows {
  private record BarInput(Input input, Bar bar, boolean closed) {}

  private record TradeInput(Input input, Trade trade) {}

  private record QuoteInput(Input input, Quote quote) {}

  private record ValueInput(Input input, ExternalValue value) {}

  private record BookInput(Input input, BookEvent event) {
    /// Null for a snapshot.
    @Nullable Long firstId() {
      return event instanceof BookUpdate update ? update.firstId() : null;
    }
  }

  private static final Table<BarInput> BARS =
      Table.fixed(
          "bars",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.bar.symbol()),
          bigint("interval_micros", row -> row.bar.interval().micros()),
          bigint("open_time", row -> row.bar.openTime()),
          real("open", row -> row.bar.open()),
          real("high", row -> row.bar.high()),
          real("low", row -> row.bar.low()),
          real("close", row -> row.bar.close()),
          real("volume", row -> row.bar.volume()),
          bool("closed", BarInput::closed));

  private static final Table<TradeInput> TRADES =
      Table.fixed(
          "trades",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.trade.symbol()),
          bigint("event_time", row -> row.trade.time()),
          real("price", row -> row.trade.price()),
          real("amount", row -> row.trade.amount()));

  private static final Table<QuoteInput> QUOTES =
      Table.fixed(
          "quotes",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.quote.symbol()),
          bigint("event_time", row -> row.quote.time()),
          real("bid", row -> row.quote.bid()),
          real("ask", row -> row.quote.ask()),
          real("bid_size", row -> row.quote.bidSize()),
          real("ask_size", row -> row.quote.askSize()));

  private static final Table<BookInput> BOOKS =
      Table.fixed(
          "books",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.event.symbol()),
          bigint("event_time", row -> row.event.time()),
          bigint("first_id", BookInput::firstId),
          bigint("last_id", row -> row.event.lastId()),
          levels("bids", row -> row.event.bids()),
          levels("asks", row -> row.event.asks()));

  private static final Table<ValueInput> VALUES =
      Table.fixed(
          "external_values",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.value.symbol()),
          text("name", row -> row.value.name()),
          real("value", row -> row.value.value()));

  private final List<BarInput> bars = new ArrayList<>();
  private final List<TradeInput> trades = new ArrayList<>();
  private final List<QuoteInput> quotes = new ArrayList<>();
  private final List<BookInput> books = new ArrayList<>();
  private final List<ValueInput> values = new ArrayList<>();

  InputRows(List<Input> inputs) {
    for (var input : inputs) {
      switch (input.event()) {
        case Bar bar -> bars.add(new BarInput(input, bar, false));
        case BarClosed closed -> bars.add(new BarInput(input, closed.bar(), true));
        case Trade trade -> trades.add(new TradeInput(input, trade));
        case Quote quote -> quotes.add(new QuoteInput(input, quote));
        case BookEvent book -> books.add(new BookInput(input, book));
        case ExternalValue value -> values.add(new ValueInput(input, value));
      }
    }
  }

  List<Insert> inserts() {
    var inserts = new ArrayList<Insert>();
    if (!bars.isEmpty()) {
      inserts.add(BARS.insert(bars));
    }
    if (!trades.isEmpty()) {
      inserts.add(TRADES.insert(trades));
    }
    if (!quotes.isEmpty()) {
      inserts.add(QUOTES.insert(quotes));
    }
    if (!books.isEmpty()) {
      inserts.add(BOOKS.insert(books));
    }
    if (!values.isEmpty()) {
      inserts.add(VALUES.insert(values));
    }
    return inserts;
  }
}
