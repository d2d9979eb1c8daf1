package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Trade;
import sandpiper.mexc.client.FundingRate;
import sandpiper.mexc.client.FuturesConfig;
import sandpiper.mexc.client.FuturesContract;
import sandpiper.mexc.client.FuturesLimits;
import sandpiper.mexc.client.FuturesMarket;
import sandpiper.mexc.client.FuturesRest;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;

/// The client of the futures' REST, held against what a plain client hears of the same exchange.
@ExtendWith(VertxExtension.class)
class FuturesClientIT {
  private static final String SIM = "SIM_USDT";
  private static final String BTC = "BTC_USDT";

  private Vertx vertx;
  private SimulatedExchange exchange;
  private TestClient bob;
  private FuturesConfig config;
  private FuturesMarket market;
  private FuturesContract sim;

  @BeforeEach
  void deploy(Vertx given) throws TimeoutException {
    vertx = given;
    begin(Samples.config(200));
  }

  private void begin(SimulatorConfig simulated) throws TimeoutException {
    exchange = new SimulatedExchange(simulated);
    vertx.deployVerticle(exchange).await(20, SECONDS);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
    var host = "127.0.0.1:" + exchange.port();
    config =
        FuturesConfig.of("http://" + host, "ws://" + host + "/edge")
            .with(new FuturesLimits(1_000, 1_000, 1_000));
    market = new FuturesMarket(new FuturesRest(vertx, config));
    sim = await(market.contracts(List.of(SIM))).getFirst();
  }

  @AfterEach
  void undeploy() {
    Samples.undeploy(vertx);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  private void bid(long price, long contracts) {
    await(exchange.bid(SIM, price, contracts));
  }

  private void ask(long price, long contracts) {
    await(exchange.ask(SIM, price, contracts));
  }

  private static MexcError kind(Future<?> future) {
    try {
      await(future);
    } catch (MexcException e) {
      return e.error();
    }
    throw new AssertionError("it was not refused");
  }

  private Object data(String path) {
    var answer = bob.raw(HttpMethod.GET, "/api/v1/contract/" + path, null, "application/json", "");
    assertThat(answer.object().getBoolean("success")).isTrue();
    return answer.object().getValue("data");
  }

  private BookSnapshot book() {
    return await(market.depth(sim, 100, () -> 42));
  }

  @Test
  void contractsBecomeInstruments() {
    var both = await(market.contracts(List.of(SIM, BTC)));
    assertThat(both.getFirst()).isEqualTo(sim);
    assertThat(sim.instrument().symbol()).isEqualTo(SIM);
    assertThat(sim.instrument().base()).isEqualTo("SIM");
    assertThat(sim.instrument().quote()).isEqualTo("USDT");
    assertThat(sim.instrument().tickSize()).isEqualByComparingTo("0.0001");
    assertThat(sim.instrument().lotSize()).isEqualByComparingTo("0.1");
    assertThat(sim.instrument().makerFee()).isEqualByComparingTo("0.0002");
    assertThat(sim.instrument().takerFee()).isEqualByComparingTo("0.001");
    assertThat(sim.contractSize()).isEqualByComparingTo("0.1");
    assertThat(sim.maxLeverage()).isEqualTo(100);
    assertThat(sim.isolated()).isTrue();
    assertThat(sim.cross()).isTrue();
    assertThat(sim.tiers()).hasSize(1);
    assertThat(sim.tiers().getFirst().maintenanceMargin()).isEqualByComparingTo("0.004");
    assertThat(sim.tiers().getFirst().initialMargin()).isEqualByComparingTo("0.01");
    assertThat(both.get(1).instrument().lotSize()).isEqualByComparingTo("0.0001");
    assertThat(await(market.contracts(List.of())))
        .extracting(each -> each.instrument().symbol())
        .containsExactly(BTC, SIM);
    assertThat(sim.open()).isTrue();
    bob.fault("name", "symbol-offline", "symbol", SIM);
    assertThat(await(market.contracts(List.of(SIM))).getFirst().open()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOPE_USDT", "btc_usdt", "", "A&B=C", "ключ"})
  void aContractThatIsNotThereIsRefused(String name) {
    assertThat(kind(market.contracts(List.of(name)))).isEqualTo(MexcError.SYMBOL);
    assertThat(kind(market.contracts(List.of(SIM, name)))).isEqualTo(MexcError.SYMBOL);
  }

  @Test
  void theBookIsTheBook() {
    bid(15_000, 3);
    bid(16_000, 2);
    ask(17_000, 4);
    var book = book();
    var raw = (JsonObject) data("depth/" + SIM);
    assertThat(book.lastId()).isEqualTo(raw.getLong("version"));
    assertThat(book.time()).isEqualTo(42);
    assertThat(book.bids().prices()).containsExactly(1.6, 1.5);
    assertThat(book.bids().sizes()).containsExactly(0.2, 0.3);
    assertThat(book.asks().prices()).containsExactly(1.7);
    assertThat(book.asks().sizes()).containsExactly(0.4);
    assertThat(await(market.depth(sim, 1, () -> 0)).bids().count()).isEqualTo(1);
    ask(18_000, 1);
    assertThat(book().lastId()).isEqualTo(book.lastId() + 1);
    var commits = (JsonArray) data("depth_commits/" + SIM + "/1");
    assertThat(commits.getJsonObject(0).getJsonArray("asks").encode()).isEqualTo("[[1.8,1,1]]");
  }

  @Test
  void tradesComeOldestFirstInBaseCurrency() {
    ask(20_000, 10);
    ask(21_000, 20);
    bid(21_000, 30);
    assertThat(await(market.trades(sim, 10)))
        .extracting(Trade::price, Trade::amount)
        .containsExactly(tuple(2.0, 1.0), tuple(2.1, 2.0));
    assertThat(await(market.trades(sim, 1))).hasSize(1);
    assertThatThrownBy(() -> market.trades(sim, 101))
        .hasMessage("limit must be from 1 to 100, was 101");
  }

  @Test
  void theTickerHasAllPrices() {
    bob.place("SIMUSDT", "SELL", "5", "2");
    bob.place("SIMUSDT", "BUY", "5", "2");
    bid(20_000, 10);
    ask(20_040, 20);
    bid(20_040, 5);
    var ticker = await(market.ticker(sim));
    assertThat(ticker.last()).isEqualByComparingTo("2.004");
    assertThat(ticker.bid()).isEqualByComparingTo("2");
    assertThat(ticker.ask()).isEqualByComparingTo("2.004");
    assertThat(ticker.index()).isEqualByComparingTo("2");
    assertThat(ticker.fair()).isEqualByComparingTo("2.002");
    assertThat(ticker.fundingRate()).isEqualByComparingTo("0.001");
    assertThat(ticker.volume()).isEqualByComparingTo("0.5");
    assertThat(await(market.indexPrice(SIM))).isEqualByComparingTo("2");
    assertThat(await(market.fairPrice(SIM))).isEqualByComparingTo("2.002");
    var funding = await(market.funding(SIM));
    assertThat(funding.rate()).isEqualByComparingTo("0.001");
    assertThat(funding.most()).isEqualByComparingTo("0.003");
    assertThat(funding.least()).isEqualByComparingTo("-0.003");
    assertThat(funding.cycleHours()).isEqualTo(8);
    assertThat(funding.nextSettlement() % (8 * 3_600_000_000L)).isZero();
  }

  /// Nine hours of history have at least one settlement.
  @Test
  void settlementsComeOldestFirst() throws TimeoutException {
    Samples.undeploy(vertx);
    var usual = Samples.config(200);
    var noon = Instant.parse("2026-11-22T12:00:00Z");
    begin(
        new SimulatorConfig(
            0,
            1,
            usual.symbols(),
            usual.contracts(),
            usual.recordings(),
            usual.accounts(),
            Limits.NONE,
            200,
            15,
            InstantSource.fixed(noon)));
    assertThat(await(market.settlements(BTC, 10)))
        .extracting(FundingRate.Settled::time)
        .containsExactly(micros("2026-11-22T00:00:00Z"), micros("2026-11-22T08:00:00Z"));
    assertThat(await(market.settlements(BTC, 1)))
        .extracting(FundingRate.Settled::time)
        .containsExactly(micros("2026-11-22T08:00:00Z"));
    assertThat(await(market.funding(BTC)).nextSettlement())
        .isEqualTo(micros("2026-11-22T16:00:00Z"));
  }

  private static long micros(String time) {
    return Instant.parse(time).toEpochMilli() * 1_000;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "15m", "1h", "8h"})
  void candlesAreThoseOfTheExchange(String interval) {
    var btc = await(market.contracts(List.of(BTC))).getFirst();
    var bars = await(market.bars(btc, Interval.parse(interval), null, null));
    assertThat(bars).isNotEmpty();
    var first = bars.getFirst();
    var name =
        switch (interval) {
          case "1m" -> "Min1";
          case "15m" -> "Min15";
          case "1h" -> "Min60";
          default -> "Hour8";
        };
    long start = first.openTime() / 1_000_000;
    var raw =
        (JsonObject)
            data("kline/" + BTC + "?interval=" + name + "&start=" + start + "&end=" + start);
    assertThat(raw.getJsonArray("time").getLong(0)).isEqualTo(start);
    assertThat(raw.getJsonArray("time")).hasSize(1);
    if (bars.size() > 1) { // one that is over does not change any more
      assertThat(first.open()).isEqualTo(raw.getJsonArray("open").getDouble(0));
      assertThat(first.high()).isEqualTo(raw.getJsonArray("high").getDouble(0));
      assertThat(first.low()).isEqualTo(raw.getJsonArray("low").getDouble(0));
      assertThat(first.close()).isEqualTo(raw.getJsonArray("close").getDouble(0));
      assertThat(BigDecimal.valueOf(first.volume()).movePointRight(4))
          .isEqualByComparingTo(BigDecimal.valueOf(raw.getJsonArray("vol").getLong(0)));
    }
    assertThat(
            await(market.bars(btc, Interval.parse(interval), first.openTime(), first.openTime())))
        .hasSize(1);
  }

  @Test
  void thereAreNoCandlesOfThreeMinutes() {
    assertThatThrownBy(() -> market.bars(sim, Interval.parse("3m"), null, null))
        .hasMessage("MEXC has candles of 1m, 5m, 15m, 30m, 1h, 4h, 8h and 1d, not of 3m");
  }

  @Test
  void aQuestionIsAskedAgain() {
    var depth = "GET /api/v1/contract/depth";
    bob.fault("name", "server-error", "endpoint", depth, "accepted", false, "count", 2);
    assertThat(book().bids().count()).isZero();
    bob.fault("name", "server-error", "symbol", SIM, "accepted", false, "count", 3);
    assertThat(kind(market.depth(sim, 5, () -> 0))).isEqualTo(MexcError.SERVER);
  }

  @Test
  void whoIsToldToWaitWaits() {
    bob.fault("name", "rate-limit", "symbol", SIM, "retryAfter", 2);
    long start = System.nanoTime();
    book();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000_000L);
  }

  /// The exchange's clock is needed for what is signed only; it is asked for all the same here.
  @Test
  void theTimeIsThatOfTheExchange() {
    assertThat(await(market.time()))
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 60_000);
  }

  @Test
  void asMuchAsMayBeIsNeverTooMuch() throws TimeoutException {
    Samples.undeploy(vertx);
    begin(Samples.config(Limits.USUAL, 1_000, InstantSource.system()));
    var limited = new FuturesMarket(new FuturesRest(vertx, config.with(FuturesLimits.STANDARD)));
    var books = new ArrayList<Future<BookSnapshot>>();
    for (int i = 0; i < 40; i++) {
      books.add(limited.depth(sim, 5, () -> 0));
    }
    books.forEach(FuturesClientIT::await);
    // Without a limit of one's own it is too much.
    for (int i = 0; i < 21; i++) {
      bob.raw(HttpMethod.GET, "/api/v1/contract/ticker", null, "application/json", "");
    }
    assertThat(
            bob.raw(HttpMethod.GET, "/api/v1/contract/ticker", null, "application/json", "").code())
        .isEqualTo(510);
  }
}
