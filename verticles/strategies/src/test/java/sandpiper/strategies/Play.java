package sandpiper.strategies;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.AccountRules;

/// Plays a small market to scripts in one thread and keeps what the session wrote down.
///
/// Cash is 1000, the fee 0.1 %, tick and lot are 0.01; the session starts at [#START].
final class Play {
  /// 2020-01-01T00:00:00Z, UTC microseconds.
  static final long START = 1_577_836_800_000_000L;

  static final String SESSION = "bt_0000000000000001";
  static final String PAPER_SESSION = "pp_0000000000000001";
  static final ScriptEngine ENGINE = new ScriptEngine();
  private static final Interval MINUTE = Interval.parse("1m");

  final List<JournalEntry> journal = new ArrayList<>();
  private final List<Script> scripts = new ArrayList<>();
  private AccountRules account = AccountRules.STANDARD;
  private boolean readings;
  private SessionMode mode = SessionMode.BACKTEST;

  static Script script(String text) {
    return new Script(ENGINE, "s", text);
  }

  /// One trade a second from [#START] on.
  static List<MarketEvent> trades(double... prices) {
    var trades = new ArrayList<MarketEvent>();
    for (double price : prices) {
      trades.add(new Trade("BTCUSD", START + 1_000_000L * trades.size(), price, 1));
    }
    return trades;
  }

  /// One bar a minute from [#START] on; each opens and closes at its price.
  static List<MarketEvent> bars(double... prices) {
    var bars = new ArrayList<MarketEvent>();
    for (double price : prices) {
      long open = START + MINUTE.micros() * bars.size();
      bars.add(new Bar("BTCUSD", MINUTE, open, price, price + 1, price - 1, price, 10));
    }
    return bars;
  }

  /// With the budget of sessions that follow a market as it moves.
  Play live() {
    mode = SessionMode.PAPER;
    return this;
  }

  /// On an account of another kind.
  Play on(AccountRules rules) {
    account = rules;
    return this;
  }

  /// With what strategies see in the journal.
  Play keepingReadings() {
    readings = true;
    return this;
  }

  /// Adds an instance, which is named `s`, then `s-2`, `s-3`.
  Play with(String text) {
    return with(script(text));
  }

  Play with(Script script) {
    scripts.add(script);
    return this;
  }

  /// Name of the instance that was added last.
  String last() {
    return scripts.size() == 1 ? "s" : "s-" + scripts.size();
  }

  /// From start to stop.
  Play over(List<MarketEvent> market) {
    var plans = new ArrayList<StrategyPlan>();
    for (var script : scripts) {
      var instance = plans.isEmpty() ? "s" : "s-" + (plans.size() + 1);
      plans.add(script.plan(instance, Map.of(), List.of("BTCUSD", "ETHUSD"), null));
    }
    var spec =
        new SessionSpec(
                mode == SessionMode.BACKTEST ? SESSION : PAPER_SESSION,
                mode,
                List.of(instrument("BTCUSD"), instrument("ETHUSD")),
                new BigDecimal("1000"),
                plans,
                START)
            .with(account);
    if (readings) {
      spec = spec.keepingReadings();
    }
    return over(market, spec);
  }

  private Play over(List<MarketEvent> market, SessionSpec spec) {
    var plans = spec.strategies();
    var sources =
        market.stream()
            .filter(Bar.class::isInstance)
            .collect(Collectors.toMap(MarketEvent::symbol, _ -> MINUTE, (one, _) -> one));
    try (var engine =
        new SessionEngine(
            spec,
            sources,
            (plan, context, snapshot) -> scripts.get(plans.indexOf(plan)).start(context, snapshot),
            journal::add)) {
      engine.run(market.iterator(), _ -> {});
    }
    return this;
  }

  /// What the scripts logged.
  List<String> log() {
    return of(LogLine.class).stream().map(LogLine::text).toList();
  }

  <T extends JournalEntry> List<T> of(Class<T> kind) {
    return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static Instrument instrument(String symbol) {
    var grain = new BigDecimal("0.01");
    var fee = new BigDecimal("0.001");
    return new Instrument(symbol, grain, grain, new BigDecimal("5"), fee, fee);
  }
}
