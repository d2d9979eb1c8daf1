package sandpiper.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.OrderBook;

class DecisionCheckTest {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final long START = 1_577_836_800_000_000L;
  private static final int BARS = 1_000;
  private static final Map<String, Interval> SOURCES = Map.of("BTCUSD", MINUTE);

  /// A price that swings 10 bars up and 10 down.
  private static List<Bar> bars() {
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < BARS; i++) {
      double price = 100 + Math.abs(i % 20 - 10);
      bars.add(
          new Bar(
              "BTCUSD",
              MINUTE,
              START + i * MINUTE.micros(),
              price,
              price + 1,
              price - 1,
              price,
              1));
    }
    return bars;
  }

  private static Instrument instrument(String symbol) {
    var one = BigDecimal.ONE;
    return new Instrument(symbol, one, one, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private static SessionSpec spec(List<NamedIndicator> indicators) {
    return new SessionSpec(
        "bt_0000000000000001",
        SessionMode.BACKTEST,
        List.of(instrument("BTCUSD")),
        new BigDecimal("1000000"),
        List.of(
            new StrategyPlan(
                "s",
                "s",
                "v1",
                Map.of(),
                List.of(new StreamSpec("main", "BTCUSD", MINUTE)),
                indicators)),
        START);
  }

  private static DecisionCheck.Report check(
      List<NamedIndicator> indicators, Strategy.Factory factory) {
    return new DecisionCheck(spec(indicators), SOURCES, factory, bars()).run();
  }

  @Test
  void aStrategyThatLooksAtClosedBarsOnlyPasses() {
    var report =
        check(
            List.of(),
            (_, context, _) ->
                new Strategy() {
                  @Override
                  public void onBar(Bar bar, int stream) {
                    if (bar.close() == 110) {
                      context.place("BTCUSD", Side.BUY, 1, null, null);
                    }
                  }
                });
    assertThat(report.decisions()).isEqualTo(2 * BARS / 20);
    assertThat(report.lookAhead()).isEmpty();
    assertThat(report.warmUpBars()).isZero();
  }

  /// The book has one snapshot, at the beginning; data that begin later begin with the book as it
  /// stood.
  @Test
  void anOrderBookNeedsNoWarmUp() {
    var events = new ArrayList<MarketEvent>();
    events.add(new BookSnapshot("BTCUSD", START, 1, level(90, 1), level(110, 1)));
    for (int i = 1; i < BARS; i++) {
      events.add(
          new BookUpdate(
              "BTCUSD", START + i, i + 1, i + 1, level(99, i % 20 == 0 ? 0 : 1), Levels.NONE));
    }
    var plan =
        new StrategyPlan(
            "s",
            "s",
            "v1",
            Map.of(),
            List.of(new StreamSpec("depth", "BTCUSD", StreamSpec.Kind.BOOK, null)),
            List.of());
    var report =
        new DecisionCheck(
                spec(List.of()).with(List.of(plan)),
                Map.of(),
                (_, context, _) ->
                    new Strategy() {
                      @Override
                      public void onBook(OrderBook book, int stream) {
                        if (book.bids().best() == 90) {
                          context.place("BTCUSD", Side.BUY, 1, 80.0, null);
                        }
                      }
                    },
                events)
            .run();
    assertThat(report.decisions()).isEqualTo(2 * BARS / 20);
    assertThat(report.lookAhead()).isEmpty();
    assertThat(report.warmUpBars()).isZero();
  }

  private static Levels level(double price, double size) {
    return new Levels(new double[] {price}, new double[] {size});
  }

  /// The data of the run under way, as a strategy over a whole table holds them.
  private static final class TableInHand extends AbstractList<Bar> {
    private final List<Bar> all = bars();
    private List<Bar> ofThisRun = all;

    @Override
    public Bar get(int index) {
      return all.get(index);
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public List<Bar> subList(int from, int to) {
      ofThisRun = all.subList(from, to);
      return ofThisRun;
    }
  }

  @Test
  void aStrategyThatKnowsTheNextBarIsFound() {
    var table = new TableInHand();
    Strategy.Factory peeking =
        (_, context, _) ->
            new Strategy() {
              private int next;

              @Override
              public void onBar(Bar bar, int stream) {
                next++;
                if (next < table.ofThisRun.size()
                    && table.ofThisRun.get(next).close() > bar.close()) {
                  context.signal("BTCUSD", "up", "", Map.of());
                }
              }
            };
    var report = new DecisionCheck(spec(List.of()), SOURCES, peeking, table).run();
    // Data cut at bars 250, 500 and 750: only after bar 500 does the price go up.
    assertThat(report.lookAhead())
        .containsExactly(
            new DecisionCheck.Difference(
                START + 500 * MINUTE.micros(), 500, "signal up BTCUSD {}", ""));
  }

  @Test
  void theWarmUpOfAnAverageIsItsLength() {
    var sma =
        new NamedIndicator(
            "sma", new IndicatorSpec("sma", "BTCUSD", MINUTE, "close", Map.of("period", 50.0)), "");
    var report =
        check(
            List.of(sma),
            (_, context, _) ->
                new Strategy() {
                  @Override
                  public void onBar(Bar bar, int stream) {
                    if (context.ready() && bar.close() > context.reading("sma").value()) {
                      context.signal("BTCUSD", "above", "", Map.of());
                    }
                  }
                });
    assertThat(report.lookAhead()).isEmpty();
    assertThat(report.warmUpBars()).isBetween(40, 50);
  }

  @Test
  void aStrategyThatCountsFromItsStartNeverSettles() {
    var report =
        check(
            List.of(),
            (_, context, _) ->
                new Strategy() {
                  private int count;

                  @Override
                  public void onBar(Bar bar, int stream) {
                    if (++count % 7 == 0) {
                      context.signal("BTCUSD", "seventh", "", Map.of());
                    }
                  }
                });
    assertThat(report.warmUpBars()).isNull();
    assertThat(report.unstable()).isNotEmpty();
  }

  @Test
  void barsOfTwoSymbolsThatEndTogetherAreNotCutApart() {
    var streams =
        List.of(new StreamSpec("main", "BTCUSD", MINUTE), new StreamSpec("other", "SPY", MINUTE));
    var spec =
        new SessionSpec(
            "bt_0000000000000001",
            SessionMode.BACKTEST,
            List.of(instrument("BTCUSD"), instrument("SPY")),
            new BigDecimal("1000000"),
            List.of(new StrategyPlan("s", "s", "v1", Map.of(), streams, List.of())),
            START);
    var both = new ArrayList<Bar>();
    // 999 of each, so that a quarter of all of them is an odd number.
    for (var bar : bars().subList(0, 999)) {
      both.add(bar);
      both.add(new Bar("SPY", MINUTE, bar.openTime(), 1, 1, 1, 1, 1));
    }
    var report =
        new DecisionCheck(
                spec,
                Map.of("BTCUSD", MINUTE, "SPY", MINUTE),
                (_, context, _) ->
                    new Strategy() {
                      @Override
                      public void onBar(Bar bar, int stream) {
                        context.signal(bar.symbol(), "closed", "", Map.of());
                      }
                    },
                both)
            .run();
    assertThat(report.decisions()).isEqualTo(1_998);
    assertThat(report.lookAhead()).isEmpty();
  }

  @Test
  void tooFewEventsAreRefused() {
    assertThatThrownBy(() ->
            new DecisionCheck(
                spec(List.of()), SOURCES, (_, _, _) -> new Strategy() {}, bars().subList(0, 9)))
        .hasMessage("the check needs at least 10 events, had 9");
  }
}
