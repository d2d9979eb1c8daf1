package sandpiper.mexc.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.mexc.simulator.FuturesChannel.Kind;

/// The futures' WebSocket: JSON both ways.
///
/// Versions of the depth are told every 10 ms, one by one, or merged every 100 ms; trades and whole
/// books every 100 ms; candles, tickers, funding rates and prices once a second.
final class FuturesStreams implements FuturesListener {
  private static final String PERSONAL = "push.personal.";
  private static final long WITHOUT_PING = 60_000;

  private final Vertx vertx;
  private final Faults faults;
  private final Sockets sockets;
  private final CandleNews candleNews = new CandleNews();
  private final Map<String, FuturesChannel> known = new HashMap<>();
  private final Map<PushRate, Set<Contract>> changed = new EnumMap<>(PushRate.class);
  private final Map<Contract, Merged> merged = new HashMap<>();
  private @Nullable FuturesExchange exchange;
  private @Nullable FuturesAuthenticator authenticator;

  /// Versions that are told together: what has changed, by price.
  private static final class Merged {
    private final Map<String, JsonArray> bids = new HashMap<>();
    private final Map<String, JsonArray> asks = new HashMap<>();

    private void add(Contract.Commit commit) {
      put(commit.bids(), bids);
      put(commit.asks(), asks);
    }

    private static void put(JsonArray levels, Map<String, JsonArray> to) {
      for (int i = 0; i < levels.size(); i++) {
        var level = levels.getJsonArray(i);
        to.put(level.getValue(0).toString(), level);
      }
    }
  }

  FuturesStreams(Vertx vertx, Faults faults, long seed) {
    this.vertx = vertx;
    this.faults = faults;
    sockets = new Sockets(this::now, seed);
    for (var rate : PushRate.values()) {
      changed.put(rate, new LinkedHashSet<>());
    }
  }

  /// What it tells of; before anybody connects.
  void begin(FuturesExchange told, FuturesAuthenticator asked) {
    exchange = told;
    authenticator = asked;
  }

  private FuturesExchange exchange() {
    return Objects.requireNonNull(exchange);
  }

  private long now() {
    return exchange().now();
  }

  /// What can go wrong with them.
  Sockets sockets() {
    return sockets;
  }

  void accept(ServerWebSocket socket) {
    var connection = new Connection(socket, null, null, now());
    sockets.add(connection, socket, text -> hear(connection, text));
  }

  private void hear(Connection connection, String text) {
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException e) {
      answer(connection, "rs.error", "a message must be a JSON object");
      return;
    }
    var method = String.valueOf(message.getValue("method"));
    var parameters =
        message.getValue("param") instanceof JsonObject given ? given : new JsonObject();
    if (method.equals("ping")) {
      answer(connection, "pong", now());
    } else if (method.equals("login")) {
      login(connection, parameters);
    } else if (method.startsWith("sub.")) {
      subscribe(connection, method, FuturesChannel.of(method.substring(4), parameters));
    } else if (method.startsWith("unsub.") || method.startsWith("usub.")) {
      var name = method.substring(method.indexOf('.') + 1);
      unsubscribe(connection, method, FuturesChannel.of(name, parameters));
    } else {
      answer(connection, "rs.error", "unknown method: " + method);
    }
  }

  /// The acknowledgement goes first, then data.
  private void subscribe(Connection connection, String method, @Nullable FuturesChannel channel) {
    if (channel == null) {
      answer(connection, "rs.error", "no such subscription: " + method);
    } else if (channel.kind() != Kind.TICKERS && !exchange().has(channel.symbol())) {
      answer(connection, "rs.error", "Contract [" + channel.symbol() + "] not exists");
    } else {
      known.put(channel.name(), channel);
      sockets.subscribe(connection, channel.name());
      answer(connection, "rs." + method, "success");
    }
  }

  /// From now on it hears of the account.
  private void login(Connection connection, JsonObject parameters) {
    try {
      var account =
          Objects.requireNonNull(authenticator)
              .authenticate(
                  text(parameters, "apiKey"),
                  text(parameters, "reqTime"),
                  text(parameters, "signature"),
                  "");
      connection.login(account);
      sockets.subscribe(connection, PERSONAL);
      answer(connection, "rs.login", "success");
    } catch (Refused e) {
      answer(connection, "rs.error", e.text());
    }
  }

  private static @Nullable String text(JsonObject parameters, String name) {
    var value = parameters.getValue(name);
    return value == null ? null : value.toString();
  }

  private void tell(FuturesAccount account, String channel, JsonObject data) {
    var message =
        new JsonObject().put("channel", PERSONAL + channel).put("data", data).put("ts", now());
    sockets.send(PERSONAL, message.encode(), connection -> connection.account() == account.owner());
  }

  @Override
  public void onOrder(ContractOrder order) {
    tell(order.account, "order", FuturesTradingApi.order(order));
  }

  @Override
  public void onDeal(ContractDeal deal) {
    var account = deal.order().account;
    var symbol = deal.order().asked.symbol();
    var late = faults.take(FaultKind.LATE_FILL, symbol, null);
    if (late != null && late.millis() > 0) {
      vertx.setTimer(late.millis(), _ -> tell(account, "order.deal", deal.toJson()));
    } else {
      tell(account, "order.deal", deal.toJson());
    }
    if (faults.take(FaultKind.DUPLICATE_FILL, symbol, null) != null) {
      tell(account, "order.deal", deal.toJson());
    }
  }

  @Override
  public void onPosition(FuturesAccount account, Position position) {
    tell(account, "position", position.toJson());
  }

  @Override
  public void onAsset(FuturesAccount account, String asset) {
    tell(account, "asset", account.asset(asset));
  }

  private void unsubscribe(Connection connection, String method, @Nullable FuturesChannel channel) {
    if (channel != null) {
      sockets.unsubscribe(connection, channel.name());
    }
    answer(connection, "rs." + method, "success");
  }

  private void answer(Connection connection, String channel, Object data) {
    connection.send(
        new JsonObject().put("channel", channel).put("data", data).put("ts", now()).encode(),
        now());
  }

  private void push(FuturesChannel channel, String symbol, Object data) {
    var message =
        new JsonObject().put("channel", "push." + channel.kind().label()).put("data", data);
    if (!symbol.isEmpty()) {
      message.put("symbol", symbol);
    }
    sockets.send(channel.name(), message.put("ts", now()).encode(), _ -> true);
  }

  @Override
  public void onMarket(Contract contract) {
    for (var rate : PushRate.values()) {
      var contracts = changed(rate);
      if (contracts.isEmpty()) {
        vertx.setTimer(rate.millis(), _ -> push(rate));
      }
      contracts.add(contract);
    }
  }

  private Set<Contract> changed(PushRate rate) {
    return Objects.requireNonNull(changed.get(rate));
  }

  private void push(PushRate rate) {
    var contracts = List.copyOf(changed(rate));
    changed(rate).clear();
    for (var contract : contracts) {
      exchange().commit(contract);
      if (rate == PushRate.MS100) {
        push(contract);
      }
    }
  }

  private void push(Contract contract) {
    var symbol = contract.rules().symbol();
    var market = contract.market();
    var window = market.window(PushRate.MS100);
    var together = merged.remove(contract);
    for (var channel : channels(symbol)) {
      if (channel.kind() == Kind.DEAL) {
        var deals = new JsonArray();
        market.trades().stream()
            .filter(trade -> trade.id() > window.toldTrade())
            .forEach(trade -> deals.add(FuturesMarketApi.deal(contract, trade)));
        if (!deals.isEmpty()) {
          push(channel, symbol, deals);
        }
      } else if (channel.kind() == Kind.WHOLE_DEPTH) {
        push(
            channel,
            symbol,
            new JsonObject()
                .put("asks", contract.levels(Side.SELL, channel.levels()))
                .put("bids", contract.levels(Side.BUY, channel.levels()))
                .put("version", contract.version()));
      } else if (channel.merged() && together != null && !isGap(symbol)) {
        push(
            channel,
            symbol,
            new JsonObject()
                .put("asks", new JsonArray(List.copyOf(together.asks.values())))
                .put("bids", new JsonArray(List.copyOf(together.bids.values())))
                .put("version", contract.version()));
      }
    }
    var last = market.lastTrade();
    window.told(market.version(), last == null ? 0 : last.id());
  }

  private boolean isGap(String symbol) {
    return faults.take(FaultKind.DEPTH_GAP, symbol, null) != null;
  }

  @Override
  public void onCommit(Contract contract, Contract.Commit commit) {
    var symbol = contract.rules().symbol();
    merged.computeIfAbsent(contract, _ -> new Merged()).add(commit);
    for (var channel : channels(symbol)) {
      if (channel.kind() == Kind.DEPTH && !channel.merged() && !isGap(symbol)) {
        push(channel, symbol, commit.toJson());
      }
    }
  }

  private List<FuturesChannel> channels(String symbol) {
    return sockets.channels().stream()
        .map(known::get)
        .filter(Objects::nonNull)
        .filter(channel -> channel.symbol().equals(symbol))
        .toList();
  }

  /// Once a second.
  void tick() {
    var heard = sockets.channels();
    known.keySet().retainAll(heard);
    candleNews.keep(heard);
    for (var channel : List.copyOf(known.values())) {
      if (channel.kind() == Kind.TICKERS) {
        var tickers = new JsonArray();
        exchange().contracts().forEach(each -> tickers.add(FuturesMarketApi.ticker(each, now())));
        push(channel, "", tickers);
      } else {
        tick(channel, exchange().contract(channel.symbol()));
      }
    }
    sockets.closeOld(connection -> now() - connection.lastHeard() >= WITHOUT_PING);
  }

  private void tick(FuturesChannel channel, Contract contract) {
    var symbol = channel.symbol();
    switch (channel.kind()) {
      case TICKER -> push(channel, symbol, FuturesMarketApi.ticker(contract, now()));
      case FUNDING_RATE ->
          push(
              channel,
              symbol,
              value(symbol, "rate", contract.fundingRate())
                  .put("nextSettleTime", Contract.nextSettlement(now())));
      case INDEX_PRICE -> push(channel, symbol, value(symbol, "price", contract.indexPrice()));
      case FAIR_PRICE -> push(channel, symbol, value(symbol, "price", contract.fairPrice()));
      case KLINE -> {
        var interval = Objects.requireNonNull(channel.interval());
        var candles = contract.market().candles(interval);
        for (var candle : candleNews.of(channel.name(), candles, now())) {
          push(channel, symbol, candle(contract, interval, candle));
        }
      }
      default -> {
        // Told when something changes.
      }
    }
  }

  private static JsonObject value(String symbol, String name, Object value) {
    return new JsonObject().put("symbol", symbol).put(name, value);
  }

  private static JsonObject candle(Contract contract, KlineInterval interval, Candle candle) {
    var row = FuturesMarketApi.candle(contract, candle);
    return new JsonObject()
        .put("symbol", contract.rules().symbol())
        .put("interval", interval.streamName())
        .put("t", row.getValue("time"))
        .put("o", row.getValue("open"))
        .put("c", row.getValue("close"))
        .put("h", row.getValue("high"))
        .put("l", row.getValue("low"))
        .put("q", row.getValue("vol"))
        .put("a", row.getValue("amount"));
  }
}
