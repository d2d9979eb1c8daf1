package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
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
    var recording = Recording.load(DataRequest.DEMO, "BTCUSD", RULES);
    var flow = new RecordedFlow(exchange, market, recording, start, 1);
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
    var prints = List.of(new Recording.Print(0, 10_000, 500), new Recording.Print(10, 10_000, 500));
    var flow = new RecordedFlow(exchange, market, new Recording(prints), 1_000, 1);
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
    assertThatThrownBy(() -> Recording.load("/no/such.csv", "BTCUSD", RULES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/no/such.csv");
  }
}
