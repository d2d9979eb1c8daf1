package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.journal.Side;
import sandpiper.mexc.wire.PrivateAccountV3Api;
import sandpiper.mexc.wire.PrivateDealsV3Api;
import sandpiper.mexc.wire.PrivateOrdersV3Api;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// What happens to an account, as it happens: orders, fills, balances.
///
/// The right to hear of it, the listen key, is made, kept alive and replaced here. After a
/// connection was lost nothing is told again: [Listener#onBack] says that openOrders, fills and
/// balances must be asked for. For one event loop, on which the listener is called too.
public final class PrivateStream {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateStream.class);
  private static final String ACCOUNT = "spot@private.account.v3.api.pb";
  private static final String DEALS = "spot@private.deals.v3.api.pb";
  private static final String ORDERS = "spot@private.orders.v3.api.pb";
  private static final int MOST_BYTES = 1 << 20;
  private static final int CLOSING_SECONDS = 2;
  private static final int REMEMBERED = 5_000;
  private static final int BUY = 1;
  private static final int SELL = 2;
  private static final int RETRY_SHARE = 10;
  private static final long NO_TIMER = -1;

  /// Hears what happens.
  public interface Listener {
    /// An order has changed. Of one order the filled quantity never falls and an end is final; the
    /// same is not told twice. It may come before the answer to the request that placed it, and
    /// before or after the fills that it counts.
    void onOrder(SpotOrder order);

    /// Each fill once, by symbol and id, of the latest 5,000.
    void onFill(SpotFill fill);

    /// What the account has of one asset from now on.
    void onBalance(SpotBalance balance);

    /// Nothing is heard until [#onBack].
    ///
    /// @param why for people
    void onLost(String why);

    /// It is heard again. What happened meanwhile was not: ask for it.
    ///
    /// @param millis for which nothing was heard
    void onBack(long millis);
  }

  private final MexcTrading trading;
  private final Listener listener;
  private final Vertx vertx;
  private final StreamTiming timing;
  private final WebSocketClient client;
  private final Line<PushDataV3ApiWrapper> line;
  private final LinkedHashSet<String> fills = new LinkedHashSet<>();
  private final LinkedHashMap<String, SpotOrder> orders = new LinkedHashMap<>();
  private @Nullable String listenKey;
  private long keepAlive = NO_TIMER;
  private boolean closed;

  private final class Hears implements Line.Listener<PushDataV3ApiWrapper> {
    @Override
    public void onFrame(PushDataV3ApiWrapper frame) {
      hear(frame);
    }

    @Override
    public void onLost(MexcException why) {
      LOG.warn("private connection to MEXC lost: {}", why.getMessage());
      if (why.error() == MexcError.LISTEN_KEY) {
        listenKey = null;
      }
      listener.onLost(String.valueOf(why.getMessage()));
    }

    @Override
    public void onBack(long millis) {
      LOG.info("private connection to MEXC is back after {} ms", millis);
      listener.onBack(millis);
    }
  }

  /// On the event loop that uses it.
  ///
  /// @param random spreads attempts to connect
  public PrivateStream(MexcTrading trading, RandomGenerator random, Listener listener) {
    this.trading = trading;
    this.listener = listener;
    var rest = trading.rest();
    vertx = rest.vertx();
    timing = rest.config().timing();
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MOST_BYTES)
                .setMaxMessageSize(MOST_BYTES)
                .setClosingTimeout(CLOSING_SECONDS));
    line =
        new Line<>(
            vertx,
            client,
            rest.config().streams(),
            timing,
            System::nanoTime,
            random,
            this::query,
            new SpotProtocol(),
            List.of(ORDERS, DEALS, ACCOUNT),
            new Hears());
  }

  /// Completes when the account is heard of; fails when it cannot be. Tried once, afterwards the
  /// connection is made anew for as long as it takes.
  public Future<Void> open() {
    return line.open().onSuccess(_ -> keepAliveIn(timing.listenKey().toMillis()));
  }

  /// Nothing is told any more; the right to hear is given back.
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(keepAlive);
    line.close();
    var given =
        listenKey == null
            ? Future.<Void>succeededFuture()
            : trading.closeListenKey(listenKey).<Void>mapEmpty().otherwiseEmpty();
    return given.onComplete(_ -> client.close());
  }

  public boolean isUp() {
    return line.isUp();
  }

  /// A connection that fails may have failed because of its key; the next one asks about it.
  private Future<String> query() {
    var key = listenKey;
    var valid =
        key == null
            ? create()
            : trading
                .extendListenKey(key)
                .map(key)
                .recover(failure -> isEnded(failure) ? create() : Future.failedFuture(failure));
    return valid.map(each -> "?listenKey=" + each);
  }

  private Future<String> create() {
    return trading.createListenKey().onSuccess(key -> listenKey = key);
  }

  private static boolean isEnded(Throwable failure) {
    return failure instanceof MexcException refused && refused.error() == MexcError.LISTEN_KEY;
  }

  private void keepAliveIn(long millis) {
    if (!closed) {
      keepAlive = vertx.setTimer(Math.max(1, millis), _ -> extend());
    }
  }

  /// A key that has ended takes its connection with it: another is made with another key. Any other
  /// failure is no reason yet, the key lives for longer than it takes to try again.
  private void extend() {
    var key = listenKey;
    if (key == null) {
      keepAliveIn(timing.listenKey().toMillis());
      return;
    }
    trading
        .extendListenKey(key)
        .onComplete(
            _ -> keepAliveIn(timing.listenKey().toMillis()),
            failure -> {
              if (isEnded(failure)) {
                line.restart(new MexcException(MexcError.LISTEN_KEY, "the listen key has ended"));
                keepAliveIn(timing.listenKey().toMillis());
              } else {
                LOG.warn("the listen key was not extended: {}", failure.getMessage());
                keepAliveIn(timing.listenKey().toMillis() / RETRY_SHARE);
              }
            });
  }

  private void hear(PushDataV3ApiWrapper frame) {
    try {
      switch (frame.getBodyCase()) {
        case PRIVATEORDERS -> onOrder(order(frame, frame.getPrivateOrders()));
        case PRIVATEDEALS -> onFill(fill(frame, frame.getPrivateDeals()));
        case PRIVATEACCOUNT -> listener.onBalance(balance(frame.getPrivateAccount()));
        default -> {
          // A message that nobody asked for, or one that is newer than this program.
        }
      }
    } catch (NumberFormatException | MexcException e) {
      line.restart(
          new MexcException(
              MexcError.UNCERTAIN, "a private frame has what cannot be read: " + e.getMessage()));
    }
  }

  private void onOrder(SpotOrder order) {
    var before = orders.remove(order.orderId());
    boolean news = before == null || isLater(order, before);
    orders.put(order.orderId(), news || before == null ? order : before);
    if (orders.size() > REMEMBERED) {
      orders.pollFirstEntry();
    }
    if (news) {
      listener.onOrder(order);
    }
  }

  /// Two connections tell the same for a moment, one behind the other.
  private static boolean isLater(SpotOrder order, SpotOrder before) {
    int filled = order.filledQuantity().compareTo(before.filledQuantity());
    return filled > 0
        || (filled == 0 && order.status() != before.status() && !before.status().isFinal());
  }

  private void onFill(SpotFill fill) {
    if (fills.add(fill.symbol() + " " + fill.id())) {
      if (fills.size() > REMEMBERED) {
        fills.removeFirst();
      }
      listener.onFill(fill);
    }
  }

  private static SpotOrder order(PushDataV3ApiWrapper frame, PrivateOrdersV3Api order) {
    return new SpotOrder(
        frame.getSymbol(),
        order.getId(),
        textOrNull(order.getClientId()),
        side(order.getTradeType()),
        SpotOrderType.of(order.getOrderType()),
        SpotOrderStatus.of(order.getStatus()),
        decimal(order.getPrice()),
        decimal(order.getQuantity()),
        decimal(order.getCumulativeQuantity()),
        decimal(order.getCumulativeAmount()),
        Math.max(frame.getSendTime(), order.getCreateTime()));
  }

  private static SpotFill fill(PushDataV3ApiWrapper frame, PrivateDealsV3Api deal) {
    return new SpotFill(
        frame.getSymbol(),
        deal.getTradeId(),
        deal.getOrderId(),
        textOrNull(deal.getClientOrderId()),
        side(deal.getTradeType()),
        decimal(deal.getPrice()),
        decimal(deal.getQuantity()),
        decimal(deal.getAmount()),
        decimal(deal.getFeeAmount()),
        deal.getFeeCurrency(),
        deal.getIsMaker(),
        deal.getTime());
  }

  private static SpotBalance balance(PrivateAccountV3Api account) {
    return new SpotBalance(
        account.getVcoinName(),
        decimal(account.getBalanceAmount()),
        decimal(account.getFrozenAmount()));
  }

  private static Side side(int number) {
    return switch (number) {
      case BUY -> Side.BUY;
      case SELL -> Side.SELL;
      default -> throw new MexcException(MexcError.SERVER, "side " + number);
    };
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static BigDecimal decimal(String text) {
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }
}
