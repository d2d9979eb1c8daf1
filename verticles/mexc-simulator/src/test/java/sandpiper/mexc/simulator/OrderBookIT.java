package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.mexc.wire.PublicAggreDepthsV3Api;

/// A local book of a symbol that trades itself, built as the documentation says (MEXC, "How to
/// properly maintain a local copy of the order book"), is the book.
@ExtendWith(VertxExtension.class)
class OrderBookIT {
  private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
  private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"10ms", "100ms"})
  void snapshotAndUpdatesGiveTheBookOfLaterSnapshots(String rate, Vertx vertx)
      throws TimeoutException {
    var exchange = new SimulatedExchange(Samples.config(60));
    vertx.deployVerticle(exchange).await(20, SECONDS);
    var client = new TestClient(vertx, exchange.port(), Samples.ALICE);
    var socket = client.connect(null);
    socket.subscribe("spot@public.aggre.depth.v3.api.pb@" + rate + "@BTCUSDT");
    var first = socket.frame().getPublicAggreDepths();

    long version = begin(snapshot(client));
    version = apply(first, version);
    int compared = 0;
    for (int i = 0; i < 100 && compared < 10; i++) {
      version = apply(socket.frame().getPublicAggreDepths(), version);
      var now = snapshot(client);
      if (now.getLong("lastUpdateId") == version) {
        assertThat(bids).isEqualTo(side(now.getJsonArray("bids")));
        assertThat(asks).isEqualTo(side(now.getJsonArray("asks")));
        compared++;
      }
    }
    assertThat(compared).as("snapshots that end where an update ends").isEqualTo(10);
    assertThat(bids.lastKey()).isLessThan(asks.firstKey());
  }

  private static JsonObject snapshot(TestClient client) {
    return client.get("depth", Map.of("symbol", "BTCUSDT", "limit", 5_000)).object();
  }

  private long begin(JsonObject snapshot) {
    bids.putAll(side(snapshot.getJsonArray("bids")));
    asks.putAll(side(snapshot.getJsonArray("asks")));
    return snapshot.getLong("lastUpdateId");
  }

  private static Map<BigDecimal, BigDecimal> side(JsonArray levels) {
    var side = new TreeMap<BigDecimal, BigDecimal>();
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.getJsonArray(i);
      side.put(new BigDecimal(level.getString(0)), new BigDecimal(level.getString(1)));
    }
    return side;
  }

  private long apply(PublicAggreDepthsV3Api update, long version) {
    long from = Long.parseLong(update.getFromVersion());
    long to = Long.parseLong(update.getToVersion());
    assertThat(to).isGreaterThanOrEqualTo(from);
    if (to <= version) {
      return version;
    }
    assertThat(from).as("no gap after " + version).isLessThanOrEqualTo(version + 1);
    update.getBidsList().forEach(each -> set(bids, each.getPrice(), each.getQuantity()));
    update.getAsksList().forEach(each -> set(asks, each.getPrice(), each.getQuantity()));
    return to;
  }

  private static void set(Map<BigDecimal, BigDecimal> side, String price, String quantity) {
    var size = new BigDecimal(quantity);
    if (size.signum() == 0) {
      side.remove(new BigDecimal(price));
    } else {
      side.put(new BigDecimal(price), size);
    }
  }

  @AfterEach
  void undeploy(Vertx vertx) {
    Samples.undeploy(vertx);
  }
}
