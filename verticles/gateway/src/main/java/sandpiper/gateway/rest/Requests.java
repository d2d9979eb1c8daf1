package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.AcknowledgeAlert;
import sandpiper.bus.Messages.AmendManually;
import sandpiper.bus.Messages.AskLedger;
import sandpiper.bus.Messages.CancelAllManually;
import sandpiper.bus.Messages.CancelManually;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CheckStrategy;
import sandpiper.bus.Messages.CloseAllPositions;
import sandpiper.bus.Messages.ClosePosition;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.DeleteStrategy;
import sandpiper.bus.Messages.DiffVersions;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.FindOrder;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.GetStrategy;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.PlaceManualOrder;
import sandpiper.bus.Messages.ReadTrades;
import sandpiper.bus.Messages.ReleaseTrading;
import sandpiper.bus.Messages.RestoreStrategy;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.Funding;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.ManualOrder;
import sandpiper.domain.trading.Margin;
import sandpiper.domain.trading.RiskLimits;

/// Reads requests that the contract has let pass, and puts in the defaults it names: validators do
/// not.
public final class Requests {
  static final String DEFAULT_BUDGET = "100000";
  static final String DEFAULT_DATA = "demo";
  static final String MAX_ACCELERATION = "max";
  static final int DEFAULT_LIMIT = 500;
  static final int DEFAULT_SESSIONS = 50;

  private Requests() {}

  static StartSession start(ValidatedRequest request) {
    var body = body(request);
    return start(
        body,
        SessionMode.parse(body.getString("mode")),
        body.getJsonArray("strategies").stream()
            .map(JsonObject.class::cast)
            .map(Requests::strategy)
            .toList());
  }

  static StartBacktest startBacktest(ValidatedRequest request) {
    var body = body(request);
    var strategy =
        new StrategyRequest(
            body.getString("strategy"),
            body.getJsonObject("parameters", new JsonObject()).getMap(),
            body.getInteger("version"));
    return new StartBacktest(
        start(body, SessionMode.BACKTEST, List.of(strategy)),
        range(body.getLong("from"), body.getLong("to")));
  }

  /// @param mode that they must be of; null for what the request says
  static FindSessions sessions(ValidatedRequest request, @Nullable SessionMode mode) {
    var wanted = mode == null ? text(request, "mode") : null;
    return new FindSessions(
        null,
        wanted == null ? mode : SessionMode.parse(wanted),
        requireNonNullElse(parameter(request, "limit").getInteger(), DEFAULT_SESSIONS),
        text(request, "cursor"));
  }

  static FindCollections collections(ValidatedRequest request) {
    return new FindCollections(
        null, number(request, "limit", DEFAULT_SESSIONS), text(request, "cursor"));
  }

  static StartCollection startCollection(ValidatedRequest request) {
    var body = body(request);
    var streams = body.getJsonArray("streams");
    return new StartCollection(
        texts(body.getJsonArray("symbols")),
        streams == null
            ? EnumSet.allOf(MarketStream.class)
            : texts(streams).stream().map(MarketStream::parse).collect(Collectors.toSet()),
        body.getString("data", DEFAULT_DATA),
        acceleration(body.getValue("acceleration", MAX_ACCELERATION)));
  }

  /// @param standard when it was left out
  static String importName(ValidatedRequest request, String standard) {
    return requireNonNullElse(text(request, "name"), standard);
  }

  static String importSymbol(ValidatedRequest request) {
    return requireNonNull(text(request, "symbol"));
  }

  static @Nullable MarketStream importKind(ValidatedRequest request) {
    var kind = text(request, "kind");
    return kind == null ? null : MarketStream.parse(kind);
  }

  static RecordingExport.Wanted recordingExport(ValidatedRequest request) {
    return new RecordingExport.Wanted(
        sessionInPath(request),
        MarketStream.parse(requireNonNull(text(request, "kind"))),
        text(request, "symbol"),
        RecordingExport.Format.valueOf(
            requireNonNullElse(text(request, "format"), "csv").toUpperCase(Locale.ROOT)));
  }

  static Export.Wanted export(ValidatedRequest request) {
    return new Export.Wanted(
        sessionInPath(request),
        HistoryKind.valueOf(requireNonNull(text(request, "kind")).toUpperCase(Locale.ROOT)),
        Export.Format.valueOf(requireNonNull(text(request, "format")).toUpperCase(Locale.ROOT)));
  }

  static String sessionInPath(ValidatedRequest request) {
    return inPath(request, "session_id");
  }

  static ChangePace changePace(ValidatedRequest request) {
    return new ChangePace(
        sessionInPath(request), acceleration(body(request).getValue("acceleration")));
  }

  static List<String> sessionIds(ValidatedRequest request) {
    var ids = texts(requireNonNull(parameter(request, "session_id").getJsonArray()));
    if (ids.size() < 2 || ids.size() > 4 || Set.copyOf(ids).size() < ids.size()) {
      throw Refusal.invalid(
          "session_id must be the ids of two to four different sessions, was "
              + String.join(", ", ids));
    }
    return ids;
  }

  static String symbol(ValidatedRequest request, String standard) {
    return requireNonNullElse(text(request, "symbol"), standard);
  }

  static TimeRange range(ValidatedRequest request) {
    return range(parameter(request, "from").getLong(), parameter(request, "to").getLong());
  }

  static Interval interval(ValidatedRequest request) {
    return Interval.parse(requireNonNull(text(request, "interval")));
  }

  private static TimeRange range(@Nullable Long from, @Nullable Long to) {
    try {
      return new TimeRange(from, to);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static StartSession start(
      JsonObject body, SessionMode mode, List<StrategyRequest> strategies) {
    return new StartSession(
        mode,
        texts(body.getJsonArray("symbols")),
        strategies,
        new BigDecimal(body.getString("budget", DEFAULT_BUDGET)),
        body.getString("data", DEFAULT_DATA),
        body.getString("interval") == null ? null : Interval.parse(body.getString("interval")),
        acceleration(body.getValue("acceleration", MAX_ACCELERATION)),
        fillRules(body.getJsonObject("fill_rules")),
        body.getJsonObject("risk") == null ? null : risk(body.getJsonObject("risk")),
        account(body.getJsonObject("account", new JsonObject())),
        body.getString("confirmation"));
  }

  static AcknowledgeAlert acknowledge(ValidatedRequest request, String user) {
    var body = body(request);
    return new AcknowledgeAlert(
        body.getString("session_id"), body.getLong("seq"), body.getInteger("index"), user);
  }

  static PlaceManualOrder placeOrder(ValidatedRequest request, String user) {
    return placeOrder(body(request), user);
  }

  public static PlaceManualOrder placeOrder(JsonObject body, String user) {
    try {
      return new PlaceManualOrder(
          body.getString("session_id"),
          new ManualOrder(
              body.getString("strategy"),
              body.getString("symbol"),
              Side.valueOf(word(body, "side", "buy")),
              OrderType.valueOf(word(body, "type", "market")),
              required(body, "quantity"),
              decimal(body, "limit_price"),
              decimal(body, "trigger_price"),
              TimeInForce.valueOf(word(body, "time_in_force", "gtc")),
              body.getBoolean("post_only", false),
              body.getBoolean("reduce_only", false),
              body.getString("reason")),
          user);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  static CancelManually cancelOrder(ValidatedRequest request, String user) {
    return cancelOrder(withPath(request, "order_id"), user);
  }

  public static CancelManually cancelOrder(JsonObject body, String user) {
    return new CancelManually(
        body.getString("session_id"), body.getString("order_id"), body.getString("reason"), user);
  }

  static AmendManually amendOrder(ValidatedRequest request, String user) {
    return amendOrder(withPath(request, "order_id"), user);
  }

  public static AmendManually amendOrder(JsonObject body, String user) {
    return new AmendManually(
        body.getString("session_id"),
        body.getString("order_id"),
        decimal(body, "quantity"),
        decimal(body, "limit_price"),
        decimal(body, "trigger_price"),
        user);
  }

  static ClosePosition closePosition(ValidatedRequest request, String user) {
    return closePosition(withPath(request, "position_id"), user);
  }

  public static ClosePosition closePosition(JsonObject body, String user) {
    return new ClosePosition(
        body.getString("session_id"),
        body.getString("position_id"),
        decimal(body, "quantity"),
        decimal(body, "limit_price"),
        body.getString("reason"),
        user);
  }

  private static String word(JsonObject body, String name, String standard) {
    return body.getString(name, standard).toUpperCase(Locale.ROOT);
  }

  static KillSwitch kill(ValidatedRequest request, String user) {
    var body = body(request);
    return new KillSwitch(
        inPath(request, "session_id"),
        RiskAction.valueOf(body.getString("action", "cancel").toUpperCase(Locale.ROOT)),
        body.getString("reason"),
        user);
  }

  static KillAll killAll(ValidatedRequest request, String user) {
    var body = body(request);
    return new KillAll(
        body.getString("action") == null ? null : action(body), body.getString("reason"), user);
  }

  static CloseAllPositions closeAll(ValidatedRequest request, String user) {
    return new CloseAllPositions(
        inPath(request, "session_id"), body(request).getString("reason"), user);
  }

  static CancelAllManually cancelAll(ValidatedRequest request, String user) {
    return new CancelAllManually(
        inPath(request, "session_id"), body(request).getString("reason"), user);
  }

  static ReleaseTrading release(ValidatedRequest request, String user) {
    return new ReleaseTrading(
        inPath(request, "session_id"), body(request).getString("reason"), user);
  }

  static StopSession stop(ValidatedRequest request) {
    return new StopSession(body(request).getString("session_id"));
  }

  static ListSessions sessions(ValidatedRequest request) {
    return new ListSessions(text(request, "session_id"));
  }

  static FindPerformance performance(ValidatedRequest request) {
    return new FindPerformance(inPath(request, "session_id"));
  }

  static HistoryQuery history(HistoryKind kind, ValidatedRequest request) {
    return new HistoryQuery(
        kind,
        requireNonNull(text(request, "session_id")),
        number(request, "limit", DEFAULT_LIMIT),
        text(request, "cursor"));
  }

  static AskLedger ledger(ValidatedRequest request) {
    try {
      return new AskLedger(
          requireNonNull(text(request, "session_id")),
          text(request, "signal_id"),
          parameter(request, "time").getLong(),
          text(request, "strategy"));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  static String session(ValidatedRequest request) {
    return requireNonNull(text(request, "session_id"));
  }

  static CheckStrategy check(ValidatedRequest request) {
    return new CheckStrategy(body(request).getString("source"));
  }

  static DeleteStrategy deleteStrategy(ValidatedRequest request, String user) {
    return new DeleteStrategy(name(request), user);
  }

  static FindOrder order(ValidatedRequest request) {
    return new FindOrder(inPath(request, "order_id"));
  }

  static String data(ValidatedRequest request) {
    return requireNonNullElse(text(request, "data"), DEFAULT_DATA);
  }

  /// A cursor is the time at which the next page begins, and how many trades of that time were
  /// read.
  static ReadTrades trades(ValidatedRequest request) {
    var cursor = text(request, "cursor");
    var range = range(request);
    int skip = 0;
    if (cursor != null) {
      int end = cursor.lastIndexOf('-');
      range = range(Long.valueOf(cursor.substring(0, end)), range.to());
      skip = Integer.parseInt(cursor.substring(end + 1));
    }
    return new ReadTrades(
        data(request),
        requireNonNull(text(request, "symbol")),
        range,
        skip,
        number(request, "limit", DEFAULT_LIMIT));
  }

  static GetStrategy strategy(ValidatedRequest request) {
    return new GetStrategy(name(request), parameter(request, "version").getInteger());
  }

  static SaveStrategy save(ValidatedRequest request, String user) {
    var body = body(request);
    return new SaveStrategy(name(request), body.getString("source"), body.getInteger("base"), user);
  }

  static ListVersions versions(ValidatedRequest request) {
    return new ListVersions(name(request));
  }

  static DiffVersions diff(ValidatedRequest request) {
    return new DiffVersions(
        name(request),
        requireNonNull(parameter(request, "from").getInteger()),
        requireNonNull(parameter(request, "to").getInteger()));
  }

  static RestoreStrategy restore(ValidatedRequest request, String user) {
    var body = body(request);
    return new RestoreStrategy(
        name(request), body.getInteger("version"), body.getInteger("base"), user);
  }

  static ChangeParameters changeParameters(ValidatedRequest request) {
    return new ChangeParameters(
        inPath(request, "session_id"),
        inPath(request, "instance"),
        body(request).getJsonObject("parameters").getMap());
  }

  static CommandStrategy command(ValidatedRequest request) {
    return command(withPath(request, "session_id", "instance"));
  }

  public static CommandStrategy command(JsonObject body) {
    return new CommandStrategy(
        body.getString("session_id"),
        body.getString("instance"),
        body.getString("name"),
        Json.encode(body.getValue("data")));
  }

  /// The body together with what the path names.
  private static JsonObject withPath(ValidatedRequest request, String... names) {
    var whole = body(request).copy();
    for (var name : names) {
      whole.put(name, inPath(request, name));
    }
    return whole;
  }

  private static String name(ValidatedRequest request) {
    return inPath(request, "name");
  }

  static String inPath(ValidatedRequest request, String name) {
    return requireNonNull(requireNonNull(request.getPathParameters().get(name)).getString());
  }

  private static StrategyRequest strategy(JsonObject json) {
    var parameters = json.getJsonObject("parameters", new JsonObject());
    return new StrategyRequest(json.getString("name"), parameters.getMap());
  }

  private static @Nullable FillRules fillRules(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    try {
      return FillRules.parse(
          json.getString("model", "any"),
          json.getString("slippage", "none"),
          json.getString("latency", "none"),
          json.getString("limits", "touch"));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static AccountRules account(JsonObject json) {
    try {
      var margin = json.getJsonObject("margin");
      return new AccountRules(
          CostBasis.parse(json.getString("cost_basis", "average")),
          margin == null ? null : margin(margin),
          json.getString("currency"));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("account: " + e.getMessage());
    }
  }

  private static Margin margin(JsonObject json) {
    var maintenance = json.getJsonObject("maintenance");
    var funding = json.getJsonObject("funding");
    return new Margin(
        required(json, "leverage"),
        new Maintenance(
            required(maintenance, "rate"),
            requireNonNullElse(decimal(maintenance, "deduction"), BigDecimal.ZERO),
            Maintenance.Basis.parse(maintenance.getString("basis", "mark"))),
        requireNonNullElse(decimal(json, "liquidation_fee"), BigDecimal.ZERO),
        funding == null
            ? null
            : new Funding(required(funding, "rate"), Interval.parse(funding.getString("every"))));
  }

  private static BigDecimal required(JsonObject json, String name) {
    return requireNonNull(decimal(json, name));
  }

  static RiskLimits risk(JsonObject json) {
    try {
      var streak = json.getJsonObject("losing_streak");
      return new RiskLimits(
          decimal(json, "order_notional"),
          decimal(json, "position_notional"),
          json.getInteger("open_orders"),
          json.getInteger("orders_per_minute"),
          decimal(json, "collar_percent"),
          decimal(json, "leverage"),
          decimal(json, "strategy_notional"),
          stop(json.getJsonObject("daily_loss")),
          stop(json.getJsonObject("drawdown_percent")),
          streak == null
              ? null
              : new RiskLimits.Streak(
                  streak.getInteger("losses"), streak.getInteger("minutes"), action(streak)));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("risk: " + e.getMessage());
    }
  }

  private static RiskLimits.@Nullable Stop stop(@Nullable JsonObject json) {
    return json == null
        ? null
        : new RiskLimits.Stop(requireNonNull(decimal(json, "limit")), action(json));
  }

  private static RiskAction action(JsonObject json) {
    return RiskAction.valueOf(json.getString("action").toUpperCase(Locale.ROOT));
  }

  private static @Nullable BigDecimal decimal(JsonObject json, String name) {
    var text = json.getString(name);
    return text == null ? null : new BigDecimal(text);
  }

  private static @Nullable Double acceleration(Object value) {
    return value instanceof Number number ? number.doubleValue() : null;
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }

  static @Nullable String text(ValidatedRequest request, String name) {
    return parameter(request, name).getString();
  }

  static int number(ValidatedRequest request, String name, int standard) {
    return requireNonNullElse(parameter(request, name).getInteger(), standard);
  }

  /// Empty when the request did not have it.
  private static RequestParameter parameter(ValidatedRequest request, String name) {
    return requireNonNull(request.getQuery().get(name));
  }

  static JsonObject body(ValidatedRequest request) {
    return requireNonNull(request.getBody().getJsonObject());
  }
}
