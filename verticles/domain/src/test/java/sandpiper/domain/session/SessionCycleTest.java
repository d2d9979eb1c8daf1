package sandpiper.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.OrderManager;
import sandpiper.domain.trading.RiskLimits;

/// Strategies in Java, driven by a cycle with the real order manager behind it.
class SessionCycleTest {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_577_836_800L * SECOND;
  private static final Interval MINUTE = Interval.parse("1m");

  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private long seq;

  /// Does as told on each trade.
  private class Told implements Strategy {
    final StrategyContext context;
    final String name;

    Told(StrategyContext context) {
      this.context = context;
      name = context.plan().instance();
    }

    @Override
    public void onTrade(Trade trade, int stream) {
      heard.add(name + " trade " + trade.price());
    }

    @Override
    public void onTimer(String id) {
      heard.add(name + " timer " + id + " at " + (context.time() - START) / SECOND);
    }
  }

  private static StrategyException fault(String text) {
    return new StrategyException("s.js", 1, 1, text);
  }

  private static StrategyPlan plan(String instance) {
    return new StrategyPlan(
        instance, "s", "v1", Map.of(), List.of(new StreamSpec("ticks", "BTCUSD", null)), List.of());
  }

  private SessionCycle cycle(
      SessionMode mode, SuspendPolicy policy, Strategy.Factory factory, StrategyPlan... plans) {
    var grain = new BigDecimal("0.01");
    var instrument =
        new Instrument(
            "BTCUSD", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("0.25"));
    var spec =
        new SessionSpec(
            mode.prefix() + "0000000000000001",
            mode,
            List.of(instrument),
            new BigDecimal("1000"),
            List.of(plans),
            START,
            policy,
            FillRules.STANDARD,
            RiskLimits.NONE,
            AccountRules.STANDARD,
            false);
    return new SessionCycle(spec, new OrderManager(spec, journal::add), factory);
  }

  private void trade(SessionCycle cycle, double price) {
    trade(cycle, price, START + (seq + 1) * SECOND);
  }

  private void trade(SessionCycle cycle, double price, long time) {
    var trade = new Trade("BTCUSD", time, price, 1);
    cycle.match(++seq, time, trade);
    cycle.decide(trade, new double[0]);
  }

  private <T> List<T> of(Class<T> kind) {
    return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void aStrategyThatFailsIsSuspendedAndItsNeighbourGoesOn() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (plan, context, _) ->
                plan.instance().equals("bad")
                    ? new Told(context) {
                      @Override
                      public void onTrade(Trade trade, int stream) {
                        super.onTrade(trade, stream);
                        if (trade.price() == 100) {
                          context.place("BTCUSD", Side.BUY, 1, 50.0, null);
                        } else {
                          context.place("BTCUSD", Side.BUY, 1, 60.0, null);
                          throw fault("broke");
                        }
                      }
                    }
                    : new Told(context),
            plan("bad"),
            plan("good"));
    cycle.start();
    trade(cycle, 100);
    trade(cycle, 101);
    trade(cycle, 102);

    assertThat(heard)
        .containsExactly(
            "bad trade 100.0",
            "good trade 100.0",
            "bad trade 101.0",
            "good trade 101.0",
            "good trade 102.0");
    // What it asked for in the callback that failed is not done; what worked before is cancelled.
    assertThat(of(OrderAccepted.class)).hasSize(1);
    assertThat(of(OrderCancelled.class))
        .extracting(event -> event.order().limitPrice())
        .containsExactly(new BigDecimal("50.00"));
    assertThat(of(Alert.class))
        .extracting(Alert::level, Alert::text, Alert::seq)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("error", "bad is suspended: s.js:1:1: broke", 2L));
    assertThat(of(StrategyEvent.class))
        .extracting(StrategyEvent::kind)
        .containsExactly(StrategyEvent.Kind.SUSPENDED);
    assertThat(cycle.suspended()).containsExactly(Map.entry("bad", "s.js:1:1: broke"));
  }

  @Test
  void thePolicyMayKeepTheOrdersOfASuspendedStrategy() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.KEEP,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public void onTrade(Trade trade, int stream) {
                    if (trade.price() != 100) {
                      throw fault("broke");
                    }
                    context.place("BTCUSD", Side.BUY, 1, 50.0, null);
                  }
                },
            plan("s"));
    cycle.start();
    trade(cycle, 100);
    trade(cycle, 101);
    assertThat(of(OrderCancelled.class)).isEmpty();
  }

  @Test
  void aBacktestEndsWhenNoStrategyIsLeft() {
    Strategy.Factory failing =
        (_, context, _) ->
            new Told(context) {
              @Override
              public void onTrade(Trade trade, int stream) {
                throw fault("broke");
              }
            };
    var cycle = cycle(SessionMode.BACKTEST, SuspendPolicy.CANCEL, failing, plan("a"), plan("b"));
    cycle.start();
    assertThatThrownBy(() -> trade(cycle, 100))
        .isInstanceOf(StrategyException.class)
        .hasMessage("s.js:1:1: broke");
    assertThat(of(Alert.class)).hasSize(2);
  }

  @Test
  void anOrderStillOnItsWayWhenItsStrategyIsSuspendedIsCancelled() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public void onTrade(Trade trade, int stream) {
                    if (trade.price() == 100) {
                      context.place("BTCUSD", Side.BUY, 1, 50.0, null);
                    }
                  }

                  @Override
                  public void onOrder(OrderEvent event) {
                    throw fault("broke");
                  }
                },
            plan("s"));
    cycle.start();
    trade(cycle, 100);
    assertThat(of(OrderCancelled.class)).hasSize(1);
  }

  @Test
  void moreThanFiveHundredActionsASecondSuspend() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public void onTrade(Trade trade, int stream) {
                    for (int i = 0; i < 10_000; i++) {
                      try {
                        context.signal("BTCUSD", "x", "", Map.of());
                      } catch (IllegalArgumentException e) {
                        assertThat(e)
                            .hasMessage(
                                "the strategy asked for more than 500 signals, orders and cancels"
                                    + " within one second of the session's clock");
                      }
                    }
                  }
                },
            plan("s"));
    cycle.start();
    trade(cycle, 100);
    assertThat(of(Signal.class)).isEmpty();
    assertThat(cycle.suspended().get("s"))
        .isEqualTo(
            "s: the strategy asked for more than 500 signals, orders and cancels within one second"
                + " of the session's clock");
  }

  @Test
  void notesBeyondTwoHundredASecondAreDroppedAndCounted() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public void onTrade(Trade trade, int stream) {
                    for (int i = 0; i < (trade.price() == 100 ? 1_000 : 1); i++) {
                      context.log("info", "line");
                    }
                  }
                },
            plan("s"));
    cycle.start();
    trade(cycle, 100);
    assertThat(of(LogLine.class)).hasSize(200);
    trade(cycle, 101);
    assertThat(of(LogLine.class).subList(200, 202))
        .extracting(LogLine::text)
        .containsExactly("800 notes were dropped: a strategy may write 200 a second", "line");
  }

  @Test
  void timersFireAtTheirTimeBeforeTheInputIsLookedAt() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public void onStart() {
                    context.timers().every("beat", Interval.parse("10s"), context.time());
                    context.timers().at("once", START + 15 * SECOND);
                  }

                  @Override
                  public void onTimer(String id) {
                    super.onTimer(id);
                    if (context.time() == START + 20 * SECOND) {
                      assertThat(context.timers().cancel("beat")).isTrue();
                    }
                  }
                },
            plan("s"));
    cycle.start();
    trade(cycle, 100, START + 9 * SECOND);
    trade(cycle, 101, START + 25 * SECOND);
    trade(cycle, 102, START + 60 * SECOND);
    assertThat(heard)
        .containsExactly(
            "s trade 100.0",
            "s timer beat at 10",
            "s timer once at 15",
            "s timer beat at 20",
            "s trade 101.0",
            "s trade 102.0");
  }

  @Test
  void aTimerCatchesUpAThousandTimesAndGoesOnFromThePresent() {
    var timers = new Timers();
    timers.every("beat", Interval.parse("1s"), 0);
    long now = 1_000_000L * SECOND;
    int fired = 0;
    long last = 0;
    for (var due = timers.take(now); due != null; due = timers.take(now)) {
      fired++;
      last = due.time();
    }
    assertThat(fired).isBetween(Timers.MAX_CATCH_UP, Timers.MAX_CATCH_UP + 1);
    assertThat(last).isEqualTo(now);
    assertThat(timers.next()).isEqualTo(now + SECOND);
  }

  @Test
  void aReloadKeepsOrdersPositionsTimersAndWarmIndicators() {
    var sma = new IndicatorSpec("sma", "BTCUSD", null, "price", Map.of("period", 2.0));
    var ema = new IndicatorSpec("ema", "BTCUSD", null, "price", Map.of("period", 2.0));
    var streams = List.of(new StreamSpec("ticks", "BTCUSD", null));
    var first =
        new StrategyPlan(
            "s", "s", "v1", Map.of(), streams, List.of(new NamedIndicator("a", sma, "")));
    var second =
        new StrategyPlan(
            "s",
            "s",
            "v2",
            Map.of(),
            streams,
            List.of(new NamedIndicator("new", ema, ""), new NamedIndicator("old", sma, "")));
    var contexts = new ArrayList<StrategyContext>();
    var snapshots = new ArrayList<@Nullable String>();
    Strategy.Factory factory =
        (plan, context, snapshot) -> {
          contexts.add(context);
          snapshots.add(snapshot);
          return new Told(context) {
            @Override
            public void onStart() {
              context.timers().every("beat", Interval.parse("10s"), context.time());
              context.place("BTCUSD", Side.BUY, 1, 200.0, null);
              context.place("BTCUSD", Side.BUY, 1, 50.0, null);
            }

            @Override
            public void onReload(StrategyPlan from) {
              heard.add(plan.version() + " after " + from.version());
            }

            @Override
            public String snapshot() {
              return "state of " + plan.version();
            }
          };
        };
    var cycle = cycle(SessionMode.PAPER, SuspendPolicy.CANCEL, factory, first);
    cycle.start();
    step(cycle, 100, 1, 7.0);
    cycle.reload(second, new IndicatorLayout(List.of(sma, ema)), factory);
    step(cycle, 101, 11, 8.0, 80.0);

    assertThat(snapshots).containsExactly(null, "state of v1");
    assertThat(heard)
        .containsExactly("s trade 100.0", "v2 after v1", "s timer beat at 10", "s trade 101.0");
    var context = contexts.get(1);
    assertThat(context.workingOrders())
        .extracting(order -> order.limitPrice())
        .containsExactly(new BigDecimal("50.00"));
    assertThat(context.position("BTCUSD")).isNotNull();
    assertThat(context.reading("old").values()).containsExactly(8.0);
    assertThat(context.reading("old").previous()).containsExactly(7.0);
    assertThat(context.reading("old").past(0, 1)).isEqualTo(7.0);
    assertThat(context.reading("new").values()).containsExactly(80.0);
    assertThat(cycle.plans()).containsExactly(second);
    assertThat(of(StrategyEvent.class))
        .extracting(StrategyEvent::detail)
        .containsExactly("from version v1 to v2");
  }

  private void step(SessionCycle cycle, double price, int second, double... values) {
    var trade = new Trade("BTCUSD", START + second * SECOND, price, 1);
    cycle.match(++seq, trade.time(), trade);
    cycle.decide(trade, values);
  }

  @Test
  void aVersionThatFailsToTakeOverLeavesTheOldOneAsItWas() {
    Strategy.Factory old = (_, context, _) -> new Told(context);
    var cycle = cycle(SessionMode.PAPER, SuspendPolicy.CANCEL, old, plan("s"));
    cycle.start();
    var closed = new ArrayList<String>();
    assertThatThrownBy(() ->
            cycle.reload(
                plan("s"),
                new IndicatorLayout(List.of()),
                (_, context, _) ->
                    new Told(context) {
                      @Override
                      public void onReload(StrategyPlan from) {
                        context.place("BTCUSD", Side.BUY, 1, null, null);
                        throw fault("cannot");
                      }

                      @Override
                      public void close() {
                        closed.add("new");
                      }
                    }))
        .hasMessage("s.js:1:1: cannot");
    trade(cycle, 100);
    assertThat(heard).containsExactly("s trade 100.0");
    assertThat(closed).containsExactly("new");
    assertThat(journal).noneMatch(OrderAccepted.class::isInstance);
    assertThat(of(StrategyEvent.class)).isEmpty();
  }

  @Test
  void aReloadRevivesASuspendedStrategy() {
    Strategy.Factory failing =
        (_, context, _) ->
            new Told(context) {
              @Override
              public void onTrade(Trade trade, int stream) {
                throw fault("broke");
              }

              @Override
              public String snapshot() {
                return "left";
              }
            };
    var cycle = cycle(SessionMode.PAPER, SuspendPolicy.CANCEL, failing, plan("s"));
    cycle.start();
    trade(cycle, 100);
    trade(cycle, 101);
    assertThat(heard).isEmpty();
    cycle.reload(
        plan("s"),
        new IndicatorLayout(List.of()),
        (_, context, snapshot) -> {
          heard.add("begins with " + snapshot);
          return new Told(context);
        });
    trade(cycle, 102);
    assertThat(heard).containsExactly("begins with left", "s trade 102.0");
    assertThat(cycle.suspended()).isEmpty();
  }

  @Test
  void historyHoldsClosedBarsOnly() {
    var plan =
        new StrategyPlan(
            "s", "s", "v1", Map.of(), List.of(new StreamSpec("main", "BTCUSD", MINUTE)), List.of());
    var seen = new ArrayList<String>();
    var spec =
        new SessionSpec(
            "bt_0000000000000001",
            SessionMode.BACKTEST,
            List.of(
                new Instrument(
                    "BTCUSD",
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO)),
            new BigDecimal("1000"),
            List.of(plan),
            START);
    try (var engine =
        new SessionEngine(
            spec,
            Map.of(),
            (_, context, _) ->
                new Strategy() {
                  @Override
                  public void onBar(Bar bar, int stream) {
                    var history = context.history(0);
                    seen.add(history.size() + " " + history.bar(0).close() + " " + bar.close());
                    assertThatThrownBy(() -> history.bar(-1))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                  }
                },
            journal::add)) {
      engine.run(
          Arrays.asList(
                  new Trade("BTCUSD", START, 10, 1),
                  new Trade("BTCUSD", START + 61 * SECOND, 20, 1),
                  new Trade("BTCUSD", START + 121 * SECOND, 30, 1))
              .iterator(),
          _ -> {});
    }
    assertThat(seen).containsExactly("1 10.0 10.0", "2 20.0 20.0", "3 30.0 30.0");
  }

  @Test
  void quotesReachTheStreamsThatAskForThem() {
    var plan =
        new StrategyPlan(
            "s",
            "s",
            "v1",
            Map.of(),
            List.of(new StreamSpec("best", "BTCUSD", StreamSpec.Kind.QUOTES, null)),
            List.of());
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public void onQuote(Quote quote, int stream) {
                    heard.add(quote.bid() + "/" + quote.ask() + " " + context.lastPrice("BTCUSD"));
                  }
                },
            plan);
    cycle.start();
    var quote = new Quote("BTCUSD", START, 99, 101, 1, 1);
    cycle.match(1, START, quote);
    cycle.decide(quote, new double[0]);
    assertThat(heard).containsExactly("99.0/101.0 100.0");
  }

  /// Counts trades, buys at the first, and leaves the count as its state.
  private class Counting extends Told {
    int count;

    Counting(StrategyContext context, @Nullable String snapshot) {
      super(context);
      count = snapshot == null ? 0 : Integer.parseInt(snapshot);
    }

    @Override
    public void onStart() {
      context.timers().every("beat", Interval.parse("5s"), context.time());
    }

    @Override
    public void onTrade(Trade trade, int stream) {
      count++;
      var held = context.position("BTCUSD");
      var reading = context.readings().getFirst();
      heard.add(
          count
              + " holds "
              + (held == null ? 0 : held.quantity())
              + " works "
              + context.workingOrders().size()
              + " reads "
              + reading.value()
              + " after "
              + reading.past(0, 1));
      if (count == 1) {
        context.place("BTCUSD", Side.BUY, 1, null, null);
        context.place("BTCUSD", Side.BUY, 1, 50.0, null);
      }
    }

    @Override
    public String snapshot() {
      return String.valueOf(count);
    }
  }

  @Test
  void anotherCycleGoesOnWhereOneEnded() {
    var average = new IndicatorSpec("sma", "BTCUSD", null, "price", Map.of("period", 2.0));
    var plan =
        new StrategyPlan(
            "s",
            "s",
            "v1",
            Map.of(),
            List.of(new StreamSpec("ticks", "BTCUSD", null)),
            List.of(new NamedIndicator("avg", average, "")));
    var grain = new BigDecimal("0.01");
    var instrument =
        new Instrument("BTCUSD", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    var spec =
        new SessionSpec(
            "pp_0000000000000001",
            SessionMode.PAPER,
            List.of(instrument),
            new BigDecimal("1000"),
            List.of(plan),
            START);
    var desk = new OrderManager(spec, journal::add);
    Strategy.Factory factory = (_, context, snapshot) -> new Counting(context, snapshot);
    var first = new SessionCycle(spec, desk, factory);
    first.start();
    var past = new ArrayList<Resumption.Past>();
    for (int i = 1; i <= 3; i++) {
      var time = START + i * SECOND;
      var trade = new Trade("BTCUSD", time, 100 + i, 1);
      var values = new double[] {100 + i / 2.0};
      first.match(i, time, trade);
      first.decide(trade, values);
      past.add(new Resumption.Past(i, time, trade, values));
    }
    var checkpoint = first.checkpoint();
    var accepted = of(OrderAccepted.class);
    var working = accepted.get(1).order();
    var filled = of(OrderFilled.class).getFirst();
    var second =
        SessionCycle.resume(
            spec,
            desk,
            factory,
            new Resumption(
                3,
                START + 3 * SECOND,
                2,
                0,
                0,
                spec.layout(),
                List.of(
                    new Resumption.Instance(
                        checkpoint.instances().getFirst(),
                        List.of(filled.position()),
                        List.of(working),
                        List.of(),
                        List.of(working.orderId()))),
                past));
    heard.clear();
    var trade = new Trade("BTCUSD", START + 6 * SECOND, 104, 1);
    second.match(4, START + 6 * SECOND, trade);
    second.decide(trade, new double[] {102});
    assertThat(heard)
        .containsExactly("s timer beat at 5", "4 holds 1.00 works 1 reads 102.0 after 101.5");
    assertThat(second.checkpoint().instances().getFirst().snapshot()).isEqualTo("4");
  }

  @Test
  void aStrategyWhoseStateIsTooLargeToKeepIsSuspended() {
    var cycle =
        cycle(
            SessionMode.PAPER,
            SuspendPolicy.CANCEL,
            (_, context, _) ->
                new Told(context) {
                  @Override
                  public String snapshot() {
                    return "x".repeat(1_000_001);
                  }
                },
            plan("s"));
    cycle.start();
    assertThat(cycle.checkpoint().instances().getFirst().suspended())
        .isEqualTo(
            "s: its state takes 1000001 characters as JSON; in a process of its own a strategy may"
                + " keep 1000000");
    assertThat(of(StrategyEvent.class)).hasSize(1);
  }
}
