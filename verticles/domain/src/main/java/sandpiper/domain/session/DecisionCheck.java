package sandpiper.domain.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// Runs a strategy on data that are cut at several points and compares what it decides.
///
/// Data that **end** early must not change anything before their end: a decision that does differ
/// knew what was still to come. Data that **begin** late may change decisions until everything has
/// warmed up: how long that takes is the number of warm-up bars.
public final class DecisionCheck {
  private static final double[] ENDS = {0.25, 0.5, 0.75};
  private static final double[] BEGINNINGS = {0.1, 0.25, 0.5};
  private static final int MAX_DIFFERENCES = 20;

  private final SessionSpec spec;
  private final Map<String, Interval> sources;
  private final Strategy.Factory factory;
  private final List<? extends MarketEvent> events;

  /// A decision that came out differently.
  ///
  /// @param time of the input, UTC microseconds
  /// @param bar number of the event in the data, from 1
  /// @param whole what was decided on the whole data; empty when nothing was
  /// @param cut what was decided on the cut data; empty when nothing was
  public record Difference(long time, int bar, String whole, String cut) {}

  /// @param events of the source that were used
  /// @param decisions signals and orders on the whole data
  /// @param lookAhead decisions that depend on what comes later, at most 20; empty when all is well
  /// @param warmUpBars events of the source after which a later beginning changes nothing any more;
  ///   null when decisions never became the same
  /// @param unstable the last decisions that depend on where the data begin, when `warmUpBars` is
  ///   null
  public record Report(
      int events,
      int decisions,
      List<Difference> lookAhead,
      @Nullable Integer warmUpBars,
      List<Difference> unstable) {
    public Report {
      lookAhead = List.copyOf(lookAhead);
      unstable = List.copyOf(unstable);
    }
  }

  /// @param exact input and all that was decided
  /// @param kind without what follows from where the data begin
  private record Decision(long time, String exact, String kind) {}

  /// @param spec of a session with the strategy; its start is moved to that of the data
  /// @param sources by symbol, the interval of its bars in `events`; a symbol that is missing has
  ///   trades or quotes
  /// @param events in the order in which they became known, at least ten
  public DecisionCheck(
      SessionSpec spec,
      Map<String, Interval> sources,
      Strategy.Factory factory,
      List<? extends MarketEvent> events) {
    if (events.size() < 10) {
      throw new IllegalArgumentException(
          "the check needs at least 10 events, had " + events.size());
    }
    this.spec = spec;
    this.sources = sources;
    this.factory = factory;
    this.events = events;
  }

  /// @throws StrategyException when the strategy fails on the data
  public Report run() {
    var whole = decisions(0, events.size());
    var lookAhead = new ArrayList<Difference>();
    for (double share : ENDS) {
      int end = endOfInstant((int) (events.size() * share));
      long until = events.get(end - 1).time();
      differences(upTo(whole, until), upTo(decisions(0, end), until), true, lookAhead);
    }
    int warmUp = 0;
    var unstable = new ArrayList<Difference>();
    for (double share : BEGINNINGS) {
      int begin = (int) (events.size() * share);
      var late = decisions(begin, events.size());
      var found = new ArrayList<Difference>();
      long from = events.get(begin).time();
      differences(whole.stream().filter(each -> each.time >= from).toList(), late, false, found);
      if (!found.isEmpty()) {
        var last = found.getLast();
        warmUp = Math.max(warmUp, last.bar - begin);
        // What still differs in the last tenth has not settled.
        if (last.bar > events.size() - events.size() / 10) {
          unstable.add(last);
        }
      }
    }
    return new Report(
        events.size(),
        whole.size(),
        lookAhead.stream().distinct().limit(MAX_DIFFERENCES).toList(),
        unstable.isEmpty() ? warmUp : null,
        unstable);
  }

  /// What is known at the same time is known together, and must not be cut apart.
  private int endOfInstant(int end) {
    int to = end;
    while (to < events.size() && events.get(to).time() == events.get(to - 1).time()) {
      to++;
    }
    return to;
  }

  private List<Decision> decisions(int from, int to) {
    var part = new ArrayList<MarketEvent>(booksBefore(from));
    part.addAll(events.subList(from, to));
    var journal = new ArrayList<Decision>();
    var cut = spec.startingAt(part.getFirst().beginTime());
    try (var engine =
        new SessionEngine(cut, sources, factory, entry -> decision(entry).forEach(journal::add))) {
      engine.run(part.iterator(), _ -> {});
      // What it does when the data end is not a decision about them.
      long stopped = engine.inputs() + 1;
      journal.removeIf(each -> each.exact.startsWith(stopped + " "));
    }
    return journal;
  }

  /// The order books as they stood when the event number `from` came: a source that begins there
  /// would begin with a snapshot.
  private List<BookEvent> booksBefore(int from) {
    var books = new LinkedHashMap<String, BookBuilder>();
    for (int i = 0; i < from; i++) {
      if (events.get(i) instanceof BookEvent event) {
        books.computeIfAbsent(event.symbol(), BookBuilder::new).apply(event);
      }
    }
    long time = events.get(from).beginTime();
    return books.values().stream().flatMap(book -> book.events(time).stream()).toList();
  }

  private static Stream<Decision> decision(JournalEntry entry) {
    return switch (entry) {
      case Signal signal -> {
        var kind = "signal " + signal.name() + " " + signal.symbol();
        yield Stream.of(
            new Decision(signal.time(), signal.seq() + " " + kind + " " + signal.values(), kind));
      }
      case OrderAccepted accepted -> Stream.of(order(accepted));
      case OrderRefused refused -> Stream.of(order(refused));
      default -> Stream.of();
    };
  }

  private static Decision order(OrderEvent event) {
    var order = event.order();
    var kind = "order " + order.side() + " " + order.type() + " " + order.symbol();
    return new Decision(
        event.time(),
        event.seq() + " " + kind + " " + order.quantity() + " at " + order.limitPrice(),
        kind);
  }

  private static List<Decision> upTo(List<Decision> decisions, long until) {
    return decisions.stream().filter(each -> each.time <= until).toList();
  }

  /// What of two ordered lists does not stand in both.
  private void differences(
      List<Decision> whole, List<Decision> cut, boolean exact, List<Difference> found) {
    int i = 0;
    int j = 0;
    while (i < whole.size() || j < cut.size()) {
      var a = i < whole.size() ? whole.get(i) : null;
      var b = j < cut.size() ? cut.get(j) : null;
      if (a != null && b != null && a.time == b.time) {
        boolean same = exact ? a.exact.equals(b.exact) : a.kind.equals(b.kind);
        if (!same) {
          found.add(new Difference(a.time, bar(a.time), text(a, exact), text(b, exact)));
        }
        i++;
        j++;
      } else if (b == null || (a != null && a.time < b.time)) {
        if (a != null) {
          found.add(new Difference(a.time, bar(a.time), text(a, exact), ""));
        }
        i++;
      } else {
        found.add(new Difference(b.time, bar(b.time), "", text(b, exact)));
        j++;
      }
    }
  }

  private static String text(Decision decision, boolean exact) {
    return exact ? decision.exact.substring(decision.exact.indexOf(' ') + 1) : decision.kind;
  }

  /// Number of the last event that was known at `time`.
  private int bar(long time) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).time() <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
