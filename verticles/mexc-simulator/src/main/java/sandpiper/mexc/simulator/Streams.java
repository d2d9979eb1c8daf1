package sandpiper.mexc.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The WebSocket: subscriptions, and what is told to whom.
///
/// What happens to an account is told at once; trades and changes of the book are told in windows
/// of 10 or 100 ms, candles and tickers once a second.
final class Streams implements ExchangeListener {
  private static final int MOST_CHANNELS = 30;
  private static final int MOST_MESSAGES = 100;
  private static final int MOST_OF_A_KEY = 5;
  private static final long WITHOUT_SUBSCRIPTION = 30_000;
  private static final long WITHOUT_TRAFFIC = 60_000;
  private static final long LIFE = 24 * 60 * 60 * 1_000L;
  private static final int GARBAGE_BYTES = 64;

  private final Vertx vertx;
  private final ListenKeys listenKeys;
  private final Faults faults;
  private final SplittableRandom random;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Map<String, Set<Connection>> subscribers = new LinkedHashMap<>();
  private final Map<PushRate, Set<Market>> changed = new EnumMap<>(PushRate.class);
  private final Map<String, Candle> toldCandles = new HashMap<>();
  private @Nullable Exchange exchange;

  Streams(Vertx vertx, ListenKeys listenKeys, Faults faults, long seed) {
    this.vertx = vertx;
    this.listenKeys = listenKeys;
    this.faults = faults;
    random = new SplittableRandom(seed);
    for (var rate : PushRate.values()) {
      changed.put(rate, new LinkedHashSet<>());
    }
  }

  /// What it tells of; before anybody connects.
  void begin(Exchange told) {
    exchange = told;
  }

  private Exchange exchange() {
    return Objects.requireNonNull(exchange);
  }

  private long now() {
    return exchange().now();
  }

  /// @param listenKey null when the client has none
  void accept(ServerWebSocket socket, @Nullable String listenKey) {
    var account = listenKey == null ? null : listenKeys.accountOf(listenKey, now());
    var connection = new Connection(socket, listenKey, account, now());
    if (listenKey != null && (account == null || connectionsOf(listenKey) >= MOST_OF_A_KEY)) {
      connection.send("Invalid listen key", now());
      connection.close();
      return;
    }
    connections.add(connection);
    socket.textMessageHandler(text -> hear(connection, text));
    socket.exceptionHandler(_ -> connection.close());
    socket.closeHandler(_ -> forget(connection));
  }

  private long connectionsOf(String listenKey) {
    return connections.stream().filter(each -> listenKey.equals(each.listenKey())).count();
  }

  private void forget(Connection connection) {
    connections.remove(connection);
    connection.channels().values().forEach(channel -> leave(connection, channel));
  }

  private void hear(Connection connection, String text) {
    if (connection.hear(now()) > MOST_MESSAGES) {
      connection.close();
      return;
    }
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException e) {
      acknowledge(connection, 0, "msg must be a JSON object");
      return;
    }
    int id = message.getValue("id") instanceof Integer number ? number : 0;
    var method = String.valueOf(message.getValue("method"));
    switch (method) {
      case "PING", "ping" -> acknowledge(connection, id, "PONG");
      case "SUBSCRIPTION" -> subscribe(connection, id, names(message));
      case "UNSUBSCRIPTION" -> unsubscribe(connection, id, names(message));
      default -> acknowledge(connection, id, "unknown method: " + method);
    }
  }

  private static List<String> names(JsonObject message) {
    var names = new ArrayList<String>();
    if (message.getValue("params") instanceof JsonArray params) {
      params.forEach(name -> names.add(String.valueOf(name)));
    }
    return names;
  }

  /// The acknowledgement goes first, then data. What is refused is told in a message of its own.
  private void subscribe(Connection connection, int id, List<String> names) {
    var accepted = new ArrayList<String>();
    var refused = new LinkedHashMap<String, List<String>>();
    for (var name : names) {
      var channel = Channel.parse(name);
      var reason = refusal(connection, name, channel);
      if (reason != null || channel == null) {
        refused.computeIfAbsent(reason == null ? "" : reason, _ -> new ArrayList<>()).add(name);
      } else {
        connection.channels().put(name, channel);
        subscribers.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(connection);
        accepted.add(name);
      }
    }
    if (!accepted.isEmpty()) {
      acknowledge(connection, id, String.join(",", accepted));
    }
    refused.forEach((reason, channels) ->
        acknowledge(
            connection,
            id,
            "Not Subscribed successfully! ["
                + String.join(",", channels)
                + "].  Reason： "
                + reason));
  }

  /// Null when it may be subscribed to.
  private @Nullable String refusal(Connection connection, String name, @Nullable Channel channel) {
    if (channel == null) {
      return "Blocked! ";
    }
    if (channel.symbol() != null
        && exchange().markets().stream()
            .noneMatch(market -> market.rules().symbol().equals(channel.symbol()))) {
      return "Invalid symbol! ";
    }
    if (channel.isPrivate() && connection.account() == null) {
      return "No listen key! ";
    }
    if (connection.channels().size() >= MOST_CHANNELS && !connection.channels().containsKey(name)) {
      return "At most " + MOST_CHANNELS + " subscriptions! ";
    }
    return null;
  }

  private void unsubscribe(Connection connection, int id, List<String> names) {
    for (var name : names) {
      var channel = connection.channels().remove(name);
      if (channel != null) {
        leave(connection, channel);
      }
    }
    acknowledge(connection, id, String.join(",", names));
  }

  private void leave(Connection connection, Channel channel) {
    var others = subscribers.get(channel.name());
    if (others != null) {
      others.remove(connection);
      if (others.isEmpty()) {
        subscribers.remove(channel.name());
        toldCandles.remove(channel.name());
      }
    }
  }

  private void acknowledge(Connection connection, int id, String text) {
    connection.send(
        new JsonObject().put("id", id).put("code", 0).put("msg", text).toString(), now());
  }

  @Override
  public void onMarket(Market market) {
    for (var rate : PushRate.values()) {
      var markets = changed(rate);
      if (markets.isEmpty()) {
        vertx.setTimer(rate.millis(), _ -> push(rate));
      }
      markets.add(market);
    }
  }

  private Set<Market> changed(PushRate rate) {
    return Objects.requireNonNull(changed.get(rate));
  }

  private void push(PushRate rate) {
    var markets = List.copyOf(changed(rate));
    changed(rate).clear();
    for (var market : markets) {
      var window = market.window(rate);
      for (var channel : channelsOf(market, rate)) {
        push(market, window, rate, channel);
      }
      var last = market.lastTrade();
      window.told(market.version(), last == null ? 0 : last.id());
    }
  }

  private List<Channel> channelsOf(Market market, PushRate rate) {
    var channels = new ArrayList<Channel>();
    for (var name : subscribers.keySet()) {
      var channel = Channel.parse(name);
      if (channel != null
          && channel.rate() == rate
          && market.rules().symbol().equals(channel.symbol())) {
        channels.add(channel);
      }
    }
    return channels;
  }

  private void push(Market market, PushWindow window, PushRate rate, Channel channel) {
    var frame = Frames.wrapper(channel.name(), now()).setSymbol(market.rules().symbol());
    switch (channel.kind()) {
      case DEALS -> {
        var trades =
            market.trades().stream().filter(trade -> trade.id() > window.toldTrade()).toList();
        if (trades.isEmpty()) {
          return;
        }
        frame.setPublicAggreDeals(Frames.deals(market.rules(), trades, rate));
      }
      case DEPTH -> {
        if (window.isEmpty()
            || faults.take(FaultKind.DEPTH_GAP, market.rules().symbol(), null) != null) {
          return;
        }
        frame.setPublicAggreDepths(Frames.depth(market, window, rate));
      }
      case BOOK_TICKER -> frame.setPublicAggreBookTicker(Frames.bookTicker(market));
      case WHOLE_DEPTH -> frame.setPublicLimitDepths(Frames.wholeDepth(market, channel.levels()));
      case BOOK_TICKER_BATCH -> frame.setPublicBookTickerBatch(Frames.bookTickerBatch(market));
      default -> throw new IllegalStateException(channel.name() + " has no window");
    }
    send(channel.name(), Frames.buffer(frame.build()), _ -> true);
  }

  /// Once a second: candles and tickers, and what has lived too long.
  void tick() {
    for (var name : List.copyOf(subscribers.keySet())) {
      var channel = Channel.parse(name);
      if (channel == null) {
        continue;
      }
      switch (channel.kind()) {
        case KLINE -> pushCandles(channel);
        case MINI_TICKER -> {
          var market = exchange().market(Objects.requireNonNull(channel.symbol()));
          var frame = Frames.wrapper(name, now()).setSymbol(market.rules().symbol());
          frame.setPublicMiniTicker(Frames.miniTicker(market, now()));
          send(name, Frames.buffer(frame.build()), _ -> true);
        }
        case MINI_TICKERS -> {
          var frame = Frames.wrapper(name, now());
          frame.setPublicMiniTickers(Frames.miniTickers(exchange().markets(), now()));
          send(name, Frames.buffer(frame.build()), _ -> true);
        }
        default -> {}
      }
    }
    List.copyOf(connections).forEach(this::closeIfOver);
  }

  /// The candle at hand, when it has changed, and before it the one that it follows.
  private void pushCandles(Channel channel) {
    var interval = Objects.requireNonNull(channel.interval());
    var market = exchange().market(Objects.requireNonNull(channel.symbol()));
    var told = toldCandles.get(channel.name());
    var candles = market.candles(interval).until(now());
    for (int i = Math.max(0, candles.size() - 2); i < candles.size(); i++) {
      var candle = candles.get(i);
      boolean isLast = i == candles.size() - 1;
      boolean isNew = told == null ? isLast : candle.time() >= told.time() && !candle.equals(told);
      if (isNew) {
        var frame = Frames.wrapper(channel.name(), now()).setSymbol(market.rules().symbol());
        frame.setPublicSpotKline(Frames.kline(market.rules(), interval, candle));
        send(channel.name(), Frames.buffer(frame.build()), _ -> true);
        toldCandles.put(channel.name(), candle);
      }
    }
  }

  private void closeIfOver(Connection connection) {
    if (connection.isHalfOpen()) {
      return;
    }
    long now = now();
    var key = connection.listenKey();
    boolean idle =
        connection.channels().isEmpty() && now - connection.opened() >= WITHOUT_SUBSCRIPTION;
    if (idle
        || now - connection.lastTraffic() >= WITHOUT_TRAFFIC
        || now - connection.opened() >= LIFE
        || (key != null && listenKeys.accountOf(key, now) == null)) {
      connection.close();
    }
  }

  @Override
  public void onOrder(SimulatedOrder order) {
    var frame =
        Frames.wrapper(Channel.ORDERS, now())
            .setSymbol(order.rules().symbol())
            .setPrivateOrders(Frames.order(order));
    tell(order.account, Channel.ORDERS, Frames.buffer(frame.build()));
  }

  @Override
  public void onTrade(AccountTrade trade) {
    var symbol = trade.order().rules().symbol();
    var account = trade.order().account;
    var frame =
        Frames.wrapper(Channel.PRIVATE_DEALS, now())
            .setSymbol(symbol)
            .setPrivateDeals(Frames.deal(trade));
    var buffer = Frames.buffer(frame.build());
    var late = faults.take(FaultKind.LATE_FILL, symbol, null);
    if (late != null && late.millis() > 0) {
      vertx.setTimer(late.millis(), _ -> tell(account, Channel.PRIVATE_DEALS, buffer));
    } else {
      tell(account, Channel.PRIVATE_DEALS, buffer);
    }
    if (faults.take(FaultKind.DUPLICATE_FILL, symbol, null) != null) {
      tell(account, Channel.PRIVATE_DEALS, buffer);
    }
  }

  @Override
  public void onBalance(BalanceChange change) {
    var frame = Frames.wrapper(Channel.ACCOUNT, now()).setPrivateAccount(Frames.account(change));
    tell(change.account(), Channel.ACCOUNT, Frames.buffer(frame.build()));
  }

  private void tell(Account account, String channel, Buffer frame) {
    send(channel, frame, connection -> connection.account() == account);
  }

  private void send(String channel, Buffer frame, Predicate<Connection> whom) {
    var them = subscribers.get(channel);
    if (them != null) {
      for (var connection : List.copyOf(them)) {
        if (whom.test(connection)) {
          connection.send(frame, now());
        }
      }
    }
  }

  /// Ends sockets without a goodbye.
  void drop(String which) {
    select(which).forEach(Connection::drop);
  }

  /// Lets sockets stand that say nothing and hear nothing any more.
  void freeze(String which) {
    select(which).forEach(Connection::freeze);
  }

  /// Sends what nobody can read: bytes, and text.
  void sendGarbage(String which) {
    var bytes = new byte[GARBAGE_BYTES];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xff;
    for (var connection : select(which)) {
      connection.send(Buffer.buffer(bytes), now());
      connection.send("{\"id\":", now());
    }
  }

  /// Ends those that came with a listen key.
  void closePrivate() {
    select("private").forEach(Connection::close);
  }

  private List<Connection> select(String which) {
    return connections.stream()
        .filter(each -> which.equals("all") || which.equals("private") == (each.account() != null))
        .toList();
  }
}
