package sandpiper.strategies;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Step;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.BarHistory;
import sandpiper.domain.session.IndicatorReading;
import sandpiper.domain.session.Resumption.Past;

/// The latest inputs of a session, enough of each stream to bring the history, the order books and
/// the indicator readings of its strategies up to date elsewhere. Not thread-safe.
final class RecentSteps {
  private final Map<Key, Deque<Step>> streams = new LinkedHashMap<>();
  private final Map<String, Book> books = new LinkedHashMap<>();

  private record Key(
      Class<? extends MarketEvent> kind, String symbol, @Nullable Interval interval) {}

  /// The order book of a symbol as it stood before the first of the steps that are kept of it.
  private static final class Book {
    private final BookBuilder builder;
    private @Nullable Step last;

    private Book(String symbol) {
      builder = new BookBuilder(symbol);
    }

    private void apply(Step step) {
      if (step.input().event() instanceof BookEvent event) {
        builder.apply(event);
        last = step;
      }
    }

    private Book copy() {
      var copy = new Book(builder.symbol());
      builder.events(builder.time()).forEach(copy.builder::apply);
      copy.last = last;
      return copy;
    }

    /// As inputs of their own, with the number of the latest that is in it.
    private List<Past> past() {
      if (last == null) {
        return List.of();
      }
      var input = last.input();
      var values = last.values();
      return builder.events(input.time()).stream()
          .map(event -> new Past(input.seq(), input.time(), event, values))
          .toList();
    }
  }

  void add(Step step) {
    var event = step.input().event();
    var interval = event instanceof BarClosed closed ? closed.bar().interval() : null;
    var kind = event instanceof BookEvent ? BookEvent.class : event.getClass();
    var stream =
        streams.computeIfAbsent(new Key(kind, event.symbol(), interval), _ -> new ArrayDeque<>());
    if (stream.size() == (interval == null ? IndicatorReading.DEPTH : BarHistory.CAPACITY)) {
      var oldest = stream.removeFirst();
      if (kind == BookEvent.class) {
        books.computeIfAbsent(event.symbol(), Book::new).apply(oldest);
      }
    }
    stream.addLast(step);
  }

  /// Oldest first.
  List<Past> all() {
    return latest(Integer.MAX_VALUE);
  }

  /// The latest `count`, without a gap; before them the order books as they stood then.
  ///
  /// @param count at most as many as are kept of each stream
  List<Past> latest(int count) {
    var steps =
        streams.values().stream()
            .flatMap(Deque::stream)
            .sorted(Comparator.comparingLong(step -> step.input().seq()))
            .toList();
    int from = Math.max(0, steps.size() - count);
    var before = new LinkedHashMap<String, Book>();
    books.forEach((symbol, book) -> before.put(symbol, book.copy()));
    for (var step : steps.subList(0, from)) {
      if (step.input().event() instanceof BookEvent event) {
        before.computeIfAbsent(event.symbol(), Book::new).apply(step);
      }
    }
    var past = new ArrayList<Past>();
    before.values().forEach(book -> past.addAll(book.past()));
    steps.subList(from, steps.size()).forEach(step -> past.add(past(step)));
    past.sort(Comparator.comparingLong(Past::seq));
    return past;
  }

  private static Past past(Step step) {
    var input = step.input();
    return new Past(input.seq(), input.time(), input.event(), step.values());
  }
}
