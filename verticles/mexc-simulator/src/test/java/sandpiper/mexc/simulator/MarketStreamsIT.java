package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.mexc.client.MarketStreams;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.MexcLimits;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.StreamTiming;

/// The streams of the spot market.
class MarketStreamsIT extends MarketStreamsCases {
  private static final String BTC = "BTCUSDT";
  private static final String SIM = "SIMUSDT";
  private static final int MOST_TRADES = 1_000;

  @Override
  String btc() {
    return BTC;
  }

  @Override
  String sim() {
    return SIM;
  }

  @Override
  int stepMillis() {
    return 20;
  }

  @Override
  String depthEndpoint() {
    return "GET /api/v3/depth";
  }

  @Override
  int mostTrades() {
    return MOST_TRADES;
  }

  @Override
  MarketStreams streams(
      String host, StreamTiming timing, List<String> symbols, Set<MarketStream> wanted) {
    var config =
        MexcConfig.of("http://" + host, "ws://" + host + "/ws")
            .with(timing)
            .with(new MexcLimits(1_000, 1_000, 1_000, 1_000));
    return new MarketStreams(
        new MexcRest(vertx, config),
        symbols,
        wanted,
        () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
        new Random(1),
        heard);
  }

  @Override
  Book depth() {
    var depth = bob.get("depth", Map.of("symbol", BTC, "limit", 5_000)).object();
    return new Book(
        depth.getLong("lastUpdateId"),
        side(depth.getJsonArray("bids")),
        side(depth.getJsonArray("asks")));
  }

  private static Map<Double, Double> side(JsonArray levels) {
    var side = new TreeMap<Double, Double>();
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.getJsonArray(i);
      side.put(Double.valueOf(level.getString(0)), Double.valueOf(level.getString(1)));
    }
    return side;
  }

  @Override
  List<String> trades() {
    return bob.get("aggTrades", Map.of("symbol", BTC, "limit", MOST_TRADES)).array().stream()
        .map(JsonObject.class::cast)
        .map(trade ->
            Double.parseDouble(trade.getString("p"))
                + " "
                + Double.parseDouble(trade.getString("q")))
        .toList();
  }

  @Override
  void bid() {
    bob.place(SIM, "BUY", "1", "2");
  }

  @Test
  void manySymbolsAreSpreadOverConnections() throws TimeoutException {
    Samples.undeploy(vertx);
    var many = new LinkedHashMap<SymbolRules, BigDecimal>();
    for (int i = 0; i < 24; i++) {
      many.put(SymbolRules.of("C" + i, "USDT", 2, 4), BigDecimal.valueOf(100));
    }
    begin(
        new SimulatorConfig(
            0,
            1,
            many,
            Map.of(),
            List.of(Samples.BOB),
            Limits.NONE,
            50,
            0,
            InstantSource.system()));
    var names = many.keySet().stream().map(SymbolRules::symbol).toList();
    open(QUICK, names, ALL);
    assertThat(health().connections()).isEqualTo(3);
    for (var name : names) {
      until(
          () -> heard.all(BookEvent.class).stream().anyMatch(each -> each.symbol().equals(name)),
          name);
    }
  }

  @Test
  void anUnknownSymbolIsRefused() {
    assertThatThrownBy(() -> open(QUICK, List.of(btc(), "NOPEUSDT"), ALL))
        .isInstanceOfSatisfying(
            MexcException.class, refused -> assertThat(refused.error()).isEqualTo(MexcError.SYMBOL))
        .hasMessageContaining("NOPEUSDT");
  }
}
