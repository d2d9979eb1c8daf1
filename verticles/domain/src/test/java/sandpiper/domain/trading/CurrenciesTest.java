package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// Symbols in several currencies, one account. The expected figures are worked out by hand.
class CurrenciesTest {
  private static final String SESSION = "bt_0000000000000001";
  private static final Instrument BTCUSD = instrument("BTC", "USD", "0");
  private static final Instrument ETHBTC = instrument("ETH", "BTC", "0.001");
  private static final Instrument SPY = instrument("SPY", "USD", "0");

  private final List<JournalEntry> journal = new ArrayList<>();
  private OrderManager manager = account("USD", "100000", RiskLimits.NONE, BTCUSD, ETHBTC);
  private long seq;

  private static Instrument instrument(String base, String quote, String fee) {
    var grain = new BigDecimal("0.0001");
    return new Instrument(
        base + quote,
        base,
        quote,
        grain,
        grain,
        BigDecimal.ZERO,
        new BigDecimal(fee),
        new BigDecimal(fee));
  }

  private OrderManager account(
      @Nullable String currency, String budget, RiskLimits limits, Instrument... instruments) {
    var spec =
        new SessionSpec(
                SESSION,
                SessionMode.BACKTEST,
                List.of(instruments),
                new BigDecimal(budget),
                List.of(new StrategyPlan("s", "s", "v1", Map.of(), List.of(), List.of())),
                0)
            .with(limits)
            .with(new AccountRules(CostBasis.AVERAGE, null, currency));
    return new OrderManager(spec, journal::add);
  }

  private void trade(String symbol, double price) {
    seq++;
    manager.onMarket(seq, seq * 60_000_000, new Trade(symbol, seq * 60_000_000, price, 1000));
  }

  private void order(String symbol, Side side, String quantity) {
    var order =
        new ManualOrder(
            "s",
            symbol,
            side,
            sandpiper.domain.journal.OrderType.MARKET,
            new BigDecimal(quantity),
            null,
            null,
            sandpiper.domain.journal.TimeInForce.GTC,
            false,
            false,
            "test");
    try {
      manager.place(order, "alice");
    } catch (ManualRefusal _) {
      // It is on record.
    }
  }

  private <T extends JournalEntry> T last(Class<T> kind) {
    return journal.stream().filter(kind::isInstance).map(kind::cast).toList().getLast();
  }

  private void assertEquity(String expected) {
    assertThat(manager.summary().finalEquity()).isEqualByComparingTo(expected);
    assertThat(manager.account().equity()).isEqualTo(Double.parseDouble(expected));
  }

  @Test
  void profitInAnotherCurrencyIsWorthWhatThatCurrencyIs() {
    trade("BTCUSD", 50_000);
    trade("ETHBTC", 0.05);
    order("ETHBTC", Side.BUY, "10");
    trade("ETHBTC", 0.05); // 0.5 BTC and 0.0005 BTC of fee
    assertEquity("99975");
    trade("BTCUSD", 60_000);
    assertEquity("99970");
    trade("ETHBTC", 0.06); // 0.1 BTC more
    assertEquity("105970");
    assertThat(manager.account().free()).isEqualTo(69_970);
    assertThat(last(EquityMarked.class).balances())
        .containsEntry("USD", new BigDecimal("100000"))
        .hasEntrySatisfying("BTC", btc -> assertThat(btc).isEqualByComparingTo("-0.5005"));
    order("ETHBTC", Side.SELL, "10");
    trade("ETHBTC", 0.06); // 0.0006 BTC of fee
    assertEquity("105934");
    var end = last(EquityMarked.class);
    assertThat(end.realised()).isEqualByComparingTo("6000");
    assertThat(end.fees()).isEqualByComparingTo("66");
    assertThat(end.cash()).isEqualByComparingTo("105934");
    assertThat(end.unrealised()).isEqualByComparingTo("0");
    assertThat(manager.summary().net()).isEqualByComparingTo("5934");
    assertThat(manager.performance(365).allTrades().net()).isEqualByComparingTo("5934");
    // What is left in bitcoin moves on with it.
    trade("BTCUSD", 30_000);
    assertEquity("102967");
  }

  @Test
  void anAccountMayBeInTheBaseCurrency() {
    manager = account("BTC", "2", RiskLimits.NONE, SPY, BTCUSD);
    trade("BTCUSD", 50_000);
    trade("SPYUSD", 100);
    order("SPYUSD", Side.BUY, "500");
    trade("SPYUSD", 100);
    assertEquity("2");
    assertThat(manager.account().free()).isEqualTo(1);
    trade("SPYUSD", 110);
    assertEquity("2.1");
    trade("BTCUSD", 100_000);
    assertEquity("2.05");
  }

  @Test
  void limitsAreInTheAccountsCurrency() {
    var limit = new BigDecimal("1000");
    var limits = new RiskLimits(limit, null, null, null, null, null, null, null, null, null);
    manager = account(null, "100000", limits, BTCUSD, ETHBTC);
    trade("BTCUSD", 50_000);
    trade("ETHBTC", 0.05);
    order("ETHBTC", Side.BUY, "10");
    assertThat(last(RiskAlert.class).rule()).isEqualTo("order-notional");
    assertThat(last(RiskAlert.class).value()).isEqualByComparingTo("25000");
    order("ETHBTC", Side.BUY, "0.4");
    trade("ETHBTC", 0.05);
    assertThat(manager.summary().fills()).isEqualTo(1);
  }

  @Test
  void buyingPowerIsInTheAccountsCurrency() {
    trade("BTCUSD", 50_000);
    trade("ETHBTC", 0.05);
    order("ETHBTC", Side.BUY, "40");
    assertThat(last(OrderRefused.class).reason())
        .isEqualTo("the order needs 100100, free cash is 100000");
  }

  @Test
  void withoutARateNothingIsBought() {
    trade("ETHBTC", 0.05);
    order("ETHBTC", Side.BUY, "1");
    assertThat(last(OrderRefused.class).rule()).isEqualTo("no-price");
    assertThat(last(OrderRefused.class).reason())
        .isEqualTo("no price of BTCUSD, which ETHBTC is reckoned with, was seen yet");
    assertEquity("100000");
  }

  @Test
  void aCurrencyThatNoSymbolPricesIsRefused() {
    var rules = new AccountRules(CostBasis.AVERAGE, null, "USD");
    assertThatThrownBy(() -> rules.of(List.of(ETHBTC)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ETHBTC is quoted in BTC, and the account is kept in USD: the session needs a symbol"
                + " that prices one in the other, such as BTCUSD");
    assertThat(AccountRules.STANDARD.of(List.of(ETHBTC)).currency()).isEqualTo("BTC");
  }
}
