package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.ReadTrades;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Messages.TradePage;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Trade;
import sandpiper.gateway.RunningGateway;

/// Instruments, bars and trades; every answer is held against the contract.
class MarketApiTest {
  private final RunningGateway gateway = RunningGateway.start();

  @BeforeEach
  void forgetWhatTheStartAsked() throws InterruptedException {
    assertThat(gateway.platform.asked.take()).isEqualTo(new ListSessions(null));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void instrumentsComeWithDecimalsAsText() {
    var reply = gateway.get("/api/instruments");

    assertThat(reply.status()).isEqualTo(200);
    var first = reply.json().getJsonArray("instruments").getJsonObject(0);
    assertThat(first.getString("symbol")).isEqualTo("BTCUSD");
    assertThat(first.getValue("tick_size")).isInstanceOf(String.class);
  }

  @Test
  void barsAreOfTheDataThatIsNamedOrTheDemo() {
    assertThat(gateway.get("/api/market-data/bars?symbol=BTCUSD&interval=1m&from=5&to=9").status())
        .isEqualTo(200);
    gateway.get("/api/market-data/bars?symbol=SPY&interval=1h&data=file:spy.csv");

    assertThat(gateway.platform.asked)
        .containsExactly(
            new ReadCandles(
                List.of("BTCUSD"),
                "demo",
                "BTCUSD",
                new TimeRange(5L, 9L),
                Interval.parse("1m"),
                5_000),
            new ReadCandles(
                List.of("SPY"), "file:spy.csv", "SPY", TimeRange.ALL, Interval.parse("1h"), 5_000));
  }

  @Test
  void aCursorGoesOnWithinOneMoment() {
    gateway.platform.trades = new TradePage(List.of(new Trade("BTCUSD", 7, 100.5, 2)), 7L, 3);

    var page = gateway.get("/api/market-data/trades?symbol=BTCUSD&limit=1");
    assertThat(page.json())
        .isEqualTo(
            new JsonObject(
                """
                {"items": [{"symbol": "BTCUSD", "time": 7, "price": 100.5, "amount": 2.0}],
                 "next_cursor": "7-3"}
                """));
    gateway.get("/api/market-data/trades?symbol=BTCUSD&limit=1&to=20&cursor=7-3");

    assertThat(gateway.platform.asked)
        .containsExactly(
            new ReadTrades("demo", "BTCUSD", TimeRange.ALL, 0, 1),
            new ReadTrades("demo", "BTCUSD", new TimeRange(7L, 20L), 3, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/market-data/bars?symbol=BTCUSD, interval",
    "/api/market-data/bars?symbol=BTCUSD&interval=1x, interval",
    "/api/market-data/bars?symbol=BTC%20USD&interval=1m, symbol",
    "/api/market-data/bars?symbol=BTCUSD&interval=1m&data=/etc/passwd, data",
    "/api/market-data/trades?symbol=BTCUSD&limit=1001, limit",
    "/api/market-data/trades?symbol=BTCUSD&cursor=x, cursor",
    "/api/market-data/trades?symbol=BTCUSD&from=9&to=3, from",
  })
  void whatIsNotAllowedIsNamed(String path, String name) {
    var reply = gateway.get(path);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getString("detail")).contains(name);
    assertThat(gateway.platform.asked).isEmpty();
  }
}
