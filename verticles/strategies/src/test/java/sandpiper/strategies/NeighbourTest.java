package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// What strategies of one session notice when their neighbours attack.
class NeighbourTest {
  private static final int TRADES = 20_000;
  private static final String TICKS = "export const data = { ticks: { trades: true } };\n";
  private static final String GOOD =
      TICKS
          + """
          export const state = { init: () => ({ seen: 0, last: 0 }) };
          export function onTrade(ctx, trade) { ctx.state.seen++; ctx.state.last = trade.price; }
          export function onStop(ctx) { ctx.metric('seen', ctx.state.seen); }
          """;

  /// Each begins after as many trades as its number says.
  private static final List<String> ATTACKS =
      List.of(
          "for (;;) {}",
          "const all = []; for (;;) all.push(new Array(1000).fill(all));",
          "let s = 'x'; for (;;) s = (s + s).slice(0, 90000);",
          "const f = () => { try { f(); } catch { f(); } }; f();",
          "for (;;) { try { throw 1; } catch { continue; } finally { for (;;) {} } }",
          "Promise.resolve().then(function again() { return Promise.resolve().then(again); });",
          "[3, 1, 2].sort(() => { for (;;) {} });",
          "for (let i = 0; i < 1e9; i++) ctx.log('flood', i);",
          "for (let i = 0; i < 1e9; i++) { try { ctx.signal('flood'); } catch { } }",
          "throw new Error('plain');");

  private final List<JournalEntry> journal = new ArrayList<>();

  private static String attack(int number) {
    return TICKS
        + "let trades = 0;\nexport function onTrade(ctx) { if (++trades > "
        + (number + 1) * 1_000
        + ") { "
        + ATTACKS.get(number)
        + " } }";
  }

  private long[] run(List<String> sources) {
    var scripts = sources.stream().map(Play::script).toList();
    var plans = new ArrayList<StrategyPlan>();
    for (int i = 0; i < scripts.size(); i++) {
      plans.add(scripts.get(i).plan("s-" + i, Map.of(), List.of("BTCUSD"), null));
    }
    var spec =
        new SessionSpec(
            Play.PAPER_SESSION,
            SessionMode.PAPER,
            List.of(Play.instrument("BTCUSD")),
            new BigDecimal("1000"),
            plans,
            Play.START);
    var market = Play.trades(IntStream.range(0, TRADES).mapToDouble(i -> 100 + i % 7).toArray());
    var nanos = new long[TRADES];
    journal.clear();
    try (var engine =
        new SessionEngine(
            spec,
            Map.of(),
            (plan, context, snapshot) -> scripts.get(plans.indexOf(plan)).start(context, snapshot),
            journal::add)) {
      engine.run(timed(market, nanos), _ -> {});
    }
    Arrays.sort(nanos);
    return nanos;
  }

  /// An event ends when the next one is fetched.
  private static Iterator<MarketEvent> timed(List<MarketEvent> market, long[] nanos) {
    return new Iterator<>() {
      private int next;
      private long begun;

      @Override
      public boolean hasNext() {
        if (next > 0 && begun != 0) {
          nanos[next - 1] = System.nanoTime() - begun;
          begun = 0;
        }
        return next < market.size();
      }

      @Override
      public MarketEvent next() {
        begun = System.nanoTime();
        return market.get(next++);
      }
    };
  }

  private double seen() {
    return journal.stream()
        .filter(Metric.class::isInstance)
        .map(Metric.class::cast)
        .filter(metric -> metric.strategy().equals("s-0"))
        .reduce((_, last) -> last)
        .orElseThrow()
        .value();
  }

  @Test
  void aNeighbourMissesNothingWhileTenStrategiesAttack() {
    var alone = run(List.of(GOOD));
    assertThat(seen()).isEqualTo(TRADES);

    var sources = new ArrayList<String>();
    sources.add(GOOD);
    IntStream.range(0, ATTACKS.size()).mapToObj(NeighbourTest::attack).forEach(sources::add);
    var attacked = run(sources);
    assertThat(seen()).isEqualTo(TRADES);
    assertThat(journal.stream().filter(Alert.class::isInstance).map(Alert.class::cast))
        .extracting(Alert::strategy)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, ATTACKS.size()).mapToObj(i -> "s-" + i).toList());

    System.out.printf(
        "one event of a session, p50 / p99 / longest: alone %.1f / %.1f us / %.1f ms; beside ten"
            + " attackers %.1f / %.1f us / %.1f ms%n",
        alone[TRADES / 2] / 1e3,
        alone[TRADES * 99 / 100] / 1e3,
        alone[TRADES - 1] / 1e6,
        attacked[TRADES / 2] / 1e3,
        attacked[TRADES * 99 / 100] / 1e3,
        attacked[TRADES - 1] / 1e6);
  }
}
