package sandpiper.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.Funding;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.Margin;
import sandpiper.domain.trading.RiskLimits;

class JsonTest {
  private static final String ID = "bt_1";
  private static final long TIME = 1_577_836_800_000_001L;

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static Order order(@Nullable String limit, OrderStatus status, String filled) {
    return new Order(
        ID,
        "ord_1",
        "sig_1",
        "s",
        "BTCUSD",
        Side.BUY,
        limit == null ? OrderType.MARKET : OrderType.LIMIT,
        decimal("3"),
        limit == null ? null : decimal(limit),
        OrderTerms.NONE,
        status,
        decimal(filled),
        decimal(filled).multiply(decimal("100.5")),
        7,
        TIME,
        2);
  }

  @Test
  void anOrderThatWaitsHasNoAveragePrice() {
    assertThat(Json.text(order("99.50", OrderStatus.WORKING, "0")))
        .isEqualTo(
            """
            {"session_id":"bt_1","order_id":"ord_1","signal_id":"sig_1","strategy":"s",\
            "symbol":"BTCUSD","side":"buy","type":"limit","quantity":"3","limit_price":"99.5",\
            "trigger_price":null,"trail_offset":null,"trail_percent":null,"time_in_force":"gtc",\
            "expires_at":null,"post_only":false,"reduce_only":false,"parent_id":null,\
            "group_id":null,\
            "status":"working","filled_quantity":"0","filled_notional":"0","placed_seq":7,\
            "placed_time":1577836800000001,"version":2,"average_price":null}\
            """);
  }

  @Test
  void anOrderThatWasFilledHasOne() {
    assertThat(Json.text(order(null, OrderStatus.PARTIALLY_FILLED, "2.00")))
        .isEqualTo(
            """
            {"session_id":"bt_1","order_id":"ord_1","signal_id":"sig_1","strategy":"s",\
            "symbol":"BTCUSD","side":"buy","type":"market","quantity":"3","limit_price":null,\
            "trigger_price":null,"trail_offset":null,"trail_percent":null,"time_in_force":"gtc",\
            "expires_at":null,"post_only":false,"reduce_only":false,"parent_id":null,\
            "group_id":null,\
            "status":"partially_filled","filled_quantity":"2","filled_notional":"201",\
            "placed_seq":7,"placed_time":1577836800000001,"version":2,"average_price":"100.5"}\
            """);
  }

  @Test
  void anOrdersTermsStandBesideItsOtherFields() {
    var terms =
        new OrderTerms(
            decimal("90.0"),
            null,
            decimal("1.50"),
            TimeInForce.GTD,
            TIME,
            true,
            true,
            "ord_0",
            "ord_2");
    var order =
        new Order(
            ID,
            "ord_1",
            "sig_1",
            "s",
            "BTCUSD",
            Side.SELL,
            OrderType.TRAILING_STOP,
            decimal("3"),
            null,
            terms,
            OrderStatus.PENDING,
            decimal("0"),
            decimal("0"),
            7,
            TIME,
            1);
    assertThat(Json.text(order))
        .isEqualTo(
            """
            {"session_id":"bt_1","order_id":"ord_1","signal_id":"sig_1","strategy":"s",\
            "symbol":"BTCUSD","side":"sell","type":"trailing_stop","quantity":"3",\
            "limit_price":null,"trigger_price":"90","trail_offset":null,"trail_percent":"1.5",\
            "time_in_force":"gtd","expires_at":1577836800000001,"post_only":true,\
            "reduce_only":true,"parent_id":"ord_0","group_id":"ord_2","status":"pending",\
            "filled_quantity":"0","filled_notional":"0","placed_seq":7,\
            "placed_time":1577836800000001,"version":1,"average_price":null}\
            """);
  }

  @Test
  void anEventOfAnOrderCarriesTheOrder() {
    var refused =
        new OrderRefused(
            order(null, OrderStatus.REFUSED, "0"), 7, TIME, "quantity", "\"too\" little");
    assertThat(Json.object(refused).put("order", Json.object(refused.order()).fieldNames().size()))
        .hasToString(
            """
            {"order":25,"seq":7,"time":1577836800000001,"rule":"quantity",\
            "reason":"\\"too\\" little"}\
            """);
  }

  @Test
  void aSignalKeepsItsNumbersAndOneThatIsNotThereIsNull() {
    var values = Map.of("fast", 1.5, "slow", Double.NaN, "far", Double.NEGATIVE_INFINITY);
    assertThat(
            Json.text(
                new Signal(ID, "sig_1", 7, TIME, "s", "BTCUSD", "long", "crossed ↑", values, null)))
        .isEqualTo(
            """
            {"session_id":"bt_1","signal_id":"sig_1","seq":7,"time":1577836800000001,\
            "strategy":"s","symbol":"BTCUSD","name":"long","reason":"crossed ↑",\
            "values":{"far":null,"fast":1.5,"slow":null},"by":null}\
            """);
  }

  @Test
  void aFill() {
    assertThat(
            Json.text(
                new Fill(
                    ID,
                    "fil_1",
                    "ord_1",
                    "sig_1",
                    "pos_1",
                    "s",
                    "BTCUSD",
                    8,
                    TIME,
                    Side.SELL,
                    decimal("1E+3"),
                    decimal("0.010"),
                    decimal("0E-9"),
                    true)))
        .isEqualTo(
            """
            {"session_id":"bt_1","fill_id":"fil_1","order_id":"ord_1","signal_id":"sig_1",\
            "position_id":"pos_1","strategy":"s","symbol":"BTCUSD","seq":8,\
            "time":1577836800000001,"side":"sell","price":"1000","quantity":"0.01","fee":"0",\
            "maker":true}\
            """);
  }

  @Test
  void aPositionHasAnAveragePriceWhileItIsOpen() {
    var head =
        """
        {"session_id":"bt_1","position_id":"pos_1","signal_id":"sig_1","strategy":"s",\
        "symbol":"BTCUSD","direction":-1,\
        """;
    assertThat(Json.text(position("2", "201", null)))
        .isEqualTo(
            head
                + """
                "quantity":"2","cost":"201","realised":"-1.5","fees":"0.2","entry_fees":"0.1",\
                "funding":"-0.3","entry_quantity":"4","entry_notional":"402","exit_notional":"199",\
                "leverage":"5","liquidation_price":null,"opened_time":1,"closed_time":null,\
                "version":3,"average_price":"100.5"}\
                """);
    assertThat(Json.text(position("0.00", "0", 9L)))
        .isEqualTo(
            head
                + """
                "quantity":"0","cost":"0","realised":"-1.5","fees":"0.2","entry_fees":"0.1",\
                "funding":"-0.3","entry_quantity":"4","entry_notional":"402","exit_notional":"199",\
                "leverage":"5","liquidation_price":null,"opened_time":1,"closed_time":9,\
                "version":3,"average_price":null}\
                """);
  }

  private static Position position(String quantity, String cost, @Nullable Long closed) {
    return new Position(
        ID,
        "pos_1",
        "sig_1",
        "s",
        "BTCUSD",
        -1,
        decimal(quantity),
        decimal(cost),
        decimal("-1.50"),
        decimal("0.2"),
        decimal("0.1"),
        decimal("-0.30"),
        decimal("4"),
        decimal("402"),
        decimal("199"),
        decimal("5"),
        null,
        1,
        closed,
        3);
  }

  @Test
  void equityAndLogLines() {
    assertThat(
            Json.text(
                new EquityMarked(
                    ID,
                    7,
                    TIME,
                    decimal("900.10"),
                    decimal("1000"),
                    decimal("-0.0"),
                    decimal("99.9"),
                    decimal("0.000000001"),
                    decimal("-7"),
                    Map.of("USD", decimal("900.10"), "BTC", decimal("-1E-9")))))
        .isEqualTo(
            """
            {"session_id":"bt_1","seq":7,"time":1577836800000001,"cash":"900.1","equity":"1000",\
            "realised":"0","unrealised":"99.9","fees":"0.000000001",\
            "funding":"-7",\
            "balances":{"BTC":"-0.000000001","USD":"900.1"}}\
            """);
    assertThat(Json.text(new LogLine(ID, 7, TIME, 2, "s", "warn", "line\nand \"quote\"")))
        .isEqualTo(
            """
            {"session_id":"bt_1","seq":7,"time":1577836800000001,"index":2,"strategy":"s",\
            "level":"warn","text":"line\\nand \\"quote\\""}\
            """);
  }

  @Test
  void aPlanShowsItsIndicatorsByWhatIsDrawn() {
    var minute = Interval.parse("1m");
    var plan =
        new StrategyPlan(
            "s-2",
            "s",
            "abc",
            Map.of("period", 9L, "share", 0.5, "on", true, "kind", "ema"),
            List.of(new StreamSpec("main", "BTCUSD", minute), new StreamSpec("t", "ETHUSD", null)),
            List.of(
                new NamedIndicator(
                    "m", new IndicatorSpec("macd", "BTCUSD", minute, "close", Map.of()), "MACD"),
                new NamedIndicator(
                    "p", new IndicatorSpec("ema", "ETHUSD", null, "price", Map.of()), "")));
    assertThat(Json.text(plan))
        .isEqualTo(
            """
            {"instance":"s-2","strategy":"s","version":"abc",\
            "parameters":{"kind":"ema","on":true,"period":9,"share":0.5},\
            "streams":[{"name":"main","symbol":"BTCUSD","kind":"bars","interval":"1m"},\
            {"name":"t","symbol":"ETHUSD","kind":"trades","interval":null}],\
            "indicators":[{"name":"m","use":"macd","plot":"MACD","symbol":"BTCUSD",\
            "interval":"1m","outputs":["macd","signal","histogram"]},\
            {"name":"p","use":"ema","plot":"","symbol":"ETHUSD","interval":null,\
            "outputs":["value"]}],"main_interval":null}\
            """);
  }

  @Test
  void theStateOfASession() {
    var state =
        new SessionState(
            ID,
            SessionMode.BACKTEST,
            SessionStatus.STARTING,
            List.of("BTCUSD"),
            null,
            decimal("1E+4"),
            "demo",
            FillRules.parse("book", "fixed:0.05", "50ms"),
            new AccountRules(
                CostBasis.FIFO,
                new Margin(
                    decimal("5"),
                    new Maintenance(decimal("0.005"), decimal("0"), Maintenance.Basis.ENTRY),
                    decimal("0"),
                    new Funding(decimal("0.0001"), Interval.parse("8h")))),
            RiskLimits.NONE,
            null,
            TIME,
            null,
            null,
            List.of(),
            Map.of(),
            null);
    assertThat(Json.text(state))
        .isEqualTo(
            """
            {"session_id":"bt_1","mode":"backtest","status":"starting","symbols":["BTCUSD"],\
            "acceleration":"max","cash":"10000","data":"demo",\
            "fill_rules":{"model":"book","slippage":"fixed:0.05","latency":"50ms",\
            "limits":"touch"},\
            "account":{"cost_basis":"fifo","margin":{"leverage":"5",\
            "maintenance":{"rate":"0.005","deduction":"0","basis":"entry"},\
            "liquidation_fee":"0","funding":{"rate":"0.0001","every":"8h"}},"currency":null},\
            "risk":{"order_notional":null,"position_notional":null,"open_orders":null,\
            "orders_per_minute":null,"collar_percent":null,"leverage":null,\
            "strategy_notional":null,"daily_loss":null,"drawdown_percent":null,\
            "losing_streak":null},"clock":null,\
            "started_at":1577836800000001,"ended_at":null,"error":null,"strategies":[],\
            "suspended":{},"summary":null}\
            """);
  }

  @Test
  void aBarHasItsNumbersAsNumbers() {
    assertThat(Json.text(new Bar("BTCUSD", Interval.parse("4h"), 0, 1, 2.5, 0.5, 2, 1e-9)))
        .isEqualTo(
            """
            {"symbol":"BTCUSD","interval":"4h","open_time":0,"open":1.0,"high":2.5,"low":0.5,\
            "close":2.0,"volume":1.0E-9}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0E-9, 0",
    "1E+3, 1000",
    "-0.10, -0.1",
    "100, 100",
    "1E-12, 0.000000000001",
    "1.000, 1"
  })
  void decimalsAreTextWithoutExponentOrTrailingZeros(String written, String text) {
    assertThat(Json.text(List.of(decimal(written)))).isEqualTo("[\"" + text + "\"]");
  }
}
