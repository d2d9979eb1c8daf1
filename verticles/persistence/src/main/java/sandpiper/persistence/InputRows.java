package sandpiper.persistence;

import static sandpiper.persistence.Column.bigint;
import static sandpiper.persistence.Column.bool;
import static sandpiper.persistence.Column.date;
import static sandpiper.persistence.Column.levels;
import static sandpiper.persistence.Column.real;
import static sandpiper.persistence.Column.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Input;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.persistence.Catalog.Days;
import sandpiper.persistence.Table.Insert;

/// Sorts recorded inputs by table.
final class InputRows {
  private record BarInput(Input input, LocalDate day, Bar bar, boolean closed) {}

  private record TradeInput(Input input, LocalDate day, Trade trade) {}

  private record QuoteInput(Input input, LocalDate day, Quote quote) {}

  private record ValueInput(Input input, LocalDate day, ExternalValue value) {}

  private record ReportInput(Input input, LocalDate day, VenueReport report) {}

  private record BookInput(Input input, LocalDate day, BookEvent event) {
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
          bool("closed", BarInput::closed),
          date("day", BarInput::day));

  private static final Table<TradeInput> TRADES =
      Table.fixed(
          "trades",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.trade.symbol()),
          bigint("event_time", row -> row.trade.time()),
          real("price", row -> row.trade.price()),
          real("amount", row -> row.trade.amount()),
          date("day", TradeInput::day));

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
          real("ask_size", row -> row.quote.askSize()),
          date("day", QuoteInput::day));

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
          levels("asks", row -> row.event.asks()),
          date("day", BookInput::day));

  private static final Table<ValueInput> VALUES =
      Table.fixed(
          "external_values",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.value.symbol()),
          text("name", row -> row.value.name()),
          real("value", row -> row.value.value()),
          date("day", ValueInput::day));

  private static final Table<ReportInput> REPORTS =
      Table.fixed(
          "venue_reports",
          text("session_id", row -> row.input.sessionId()),
          bigint("seq", row -> row.input.seq()),
          bigint("time", row -> row.input.time()),
          text("symbol", row -> row.report.symbol()),
          text("report", row -> Json.text(row.report)),
          date("day", ReportInput::day));

  private final List<BarInput> bars = new ArrayList<>();
  private final List<TradeInput> trades = new ArrayList<>();
  private final List<QuoteInput> quotes = new ArrayList<>();
  private final List<BookInput> books = new ArrayList<>();
  private final List<ValueInput> values = new ArrayList<>();
  private final List<ReportInput> reports = new ArrayList<>();

  /// @param inputs of one session
  /// @param days under which they are kept
  InputRows(List<Input> inputs, Days days) {
    for (var input : inputs) {
      var day = days.of(input);
      switch (input.event()) {
        case Bar bar -> bars.add(new BarInput(input, day, bar, false));
        case BarClosed closed -> bars.add(new BarInput(input, day, closed.bar(), true));
        case Trade trade -> trades.add(new TradeInput(input, day, trade));
        case Quote quote -> quotes.add(new QuoteInput(input, day, quote));
        case BookEvent book -> books.add(new BookInput(input, day, book));
        case ExternalValue value -> values.add(new ValueInput(input, day, value));
        case VenueReport report -> reports.add(new ReportInput(input, day, report));
      }
    }
  }

  /// What the catalog calls the series of an event.
  static String series(MarketEvent event) {
    return switch (event) {
      case Bar _ -> "bars";
      case BarClosed _ -> Catalog.CLOSINGS;
      case Trade _ -> "trades";
      case Quote _ -> "quotes";
      case BookEvent _ -> "books";
      case ExternalValue _ -> "external_values";
      case VenueReport _ -> "venue_reports";
    };
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
    if (!reports.isEmpty()) {
      inserts.add(REPORTS.insert(reports));
    }
    return inserts;
  }
}
