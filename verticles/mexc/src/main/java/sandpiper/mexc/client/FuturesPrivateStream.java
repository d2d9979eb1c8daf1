package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to an account on the futures: orders, fills, positions and money, as they come. A
/// connection that is lost is made anew. For one event loop, on which the listener is called too.
public final class FuturesPrivateStream {
  private static final Logger LOG = LoggerFactory.getLogger(FuturesPrivateStream.class);
  private static final String LOGIN = "login";
  private static final int MOST_BYTES = 1 << 20;
  private static final int CLOSING_SECONDS = 2;
  private static final int REMEMBERED = 5_000;

  /// Hears what happens.
  public interface Listener {
    /// An order has changed. Of one order the filled contracts never fall and an end is final; the
    /// same is not told twice. It may come before the answer to the request that placed it, and
    /// before or after the fills that it counts.
    void onOrder(FuturesOrder order);

    /// Each fill once, by symbol and id, of the latest 5,000.
    void onFill(FuturesFill fill);

    /// As it is from now on; one that holds nothing is over.
    void onPosition(FuturesPosition position);

    /// What the account has of one currency from now on.
    void onAsset(FuturesAsset asset);

    /// Nothing is heard until [#onBack].
    ///
    /// @param why for people
    void onLost(String why);

    /// It is heard again. What happened meanwhile was not: ask for it.
    ///
    /// @param millis for which nothing was heard
    void onBack(long millis);
  }

  private final FuturesTrading trading;
  private final Listener listener;
  private final WebSocketClient client;
  private final Line<Row> line;
  private final LinkedHashSet<String> fills = new LinkedHashSet<>();
  private final LinkedHashMap<String, FuturesOrder> orders = new LinkedHashMap<>();

  private final class Hears implements Line.Listener<Row> {
    @Override
    public void onFrame(Row news) {
      try {
        hear(news);
      } catch (MexcException | IllegalArgumentException e) {
        line.restart(Protocol.unreadable("news of the account cannot be read: " + e.getMessage()));
      }
    }

    @Override
    public void onLost(MexcException why) {
      LOG.warn("private connection to MEXC's futures lost: {}", why.getMessage());
      listener.onLost(String.valueOf(why.getMessage()));
    }

    @Override
    public void onBack(long millis) {
      LOG.info("private connection to MEXC's futures is back after {} ms", millis);
      listener.onBack(millis);
    }
  }

  /// Logs in, with the time at which it does.
  private final class LoginProtocol extends FuturesProtocol {
    @Override
    public List<String> requests(List<String> channels) {
      var time = Long.toString(trading.rest().clock().millis());
      var key = trading.credentials().key();
      return List.of(
          request(
              LOGIN,
              new JsonObject()
                  .put("apiKey", key)
                  .put("reqTime", time)
                  .put("signature", trading.signing().sign(key + time, ""))));
    }

    @Override
    public @Nullable Row read(String text, Set<String> awaited) {
      try {
        return super.read(text, awaited);
      } catch (MexcException refused) {
        throw awaited.isEmpty() || refused.error() != MexcError.SYMBOL
            ? refused
            : new MexcException(MexcError.ACCESS, String.valueOf(refused.getMessage()));
      }
    }
  }

  /// On the event loop that uses it.
  ///
  /// @param random spreads attempts to connect
  public FuturesPrivateStream(FuturesTrading trading, RandomGenerator random, Listener listener) {
    this.trading = trading;
    this.listener = listener;
    var rest = trading.rest();
    client =
        rest.vertx()
            .createWebSocketClient(
                new WebSocketClientOptions()
                    .setMaxFrameSize(MOST_BYTES)
                    .setMaxMessageSize(MOST_BYTES)
                    .setClosingTimeout(CLOSING_SECONDS));
    line =
        new Line<>(
            rest.vertx(),
            client,
            rest.config().streams(),
            rest.config().timing(),
            System::nanoTime,
            random,
            // The login is signed by the exchange's time.
            () -> rest.clock().ready().map(""),
            new LoginProtocol(),
            List.of(FuturesProtocol.request(LOGIN, new JsonObject())),
            new Hears());
  }

  /// Completes when the account is heard of; fails when it cannot be. Tried once, afterwards the
  /// connection is made anew for as long as it takes.
  public Future<Void> open() {
    return line.open();
  }

  /// Nothing is told any more.
  public void close() {
    line.close();
    client.close();
  }

  private void hear(Row news) {
    var data = news.json().getValue("data");
    switch (news.text("channel")) {
      case "push.personal.order" -> onOrder(FuturesOrder.of(Row.of(data, "order")));
      case "push.personal.order.deal" -> onFill(FuturesFill.of(Row.of(data, "deal")));
      case "push.personal.position" ->
          listener.onPosition(FuturesPosition.of(Row.of(data, "position")));
      case "push.personal.asset" -> listener.onAsset(FuturesAsset.of(Row.of(data, "asset")));
      default -> {
        // News that nobody asked for, or newer than this program.
      }
    }
  }

  private void onFill(FuturesFill fill) {
    if (fills.add(fill.symbol() + " " + fill.id())) {
      if (fills.size() > REMEMBERED) {
        fills.removeFirst();
      }
      listener.onFill(fill);
    }
  }

  private void onOrder(FuturesOrder order) {
    var known = orders.get(order.orderId());
    if (known != null
        && (known.status().isFinal()
            || known.equals(order)
            || order.filledContracts().compareTo(known.filledContracts()) < 0)) {
      return;
    }
    orders.putLast(order.orderId(), order);
    if (orders.size() > REMEMBERED) {
      orders.pollFirstEntry();
    }
    listener.onOrder(order);
  }
}
