package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.mexc.client.FuturesConfig;
import sandpiper.mexc.client.FuturesContract;
import sandpiper.mexc.client.FuturesLimits;
import sandpiper.mexc.client.FuturesRest;
import sandpiper.mexc.client.MarketStreams;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.StreamTiming;

/// The streams of the futures. Contracts of BTC are of 0.0001 BTC, those of SIM of 0.1 SIM.
class FuturesMarketStreamsIT extends MarketStreamsCases {
  private static final String BTC = "BTC_USDT";
  private static final String SIM = "SIM_USDT";
  private static final int MOST_TRADES = 100;

  @Override
  String btc() {
    return BTC;
  }

  @Override
  String sim() {
    return SIM;
  }

  /// As many trades as are asked for at most are those of some seconds.
  @Override
  int stepMillis() {
    return 200;
  }

  @Override
  String depthEndpoint() {
    return "GET /api/v1/contract/depth";
  }

  @Override
  int mostTrades() {
    return MOST_TRADES;
  }

  private static FuturesContract contract(String symbol) {
    var size = new BigDecimal(symbol.equals(BTC) ? "0.0001" : "0.1");
    return new FuturesContract(
        new Instrument(
            symbol,
            new BigDecimal("0.0001"),
            size,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO),
        size,
        BigDecimal.ONE,
        BigDecimal.TEN,
        1,
        100,
        true,
        true,
        List.of(new FuturesContract.RiskTier(1, BigDecimal.TEN, BigDecimal.ONE, BigDecimal.ONE)),
        true,
        true);
  }

  @Override
  MarketStreams streams(
      String host, StreamTiming timing, List<String> symbols, Set<MarketStream> wanted) {
    var config =
        FuturesConfig.of("http://" + host, "ws://" + host + "/edge")
            .with(timing)
            .with(new FuturesLimits(1_000, 1_000, 1_000));
    return MarketStreams.ofFutures(
        new FuturesRest(vertx, config),
        symbols.stream().map(FuturesMarketStreamsIT::contract).toList(),
        wanted,
        () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
        new Random(1),
        heard);
  }

  private Object data(String path) {
    var answer = bob.raw(HttpMethod.GET, "/api/v1/contract/" + path, null, "application/json", "");
    return answer.object().getValue("data");
  }

  @Override
  Book depth() {
    var depth = (JsonObject) data("depth/" + BTC);
    return new Book(
        depth.getLong("version"),
        side(depth.getJsonArray("bids")),
        side(depth.getJsonArray("asks")));
  }

  private static double amount(Number contracts) {
    return BigDecimal.valueOf(contracts.longValue()).movePointLeft(4).doubleValue();
  }

  private static Map<Double, Double> side(JsonArray levels) {
    var side = new TreeMap<Double, Double>();
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.getJsonArray(i);
      side.put(level.getDouble(0), amount(level.getLong(1)));
    }
    return side;
  }

  @Override
  List<String> trades() {
    return ((JsonArray) data("deals/" + BTC + "?limit=" + MOST_TRADES))
        .stream()
            .map(JsonObject.class::cast)
            .map(deal -> deal.getDouble("p") + " " + amount(deal.getLong("v")))
            .toList()
            .reversed();
  }

  @Override
  void bid() {
    bid(20_000, 10);
  }

  private void bid(long price, long contracts) {
    await(exchange.bid(SIM, price, contracts));
  }

  private void ask(long price, long contracts) {
    await(exchange.ask(SIM, price, contracts));
  }

  @Test
  void amountsAreInBaseCurrencyAndQuotesHaveSizes() {
    open(QUICK, List.of(SIM), ALL);
    until(() -> !heard.all(BookSnapshot.class).isEmpty(), "the book");
    bid(20_000, 7);
    ask(25_000, 3);
    until(() -> !heard.all(Quote.class).isEmpty(), "a quote");
    var quote = heard.all(Quote.class).getFirst();
    assertThat(List.of(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize()))
        .containsExactly(2.0, 0.7, 2.5, 0.3);
    until(() -> !heard.all(BookUpdate.class).isEmpty(), "an update");
    var update = heard.all(BookUpdate.class).getFirst();
    assertThat(update.firstId()).isEqualTo(update.lastId());
  }

  /// Of a contract that is dearer than what it is on, longs pay.
  @Test
  void theFundingRateIsToldWhenItChanges() {
    open(QUICK, List.of(SIM), ALL);
    until(() -> rates().size() == 1, "the rate");
    assertThat(rates()).containsExactly(0.0);
    bob.place("SIMUSDT", "SELL", "5", "2");
    bob.place("SIMUSDT", "BUY", "5", "2");
    bid(20_000, 7);
    ask(20_040, 3);
    until(() -> rates().size() == 2, "another rate");
    // 2.002 against 2.
    assertThat(rates().getLast()).isEqualTo(0.001);
    assertThat(heard.all(ExternalValue.class))
        .allMatch(value -> value.name().equals(MarketStreams.FUNDING_RATE));
  }

  private List<Double> rates() {
    return heard.all(ExternalValue.class).stream().map(ExternalValue::value).toList();
  }

  @Test
  void anUnknownContractIsRefused() {
    assertThatThrownBy(() -> open(QUICK, List.of(BTC, "NOPE_USDT"), ALL))
        .isInstanceOfSatisfying(
            MexcException.class, refused -> assertThat(refused.error()).isEqualTo(MexcError.SYMBOL))
        .hasMessageContaining("NOPE_USDT");
  }

  @Test
  void manyContractsAreSpreadOverConnections() {
    // Three streams and the funding rate of each: seven to a connection.
    var many = IntStream.range(0, 9).mapToObj(i -> "C" + i + "_USDT").toList();
    var created = onLoop(() -> Future.succeededFuture(streams("127.0.0.1:1", QUICK, many, ALL)));
    assertThat(onLoop(() -> Future.succeededFuture(created.health())).connections()).isEqualTo(2);
  }
}
