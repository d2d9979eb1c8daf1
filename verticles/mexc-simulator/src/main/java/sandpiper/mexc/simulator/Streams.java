package sandpiper.mexc.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The WebSocket: subscriptions, and what is told to whom.
///
/// What happens to an account is told at once; trades and changes of the book are told in windows
/// of 10 or 100 ms, candles and tickers once a second.
final class Streams implements ExchangeListener {
  private static final int MOST_CHANNELS = 30;
  private static final int MOST_OF_A_KEY = 5;
  private static final long WITHOUT_SUBSCRIPTION = 30_000;
  private static final long WITHOUT_TRAFFIC = 60_000;

  private final Vertx vertx;
  private final ListenKeys listenKeys;
  private final Faults faults;
  private final Sockets sockets;
  private final CandleNews candleNews = new CandleNews();
  private final Map<PushRate, Set<Market>> changed = new EnumMap<>(PushRate.class);
  private @Nullable Exchange exchange;

  Streams(Vertx vertx, ListenKeys listenKeys, Faults faults, long seed) {
    this.vertx = vertx;
    this.listenKeys = listenKeys;
    this.faults = faults;
    sockets = new Sockets(this::now, seed);
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
    sockets.add(connection, socket, text -> hear(connection, text));
  }

  private long connectionsOf(String listenKey) {
    return sockets.count(each -> listenKey.equals(each.listenKey()));
  }

  private void hear(Connection connection, String text) {
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
        sockets.subscribe(connection, name);
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
    if (connection.channels().size() >= MOST_CHANNELS && !connection.channels().contains(name)) {
      return "At most " + MOST_CHANNELS + " subscriptions! ";
    }
    return null;
  }

  private void unsubscribe(Connection connection, int id, List<String> names) {
    names.forEach(name -> sockets.unsubscribe(connection, name));
    acknowledge(connection, id, String.join(",", names));
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
    for (var name : sockets.channels()) {
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
    candleNews.keep(sockets.channels());
    for (var name : sockets.channels()) {
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
    sockets.closeOld(this::isOver);
  }

  private void pushCandles(Channel channel) {
    var interval = Objects.requireNonNull(channel.interval());
    var market = exchange().market(Objects.requireNonNull(channel.symbol()));
    for (var candle : candleNews.of(channel.name(), market.candles(interval), now())) {
      var frame = Frames.wrapper(channel.name(), now()).setSymbol(market.rules().symbol());
      frame.setPublicSpotKline(Frames.kline(market.rules(), interval, candle));
      send(channel.name(), Frames.buffer(frame.build()), _ -> true);
    }
  }

  private boolean isOver(Connection connection) {
    long now = now();
    var key = connection.listenKey();
    boolean idle =
        connection.channels().isEmpty() && now - connection.opened() >= WITHOUT_SUBSCRIPTION;
    return idle
        || now - connection.lastTraffic() >= WITHOUT_TRAFFIC
        || (key != null && listenKeys.accountOf(key, now) == null);
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
    sockets.send(channel, frame, whom);
  }

  /// What can go wrong with them.
  Sockets sockets() {
    return sockets;
  }
}
