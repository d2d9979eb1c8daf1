package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Trade;
import sandpiper.feeds.DataException;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;

/// Recorded trades come out of the matcher as they were recorded.
class RecordingTest implements ExchangeListener {
  private static final SymbolRules RULES = SymbolRules.of("REC", "USDT", 2, 8);
  private static final long HOUR = 3_600_000;

  private final Exchange exchange = new Exchange(List.of(RULES), List.of(Samples.ALICE), this);
  private final Market market = exchange.market("RECUSDT");
  private final List<AccountTrade> trades = new ArrayList<>();

  @Override
  public void onMarket(Market each) {}

  @Override
  public void onOrder(SimulatedOrder order) {}

  @Override
  public void onTrade(AccountTrade trade) {
    trades.add(trade);
  }

  @Override
  public void onBalance(BalanceChange change) {}

  /// Open, high, low, close and volume of a minute, from the file itself.
  private static Map<Long, String> minutes(long start, long end) {
    var minutes = new TreeMap<Long, List<Trade>>();
    var request = new DataRequest(DataRequest.DEMO, "BTCUSD", null, null, null, false);
    try (var data = MarketData.open(List.of(request))) {
      long first = data.startTime();
      while (data.hasNext()) {
        if (data.next() instanceof Trade trade) {
          long time = start + (trade.time() - first) / 1_000;
          if (time <= end) {
            minutes.computeIfAbsent(time / 60_000 * 60_000, _ -> new ArrayList<>()).add(trade);
          }
        }
      }
    }
    var texts = new TreeMap<Long, String>();
    minutes.forEach((time, each) ->
        texts.put(
            time,
            "%.2f %.2f %.2f %.2f %.6f"
                .formatted(
                    each.getFirst().price(),
                    each.stream().mapToDouble(Trade::price).max().orElseThrow(),
                    each.stream().mapToDouble(Trade::price).min().orElseThrow(),
                    each.getLast().price(),
                    each.stream().mapToDouble(Trade::amount).sum())));
    return texts;
  }

  @Test
  void candlesOfAnHourAreThoseOfTheFile() {
    long start = 1_700_000_040_000L;
    var recording = Recording.load(List.of(DataRequest.DEMO), "BTCUSD");
    assertThat(recording.priceDecimals()).isEqualTo(2);
    assertThat(recording.quantityDecimals()).isEqualTo(8);
    var flow = new RecordedFlow(exchange, market, RULES.quantity(1), recording, start, 1);
    for (long time = start; time <= start + HOUR; time += 500) {
      flow.playUntil(time);
      exchange.advance(time);
    }
    var expected = minutes(start, start + HOUR);
    assertThat(expected).hasSizeGreaterThan(50);
    var played = new TreeMap<Long, String>();
    for (var candle : market.candles(KlineInterval.MIN1).until(start + HOUR)) {
      if (candle.volume() > 0) {
        played.put(
            candle.time(),
            RULES.price(candle.open())
                + " "
                + RULES.price(candle.high())
                + " "
                + RULES.price(candle.low())
                + " "
                + RULES.price(candle.close())
                + " "
                + "%.6f".formatted(RULES.quantity(candle.volume()).doubleValue()));
      }
    }
    assertThat(played).isEqualTo(expected);
    assertThat(market.best(Side.BUY)).isPositive().isLessThan(market.best(Side.SELL));
  }

  @Test
  void whoStandsBetterThanTheTradeIsFilledFirst() {
    var recording =
        new Recording(
            List.of(
                new Trade("REC", 7_000_000, 100, 0.00000500),
                new Trade("REC", 7_010_000, 100, 0.00000500)));
    var flow = new RecordedFlow(exchange, market, RULES.quantity(1), recording, 1_000, 1);
    flow.playUntil(1_000);
    var order =
        exchange.place(
            exchange.accounts().iterator().next(),
            new NewOrder(
                "RECUSDT",
                Side.BUY,
                OrderKind.LIMIT,
                RULES.quantity(2_000_000),
                null,
                RULES.price(10_050),
                null));
    assertThat(order.state()).as("it takes what stands there").isNotEqualTo(OrderState.NEW);
    int before = trades.size();
    flow.playUntil(1_010);
    assertThat(trades).hasSizeGreaterThan(before);
    assertThat(trades.getLast().maker()).isTrue();
    assertThat(trades.getLast().price()).isEqualByComparingTo("100.50");
  }

  @Test
  void aFileThatCannotBeReadIsToldByName() {
    assertThatThrownBy(() -> Recording.load(List.of("/no/such.csv"), "BTCUSD"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/no/such.csv");
  }

  @Test
  void severalFilesAreMergedByTime(@TempDir Path folder) throws IOException {
    var trades = folder.resolve("trades.csv");
    var books = folder.resolve("books.csv");
    Files.writeString(
        trades,
        """
        time,price,amount
        1723161253001,100,2
        1723161253003,99.5,0.25
        """);
    Files.writeString(
        books,
        """
        time,first_id,last_id,bids,asks
        1723161253000,,5,99:1,101:1
        1723161253002,6,6,,101:0.125
        """);
    var recording = Recording.load(List.of(trades.toString(), books.toString()), "BTCUSDT");
    assertThat(recording.events())
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("BookSnapshot", "Trade", "BookUpdate", "Trade");
    assertThat(recording.priceDecimals()).isEqualTo(1);
    assertThat(recording.quantityDecimals()).isEqualTo(3);
    assertThat(recording.summary())
        .isEqualTo(
            "2 trades, 2 changes of the book, 0 quotes, 2024-08-08T23:54:13Z to"
                + " 2024-08-08T23:54:13Z");
  }

  @Test
  void aRecordingIsOfASymbolThatDoesNotTradeItself() {
    var recording = new Recording(List.of(new Trade("REC", 1, 100, 1)));
    var symbols = Map.of(Samples.BTC, new BigDecimal("60000"), Samples.SIM, BigDecimal.ZERO);
    var contracts = List.of(Samples.BTC_CONTRACT, Samples.SIM_CONTRACT);
    assertThatThrownBy(() -> config(symbols, contracts, Map.of("RECUSDT", recording)))
        .hasMessage("a recording must be of a symbol or a contract that is there, was of RECUSDT");
    for (var symbol : List.of("BTCUSDT", "BTC_USDT")) {
      assertThatThrownBy(() -> config(symbols, contracts, Map.of(symbol, recording)))
          .hasMessage(symbol + " trades at random or from a recording, not both");
    }
    for (var symbol : List.of("SIMUSDT", "SIM_USDT")) {
      assertThat(config(symbols, contracts, Map.of(symbol, recording)).recordings())
          .containsKey(symbol);
    }
  }

  private static SimulatorConfig config(
      Map<SymbolRules, BigDecimal> symbols,
      List<ContractRules> contracts,
      Map<String, Recording> recordings) {
    return new SimulatorConfig(
        0,
        1,
        symbols,
        contracts,
        recordings,
        List.of(Samples.ALICE),
        Limits.NONE,
        1_000,
        0,
        InstantSource.system());
  }
}
