package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.strategies.child.ChildException;

/// A child of a session with the instances `a` and `b`, at input 7, that lies.
class LedgerTest {
  private static final String SESSION = "pp_0000000000000001";
  private static final long TIME = 1_577_836_800_000_000L;

  private Ledger ledger;

  @BeforeEach
  void begin() {
    var grain = new BigDecimal("0.01");
    var spec =
        new SessionSpec(
            SESSION,
            SessionMode.PAPER,
            List.of(
                new Instrument(
                    "BTCUSD", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)),
            new BigDecimal("1000"),
            List.of(plan("a"), plan("b")),
            TIME);
    ledger = new Ledger(spec);
    ledger.moveTo(7, TIME);
  }

  private static StrategyPlan plan(String instance) {
    return new StrategyPlan(instance, "s", "v1", Map.of(), List.of(), List.of());
  }

  private static Signal signal(String session, String id, String strategy, String symbol) {
    return new Signal(session, id, 7, TIME, strategy, symbol, "buy", "", Map.of(), null);
  }

  private static Signal signal(String strategy, int number) {
    return signal(SESSION, "sig_0000000000000001-7-" + number, strategy, "BTCUSD");
  }

  private static PlaceOrder order(
      String strategy, int number, int signal, String quantity, @Nullable String limit) {
    return new PlaceOrder(
        SESSION,
        "ord_0000000000000001-7-" + number,
        "sig_0000000000000001-7-" + signal,
        strategy,
        "BTCUSD",
        Side.BUY,
        limit == null ? OrderType.MARKET : OrderType.LIMIT,
        new BigDecimal(quantity),
        limit == null ? null : new BigDecimal(limit));
  }

  private static LogLine line(int index, String level, String text) {
    return new LogLine(SESSION, 7, TIME, index, "a", level, text);
  }

  private void refused(String reason, StrategyAction... actions) {
    assertThatThrownBy(() -> ledger.checked(List.of(actions)))
        .isInstanceOf(ChildException.class)
        .hasMessage("it asked for what it must not: " + reason);
  }

  @Test
  void whatTheStrategiesMayAskForPasses() throws ChildException {
    var actions =
        List.<StrategyAction>of(
            signal("a", 1),
            order("a", 1, 1, "0.10", null),
            signal("b", 3),
            order("b", 2, 3, "1", "99.99"),
            new CancelOrder(SESSION, "ord_0000000000000001-7-1", "a"),
            line(1, "info", "done"));
    assertThat(ledger.checked(actions)).isEqualTo(actions);
    assertThat(ledger.signals()).isEqualTo(3);
    assertThat(ledger.orders()).isEqualTo(2);
    assertThat(ledger.nextNote()).isEqualTo(2);
    assertThat(ledger.instance("a").placed()).containsExactly("ord_0000000000000001-7-1");
  }

  @Test
  void nothingOfAnotherSession() {
    refused(
        "session_id was pp_0000000000000002",
        signal("pp_0000000000000002", "sig_0000000000000001-7-1", "a", "BTCUSD"));
    refused(
        "session_id was pp_0000000000000002",
        new CancelOrder("pp_0000000000000002", "ord_0000000000000001-7-1", "a"));
    refused("strategy must be one of [a, b], was 'c'", signal("c", 1));
    refused(
        "symbol must be one of [BTCUSD], was 'ETHUSD'",
        signal(SESSION, "sig_0000000000000001-7-1", "a", "ETHUSD"));
  }

  @Test
  void nothingOfAnotherInstance() throws ChildException {
    ledger.checked(List.of(signal("a", 1), order("a", 1, 1, "1", null)));
    refused("signal_id was sig_0000000000000001-7-1", order("b", 2, 1, "1", null));
    refused(
        "order_id was ord_0000000000000001-7-1",
        new CancelOrder(SESSION, "ord_0000000000000001-7-1", "b"));
  }

  @Test
  void noIdTwiceAndNoneOfAnotherInput() throws ChildException {
    ledger.checked(List.of(signal("a", 2)));
    refused("id was sig_0000000000000001-7-2", signal("a", 2));
    refused("id was sig_0000000000000001-7-1", signal("a", 1));
    refused(
        "id was sig_0000000000000001-8-3",
        signal(SESSION, "sig_0000000000000001-8-3", "a", "BTCUSD"));
    refused(
        "id was sig_0000000000000001-7-03",
        signal(SESSION, "sig_0000000000000001-7-03", "a", "BTCUSD"));
    refused("seq was 6", new LogLine(SESSION, 6, TIME, 1, "a", "info", ""));
    refused("time was " + (TIME + 1), new LogLine(SESSION, 7, TIME + 1, 1, "a", "info", ""));
  }

  @Test
  void noNumbersBesideTheGrain() throws ChildException {
    ledger.checked(List.of(signal("a", 1)));
    refused("quantity was 0.001", order("a", 1, 1, "0.001", null));
    refused("limit price was 99.999", order("a", 2, 1, "1", "99.999"));
    refused("quantity was 1 digits", order("a", 3, 1, "1E+999999", null));
  }

  @Test
  void noEndlessTexts() {
    refused("log line was too long", line(1, "info", "x".repeat(2_002)));
    refused("level was fatal", line(2, "fatal", ""));
  }
}
