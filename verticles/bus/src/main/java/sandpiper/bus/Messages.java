package sandpiper.bus;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.quality.StreamQuality;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.DecisionCheck;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillModel;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.ManualOrder;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.domain.trading.SessionSummary;

/// The records that travel on the bus, by reference; nothing in them changes after creation.
public final class Messages {
  private Messages() {}

  /// An answer that says only that the work is done.
  public record Done() {}

  /// @param strategies what to run, at least one
  /// @param data `demo` or the path of a file; of several symbols `SYMBOL=source` for each, with
  ///   commas between
  /// @param interval of the stream `main`, instead of the strategy's own; null to leave it
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  /// @param fillRules null for those of the platform's configuration
  /// @param risk what the session may do at most; null for what the platform's configuration says
  /// @param account how cash backs positions, and what a partial exit books
  /// @param confirmation `LIVE`, without which no session of mode live begins
  public record StartSession(
      SessionMode mode,
      List<String> symbols,
      List<StrategyRequest> strategies,
      BigDecimal budget,
      String data,
      @Nullable Interval interval,
      @Nullable Double acceleration,
      @Nullable FillRules fillRules,
      @Nullable RiskLimits risk,
      AccountRules account,
      @Nullable String confirmation) {
    /// Of a session that needs no confirmation.
    public StartSession(
        SessionMode mode,
        List<String> symbols,
        List<StrategyRequest> strategies,
        BigDecimal budget,
        String data,
        @Nullable Interval interval,
        @Nullable Double acceleration,
        @Nullable FillRules fillRules,
        @Nullable RiskLimits risk,
        AccountRules account) {
      this(
          mode,
          symbols,
          strategies,
          budget,
          data,
          interval,
          acceleration,
          fillRules,
          risk,
          account,
          null);
    }

    /// With fill rules and limits of the platform's configuration, backed in full.
    public StartSession(
        SessionMode mode,
        List<String> symbols,
        List<StrategyRequest> strategies,
        BigDecimal budget,
        String data,
        @Nullable Interval interval,
        @Nullable Double acceleration) {
      this(
          mode,
          symbols,
          strategies,
          budget,
          data,
          interval,
          acceleration,
          null,
          null,
          AccountRules.STANDARD);
    }

    public StartSession {
      symbols = List.copyOf(symbols);
      strategies = List.copyOf(strategies);
    }
  }

  /// @param parameters as given; what is missing takes its default
  /// @param version its number; null for what new sessions start
  public record StrategyRequest(
      String name, Map<String, Object> parameters, @Nullable Integer version) {
    public StrategyRequest(String name, Map<String, Object> parameters) {
      this(name, parameters, null);
    }

    public StrategyRequest {
      parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
  }

  /// @param alreadyRunning whether the very same session was running already and nothing was
  ///   started
  public record SessionStarted(String sessionId, boolean alreadyRunning) {}

  public record StopSession(String sessionId) {}

  /// Lets a session rest, or go on.
  public record PauseSession(String sessionId, boolean paused) {}

  /// Asks to forget a session that has ended, with all that it recorded and decided.
  public record DeleteSession(String sessionId) {}

  /// A session is there no more.
  public record SessionDeleted(String sessionId) {}

  /// @param alreadyStopped whether it had ended before
  public record SessionStopped(String sessionId, SessionStatus status, boolean alreadyStopped) {}

  /// @param sessionId only this one; null for all that this process knows
  public record ListSessions(@Nullable String sessionId) {}

  public record SessionList(List<SessionState> sessions) {}

  /// Where a session stands in its life.
  public enum SessionStatus {
    STARTING,
    RUNNING,
    /// Nothing goes on until it is resumed; what works at the venue stays there.
    PAUSED,
    STOPPING,
    STOPPED,
    FAILED;

    /// Whether it will not change any more.
    public boolean isFinal() {
      return this == STOPPED || this == FAILED;
    }
  }

  /// @param acceleration null for as fast as possible
  /// @param clock the session's time, UTC microseconds; null before the first input
  /// @param startedAt wall clock, UTC microseconds
  /// @param error why it failed; null unless it did
  /// @param suspended why strategies are suspended, by instance
  /// @param summary null until it ended
  public record SessionState(
      String sessionId,
      SessionMode mode,
      SessionStatus status,
      List<String> symbols,
      @Nullable Double acceleration,
      BigDecimal cash,
      String data,
      FillRules fillRules,
      AccountRules account,
      RiskLimits risk,
      @Nullable Long clock,
      long startedAt,
      @Nullable Long endedAt,
      @Nullable String error,
      List<StrategyPlan> strategies,
      Map<String, String> suspended,
      @Nullable SessionSummary summary) {
    /// The same at another time of the session.
    public SessionState at(@Nullable Long clock) {
      return new SessionState(
          sessionId,
          mode,
          status,
          symbols,
          acceleration,
          cash,
          data,
          fillRules,
          account,
          risk,
          clock,
          startedAt,
          endedAt,
          error,
          strategies,
          suspended,
          summary);
    }
  }

  /// @param data as in [StartSession]
  /// @param intervals bars wanted, by symbol
  /// @param fills what the data must be able to fill
  /// @param range of the data that is wanted
  /// @param recorded whether the inputs are written to the database
  /// @param collected what of the data is wanted, when it is only recorded and no session decides
  ///   on it; null otherwise
  /// @param books whether order books are wanted, of data that can leave them out
  /// @param resumedFrom number of the last input on record of a session that goes on; 0 of one that
  ///   begins
  public record OpenFeed(
      String sessionId,
      String data,
      List<String> symbols,
      Map<String, Set<Interval>> intervals,
      @Nullable Double acceleration,
      FillModel fills,
      TimeRange range,
      boolean recorded,
      @Nullable Set<MarketStream> collected,
      boolean books,
      long resumedFrom) {
    /// Of a session that begins.
    public OpenFeed(
        String sessionId,
        String data,
        List<String> symbols,
        Map<String, Set<Interval>> intervals,
        @Nullable Double acceleration,
        FillModel fills,
        TimeRange range,
        boolean recorded,
        @Nullable Set<MarketStream> collected,
        boolean books) {
      this(
          sessionId,
          data,
          symbols,
          intervals,
          acceleration,
          fills,
          range,
          recorded,
          collected,
          books,
          0);
    }

    public OpenFeed(
        String sessionId,
        String data,
        List<String> symbols,
        Map<String, Set<Interval>> intervals,
        @Nullable Double acceleration,
        FillModel fills,
        TimeRange range,
        boolean recorded) {
      this(sessionId, data, symbols, intervals, acceleration, fills, range, recorded, null, false);
    }

    public OpenFeed(
        String sessionId,
        String data,
        List<String> symbols,
        Map<String, Set<Interval>> intervals,
        @Nullable Double acceleration) {
      this(sessionId, data, symbols, intervals, acceleration, FillModel.ANY, TimeRange.ALL, true);
    }
  }

  /// @param startTime of the first event, UTC microseconds
  /// @param endTime at which the data end; null where only reading them could tell
  public record FeedOpened(long startTime, @Nullable Long endTime) {}

  /// @param lastSeq of the last input given out
  /// @param clock of that input, UTC microseconds
  public record FeedStopped(long lastSeq, long clock) {}

  /// Prices from outside, for the sessions whose data is `bridge:` and this name.
  ///
  /// @param events trades and quotes, in order of time; at least one
  public record PublishPrices(String feed, List<MarketEvent> events) {
    public PublishPrices {
      events = List.copyOf(events);
    }
  }

  /// A number from outside, for every running session that reads it.
  ///
  /// @param symbol that it is about
  /// @param name under which strategies read it
  public record PublishValue(String symbol, String name, double value) {}

  /// What its exchange says to a live session.
  public record FeedReport(String sessionId, VenueReport report) {}

  /// Asks whether a live session may begin: its account must be reached and must have the budget.
  ///
  /// @param instruments that it trades
  /// @param budget in the account's currency
  public record AdmitLive(List<Instrument> instruments, BigDecimal budget, String currency) {
    public AdmitLive {
      instruments = List.copyOf(instruments);
    }
  }

  /// The same for the feeds of those sessions, at least one.
  public record FeedValue(List<String> sessionIds, PublishValue value) {
    public FeedValue {
      sessionIds = List.copyOf(sessionIds);
    }
  }

  /// @param sessions how many have it now
  public record Published(int sessions) {}

  /// @param error why the feed ended early; null at the end of its data
  public record FeedEnded(String sessionId, @Nullable String error) {}

  /// @param consumed how much of the data, from 0 to 1
  public record FeedProgress(String sessionId, long seq, long clock, double consumed) {}

  /// How the streams of an exchange are that a session or a data collection hears; once a second.
  ///
  /// @param data as in [StartSession]
  /// @param connections that there should be
  /// @param connected that there are
  /// @param reconnects after a connection was lost
  /// @param renewals of connections before the exchange ends them for their age
  /// @param gaps in what was heard, each marked among the inputs
  /// @param missed events that were left out because the session was behind
  public record FeedHealth(
      String sessionId,
      String data,
      int connections,
      int connected,
      long reconnects,
      long renewals,
      long gaps,
      long missed,
      List<SymbolHealth> symbols) {
    public FeedHealth {
      symbols = List.copyOf(symbols);
    }
  }

  /// @param ageSeconds since the last news of the symbol
  /// @param connected whether its connection is up
  /// @param silent whether there was no news for longer than usual
  public record SymbolHealth(String symbol, double ageSeconds, boolean connected, boolean silent) {}

  /// What live data know of symbols.
  ///
  /// @param data as in [StartSession]
  public record FindInstruments(String data, List<String> symbols) {
    public FindInstruments {
      symbols = List.copyOf(symbols);
    }
  }

  /// In the order in which they were asked for.
  public record InstrumentList(List<Instrument> instruments) {
    public InstrumentList {
      instruments = List.copyOf(instruments);
    }
  }

  /// One input of a session, numbered from 1.
  ///
  /// @param time the session's clock, UTC microseconds
  /// @param takenAt `System.nanoTime` when the platform had it from outside, or let it go from a
  ///   replay; 0 where nobody can tell. Nothing is decided on it, and it is not recorded
  public record Input(String sessionId, long seq, long time, MarketEvent event, long takenAt) {
    public Input(String sessionId, long seq, long time, MarketEvent event) {
      this(sessionId, seq, time, event, 0);
    }

    /// The same, had just now.
    public Input takenNow() {
      return new Input(sessionId, seq, time, event, System.nanoTime());
    }
  }

  /// An input with the values of all indicators as of it; the array is never written to again.
  ///
  /// @param layout where whose values stand; the same object until an indicator is added
  @SuppressWarnings("ArrayRecordComponent")
  public record Step(Input input, double[] values, IndicatorLayout layout) {}

  /// Indicators that a running session needs from now on, besides those it has.
  public record AddIndicators(String sessionId, List<IndicatorSpec> specs) {
    public AddIndicators {
      specs = List.copyOf(specs);
    }
  }

  /// @param layout of the next step's values; what was there keeps its place
  public record IndicatorsAdded(IndicatorLayout layout) {}

  /// Changes live parameters of a running instance.
  ///
  /// @param parameters those that change
  public record ChangeParameters(
      String sessionId, String instance, Map<String, Object> parameters) {
    public ChangeParameters {
      parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
  }

  /// @param plan with all parameters as they are now
  public record ParametersChanged(StrategyPlan plan) {}

  /// A message from outside to a running instance.
  ///
  /// @param json its content, any JSON value, at most 64 KB
  public record CommandStrategy(String sessionId, String instance, String name, String json) {}

  /// The instances of a session as they are now, after one of them changed.
  ///
  /// @param suspended reasons, by instance
  public record StrategiesChanged(
      String sessionId, List<StrategyPlan> plans, Map<String, String> suspended) {
    public StrategiesChanged {
      plans = List.copyOf(plans);
      suspended = Map.copyOf(suspended);
    }
  }

  public record Actions(
      String sessionId, long seq, long time, List<? extends StrategyAction> actions) {}

  /// @param account as of these events
  public record OrderEvents(List<OrderEvent> events, Account account) {}

  /// @param pinned whether it keeps the versions of its strategies when newer ones are saved
  /// @param resumedFrom number of the last input on record of a session that goes on: up to it, it
  ///   decides again what it has decided; 0 of one that begins
  public record OpenSession(SessionSpec spec, boolean pinned, long resumedFrom) {
    public OpenSession(SessionSpec spec, boolean pinned) {
      this(spec, pinned, 0);
    }

    public OpenSession(SessionSpec spec) {
      this(spec, false);
    }
  }

  /// Names a session that a verticle shall start or let go; harmless when it has gone already.
  public record CloseSession(String sessionId) {}

  /// Stops trading in a session, at once.
  ///
  /// @param reason for people, at most 200 characters
  /// @param by the person who does it; null when it is not one
  public record KillSwitch(
      String sessionId, RiskAction action, String reason, @Nullable String by) {}

  /// Lets trading go on after a kill switch or a drawdown stop.
  ///
  /// @param reason for people, at most 200 characters
  /// @param by the person who does it
  public record ReleaseTrading(String sessionId, String reason, String by) {}

  /// Stops trading in all sessions that run in paper or live mode, at once.
  ///
  /// @param action null for the one of the configuration
  /// @param reason for people, at most 200 characters
  /// @param by the person who does it; null when it is not one
  public record KillAll(@Nullable RiskAction action, String reason, @Nullable String by) {}

  /// @param sessionIds in which trading was stopped
  public record KilledAll(RiskAction action, List<String> sessionIds) {
    public KilledAll {
      sessionIds = List.copyOf(sessionIds);
    }
  }

  /// Somebody has seen a risk alert.
  ///
  /// @param seq input that it belongs to
  /// @param index its number among those of the input, from 1
  /// @param by who it was, at most 200 characters
  public record AcknowledgeAlert(String sessionId, long seq, int index, String by) {}

  /// @param acknowledgedAt when it was seen first, UTC microseconds of the wall clock
  /// @param acknowledgedBy who saw it first
  public record AlertAcknowledged(
      String sessionId, long seq, int index, long acknowledgedAt, String acknowledgedBy) {}

  /// A person places an order on behalf of a strategy of a session.
  ///
  /// @param by who it is
  public record PlaceManualOrder(String sessionId, ManualOrder order, String by) {}

  /// A person withdraws an order, whoever placed it.
  ///
  /// @param reason for people, at most 200 characters
  /// @param by who it is
  public record CancelManually(String sessionId, String orderId, String reason, String by) {}

  /// A person changes an order, whoever placed it; what is null stays as it is.
  ///
  /// @param by who it is
  public record AmendManually(
      String sessionId,
      String orderId,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      @Nullable BigDecimal triggerPrice,
      String by) {}

  /// A person closes a position.
  ///
  /// @param quantity in base currency; null for all that is not being closed yet
  /// @param limitPrice null for at the market
  /// @param reason for people, at most 200 characters
  /// @param by who it is
  public record ClosePosition(
      String sessionId,
      String positionId,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      String reason,
      String by) {}

  /// A person closes all positions of a session at the market.
  ///
  /// @param reason for people, at most 200 characters
  /// @param by who it is
  public record CloseAllPositions(String sessionId, String reason, String by) {}

  /// A person cancels all orders of a session, whoever placed them.
  ///
  /// @param reason for people, at most 200 characters
  /// @param by who it is
  public record CancelAllManually(String sessionId, String reason, String by) {}

  /// Orders as they stand.
  public record OrdersStand(String sessionId, List<Order> orders) {
    public OrdersStand {
      orders = List.copyOf(orders);
    }
  }

  /// The order as it stands.
  public record OrderStands(Order order) {}

  /// The session ends as input `seq` at `time`.
  public record StopStrategies(String sessionId, long seq, long time) {}

  public record SessionEnded(SessionSummary summary, PerformanceReport performance) {}

  public record SessionPerformance(String sessionId, PerformanceReport report) {}

  public record FindPerformance(String sessionId) {}

  /// @param report as JSON
  public record KeptPerformance(String report) {}

  public record ListStrategies() {}

  public record StrategyList(List<StrategyInfo> strategies) {}

  /// Version, about and parameters are of what new sessions start: while the file is wrong, its
  /// last good version.
  ///
  /// @param version null when there never was one that could be used
  /// @param about first sentence of the comment on top of the source; null when there is none
  /// @param error what is wrong with the file, with line and column; null when nothing is
  public record StrategyInfo(
      String name,
      @Nullable Integer version,
      @Nullable String about,
      @Nullable String error,
      Map<String, Map<String, Object>> parameters) {}

  /// @param compiled whether strategies run as machine code; otherwise interpreted, about 25 times
  ///   slower
  public record EngineStatus(boolean compiled, String description) {}

  /// @param interval of the stream `main`, instead of the strategy's own; null to leave it
  public record PlanStrategies(
      List<StrategyRequest> strategies, List<String> symbols, @Nullable Interval interval) {}

  public record StrategyPlans(List<StrategyPlan> plans) {}

  /// What a strategy looked like at one time; versions of a name are numbered from 1 without a gap.
  ///
  /// @param hash SHA-256 of the source, in hexadecimal; two versions may have the same
  /// @param author `console`, `file`, `command line`, or a name
  /// @param createdAt wall clock, UTC microseconds
  /// @param restoredFrom number of the version whose source this one brought back; null when it did
  ///   not
  public record StrategyVersion(
      String name,
      int number,
      String hash,
      String author,
      long createdAt,
      @Nullable Integer restoredFrom) {}

  public record StrategySource(StrategyVersion version, String source) {}

  /// Adds a version, unless its source is that of the latest one.
  ///
  /// @param base number of the version it must follow, 0 when it must be the first; null to follow
  ///   whichever is the latest
  public record WriteStrategy(
      String name,
      String hash,
      String source,
      String author,
      @Nullable Integer base,
      @Nullable Integer restoredFrom) {}

  /// @param version the latest one
  /// @param changed whether the request made it; false when its source was there already
  public record StrategyWritten(StrategyVersion version, boolean changed) {}

  /// @param number null for the latest
  public record FindVersion(String name, @Nullable Integer number) {}

  /// @param source null when there is no such version
  public record FoundVersion(@Nullable StrategySource source) {}

  public record ListVersions(String name) {}

  /// @param versions newest first
  public record VersionList(String name, List<StrategyVersion> versions) {
    public VersionList {
      versions = List.copyOf(versions);
    }
  }

  /// @param number null for the latest
  public record GetStrategy(String name, @Nullable Integer number) {}

  /// One strategy to read and to edit.
  ///
  /// @param version whose source it is; null when the file never made one, and then the source is
  ///   the file's
  /// @param parameters as the source declares them; empty when it cannot be used
  /// @param error what is wrong with the source; for the latest version, what is wrong with a file
  ///   that was changed since; null when nothing is
  public record StrategyDetail(
      String name,
      @Nullable StrategyVersion version,
      String source,
      Map<String, Map<String, Object>> parameters,
      @Nullable ScriptError error,
      @Nullable StrategyCheck check) {}

  /// @param source that is looked at; nothing is kept of it
  public record CheckStrategy(String source) {}

  /// @param parameters as the source declares them; empty when it cannot be used
  /// @param error what is wrong with the source; null when it can be used
  /// @param check how it decides on the demo trades; null when it cannot be used
  public record StrategyChecked(
      Map<String, Map<String, Object>> parameters,
      @Nullable ScriptError error,
      @Nullable StrategyCheck check) {}

  /// Takes the file of a strategy away; its versions stay.
  public record DeleteStrategy(String name, String by) {}

  public record StrategyDeleted(String name) {}

  /// @param detail the whole sentence, with the place
  /// @param line from 1; null when there is none to name
  /// @param column in that line, from 1; null when there is none to name
  /// @param reason the sentence without the place
  /// @param excerpt the line with a mark under the place; null when there is none
  /// @param stack functions of the script that were under way, the innermost first
  public record ScriptError(
      String detail,
      @Nullable Integer line,
      @Nullable Integer column,
      String reason,
      @Nullable String excerpt,
      List<String> stack) {
    public ScriptError {
      stack = List.copyOf(stack);
    }
  }

  /// What a look at a version found, after it was saved.
  ///
  /// @param problem why it could not be looked at; null when it could
  /// @param report on the demo trades; null when there is none
  public record StrategyCheck(@Nullable String problem, DecisionCheck.@Nullable Report report) {}

  /// @param data `demo` or the path of a file
  /// @param limit events at most
  public record SampleMarket(String data, String symbol, int limit) {}

  /// @param events the first ones of the data, oldest first
  /// @param sourceInterval of its bars; null for trades
  public record MarketSample(List<MarketEvent> events, @Nullable Interval sourceInterval) {
    public MarketSample {
      events = List.copyOf(events);
    }
  }

  public record DiffVersions(String name, int from, int to) {}

  /// @param diff unified, three lines of context; empty when the sources are the same
  public record VersionDiff(String name, int from, int to, String diff) {}

  /// @param base number of the version that was edited; null for a new strategy
  public record SaveStrategy(String name, String source, @Nullable Integer base, String author) {}

  /// @param number of the version to bring back
  /// @param base number of the version that is the latest
  public record RestoreStrategy(String name, int number, int base, String author) {}

  /// @param version number of the version that is the latest now
  /// @param changed whether a version was made; false when the source was that of the latest
  ///   already
  /// @param reloads what became of the instances that are running
  public record StrategySaved(
      String name, int version, String hash, boolean changed, List<ReloadOutcome> reloads) {
    public StrategySaved {
      reloads = List.copyOf(reloads);
    }
  }

  /// @param ok whether the instance runs the new version now
  /// @param message what to know about it; null when there is nothing
  public record ReloadOutcome(
      String sessionId, String instance, boolean ok, @Nullable String message) {}

  /// @param entries in order, all of one session
  public record JournalBatch(String sessionId, List<JournalEntry> entries) {
    public JournalBatch {
      entries = List.copyOf(entries);
    }
  }

  /// @param inputs in order, all of one session
  public record InputBatch(String sessionId, List<Input> inputs) {
    public InputBatch {
      inputs = List.copyOf(inputs);
    }
  }

  /// Where what sessions write is safe.
  public enum StorageLevel {
    /// In the database.
    WRITTEN,
    /// On this machine's disk: the database is away.
    JOURNALLED,
    /// What belongs to no live session waits: its share of the disk is used, or the journal is
    /// being written to the database.
    HELD,
    /// Nothing more can be kept.
    FULL
  }

  /// @param problem why nothing can be kept; null when there is room, or too little of it
  public record StorageState(StorageLevel level, @Nullable String problem) {}

  /// What the database can be asked for.
  public enum HistoryKind {
    SIGNALS,
    ORDERS,
    ORDER_EVENTS,
    FILLS,
    POSITIONS,
    EQUITY,
    LOG,
    ALERTS,
    METRICS,
    PLOT_POINTS,
    STRATEGY_EVENTS,
    RISK_ALERTS,
    FUNDING,
    READINGS
  }

  /// Asks what a session saw, decided and got out of it: about one of its signals, or about the
  /// latest bar at a time.
  ///
  /// @param signalId null when asked about a time
  /// @param time UTC microseconds; null when asked about a signal
  /// @param strategy instance; null for all of them
  public record AskLedger(
      String sessionId, @Nullable String signalId, @Nullable Long time, @Nullable String strategy) {
    public AskLedger {
      if ((signalId == null) == (time == null)) {
        throw new IllegalArgumentException(
            "the ledger is asked about a signal_id or about a time, was "
                + (time == null ? "neither" : "both"));
      }
    }
  }

  /// @param decisions of one strategy each: what it saw, and the signals that followed, with their
  ///   orders, fills and positions; keys are column names, decimals are text, times UTC
  ///   microseconds
  public record LedgerExtract(String sessionId, List<Map<String, Object>> decisions) {}

  /// @param limit rows at most, 1 to 100,000
  /// @param cursor of the page before; null for the first
  public record HistoryQuery(
      HistoryKind kind, String sessionId, int limit, @Nullable String cursor) {}

  /// @param rows oldest first; keys are column names, decimals are text, times UTC microseconds
  /// @param nextCursor null at the end
  public record HistoryPage(List<Map<String, Object>> rows, @Nullable String nextCursor) {}

  /// A client asks for something that must not be carried out twice.
  ///
  /// @param key of the user's choice, 1 to 64 characters
  /// @param operation of the contract
  /// @param request hash of all that was sent
  /// @param time wall clock, UTC microseconds
  public record ClaimKey(String user, String key, String operation, String request, long time) {}

  /// @param first whether it has to be carried out now; all else is of the one before
  /// @param same whether the request is the same
  /// @param status of its answer, as in HTTP; null while there is none
  /// @param body of its answer; null when it is not kept
  public record KeyClaimed(
      boolean first, boolean same, @Nullable Integer status, @Nullable String body) {}

  /// @param body null when it must not be kept
  public record CompleteKey(String user, String key, int status, @Nullable String body) {}

  // Backtests and what they run over.

  /// @param from UTC microseconds of what is wanted first; null for the first there is
  /// @param to UTC microseconds that end the range, not part of it; null for all there is
  public record TimeRange(@Nullable Long from, @Nullable Long to) {
    public static final TimeRange ALL = new TimeRange(null, null);

    public TimeRange {
      if (from != null && to != null && from >= to) {
        throw new IllegalArgumentException(
            "from must be before to, was " + from + " and " + to + " (UTC microseconds)");
      }
    }
  }

  /// Starts a run of its own, also when the very same one is under way. It keeps the versions that
  /// it began with, and what it reads is not recorded again.
  ///
  /// @param session of mode backtest
  public record StartBacktest(StartSession session, TimeRange range) {}

  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  public record ChangePace(String sessionId, @Nullable Double acceleration) {}

  /// How far a backtest has come; what cannot be known is null.
  ///
  /// @param clock its time, UTC microseconds
  /// @param startTime of its first event, UTC microseconds
  /// @param endTime at which its data end, UTC microseconds
  /// @param fraction of the work that is done, from 0 to 1
  /// @param speed of late, times real time
  /// @param remainingMillis of the wall clock, at that speed
  /// @param acceleration null for as fast as possible
  /// @param cancelled whether it was ended before its data were
  public record BacktestProgress(
      String sessionId,
      @Nullable Long clock,
      @Nullable Long startTime,
      @Nullable Long endTime,
      @Nullable Double fraction,
      @Nullable Double speed,
      @Nullable Long remainingMillis,
      @Nullable Double acceleration,
      boolean cancelled) {}

  /// @param sessionId only this one; null for all that this process knows
  public record ListBacktests(@Nullable String sessionId) {}

  public record BacktestNow(SessionState session, BacktestProgress progress) {}

  /// @param backtests none when the one that was asked for is not known
  public record BacktestList(List<BacktestNow> backtests) {
    public BacktestList {
      backtests = List.copyOf(backtests);
    }
  }

  /// What the database keeps of a backtest besides its session.
  ///
  /// @param startTime of its first event, UTC microseconds
  /// @param endTime at which its data end, UTC microseconds; null when that is not known
  public record WriteBacktest(
      String sessionId,
      TimeRange range,
      long startTime,
      @Nullable Long endTime,
      boolean cancelled) {}

  /// Sessions that the database has, newest first.
  ///
  /// @param sessionId only this one; null for all
  /// @param mode only sessions of it; null for all but data collections
  /// @param limit rows at most, 1 to 1,000
  /// @param cursor of the page before; null for the first
  public record FindSessions(
      @Nullable String sessionId, @Nullable SessionMode mode, int limit, @Nullable String cursor) {
    /// The one session of this id, if there is one.
    public static FindSessions one(String sessionId) {
      return new FindSessions(sessionId, null, 1, null);
    }
  }

  /// Asks which live sessions were under way when the platform ended last, as it found out at its
  /// start.
  public record FindInterrupted() {}

  public record Interrupted(List<InterruptedSession> sessions) {
    public Interrupted {
      sessions = List.copyOf(sessions);
    }
  }

  /// @param startedAt UTC microseconds
  public record InterruptedSession(String sessionId, long startedAt) {}

  /// Takes back whatever a session that is not resumed has at its exchange.
  public record TakeBack(String sessionId, List<String> symbols) {
    public TakeBack {
      symbols = List.copyOf(symbols);
    }
  }

  /// @param orders that were taken back, as the exchange names them
  public record TakenBack(List<String> orders) {
    public TakenBack {
      orders = List.copyOf(orders);
    }
  }

  /// Asks what a session recorded.
  public record FindRecording(String sessionId, TimeRange range) {}

  /// Inputs of one kind that are kept under one UTC day, in the words of the store.
  ///
  /// @param firstSeq the least number there is
  /// @param lastSeq the greatest number there is
  public record RecordedPart(String series, LocalDate day, long firstSeq, long lastSeq) {}

  /// The recorded inputs of a session as they are now; it may go on recording.
  ///
  /// @param symbols that it recorded
  /// @param parts that hold its inputs, for [ReadRecording]
  /// @param intervals of source bars, by symbol; a symbol that is missing has trades or more
  /// @param firstSeq of the first input in the range
  /// @param lastSeq of the last input of all
  /// @param endTime of that one, UTC microseconds
  public record Recording(
      String sessionId,
      List<String> symbols,
      List<RecordedPart> parts,
      Map<String, Interval> intervals,
      long firstSeq,
      long lastSeq,
      long endTime) {
    public Recording {
      symbols = List.copyOf(symbols);
      parts = List.copyOf(parts);
      intervals = Map.copyOf(intervals);
    }
  }

  /// Reads a window of a recording. Nothing is kept between two questions, so any number of them
  /// may be under way at a time.
  ///
  /// @param recording as it was found
  /// @param after reads on behind this number
  /// @param limit numbers to look at, 1 to 5,000
  public record ReadRecording(Recording recording, long after, int limit) {
    public static final int MAX_LIMIT = 5_000;
  }

  /// @param inputs that came from a source, numbered within `after + 1` to `after + limit`, in
  ///   order; closings of bars are left out
  public record RecordingPage(List<Input> inputs) {
    public RecordingPage {
      inputs = List.copyOf(inputs);
    }
  }

  /// Asks which data there are to choose from.
  public record ListDataSets() {}

  /// Something that a backtest may run over; what is not cheaply known is null.
  ///
  /// @param id as a backtest names it: `demo`, `file:NAME`, `recording:SESSION`
  /// @param content `trades`, `bars`, or `messages` of an exchange
  /// @param symbols that it has data of
  /// @param interval of its bars
  /// @param from UTC microseconds of its first event
  /// @param to UTC microseconds of its last event
  /// @param rows events, closings of bars included where a session recorded them
  /// @param about one line for people
  /// @param problem why it cannot be used; null when it can, as far as was looked
  public record DataSet(
      String id,
      @Nullable String content,
      @Nullable List<String> symbols,
      @Nullable Interval interval,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable Long rows,
      String about,
      @Nullable String problem) {}

  public record DataSetList(List<DataSet> dataSets) {
    public DataSetList {
      dataSets = List.copyOf(dataSets);
    }
  }

  /// Asks for bars of some data, to be drawn.
  ///
  /// @param symbols of all the data
  /// @param data as in [StartSession], or a data set
  /// @param symbol whose bars are wanted
  /// @param interval at least that of the source's bars counts
  /// @param limit bars at most, 1 to 5,000
  public record ReadCandles(
      List<String> symbols,
      String data,
      String symbol,
      TimeRange range,
      Interval interval,
      int limit) {
    public ReadCandles {
      symbols = List.copyOf(symbols);
    }
  }

  /// @param interval of the bars
  /// @param bars oldest first
  public record Candles(String symbol, Interval interval, List<Bar> bars) {
    public Candles {
      bars = List.copyOf(bars);
    }
  }

  /// Asks for the equity of a session over time.
  ///
  /// @param points at most, 2 to 5,000
  public record ReadCurve(String sessionId, int points) {}

  /// @param equity at that time, in quote currency
  /// @param drawdown the deepest since the point before, as a share of the highest equity until
  ///   then; zero or below
  public record CurvePoint(long time, double equity, double drawdown) {}

  /// @param points oldest first
  public record Curve(List<CurvePoint> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /// Asks the database how it is.
  public record ReadDatabaseStatus() {}

  /// @param server its version
  /// @param schema version of the last migration
  /// @param bytes on its disk
  /// @param poolSize connections at most
  /// @param micros that the question took
  public record DatabaseStatus(
      String server, String schema, long bytes, int poolSize, long micros) {}

  // Data collection: market data that are recorded, without a strategy.

  /// @param symbols at least one
  /// @param streams what of the data is recorded, at least one
  /// @param data as in [StartSession], or a data set
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  public record StartCollection(
      List<String> symbols, Set<MarketStream> streams, String data, @Nullable Double acceleration) {
    public StartCollection {
      symbols = List.copyOf(symbols);
      streams = Set.copyOf(streams);
    }
  }

  /// Records all of a file, unless anything is wrong with it.
  ///
  /// @param file its path
  /// @param name to be shown
  /// @param kind what it must hold; null for whatever it does
  public record ImportFile(String symbol, String file, String name, @Nullable MarketStream kind) {}

  public record StopCollection(String sessionId) {}

  /// @param sessionId only this one; null for all that this process knows
  public record ListCollections(@Nullable String sessionId) {}

  /// Asks how a collection ended; answered when it has.
  public record AwaitCollection(String sessionId) {}

  /// @param streams in the order of [MarketStream]
  /// @param clock of the latest event, UTC microseconds; null before the first
  /// @param rows recorded so far
  /// @param consumed how much of the data, from 0 to 1
  /// @param startedAt wall clock, UTC microseconds
  /// @param error why it failed; null unless it did
  public record CollectionState(
      String sessionId,
      SessionStatus status,
      List<String> symbols,
      List<MarketStream> streams,
      String data,
      @Nullable Double acceleration,
      @Nullable Long clock,
      long rows,
      double consumed,
      long startedAt,
      @Nullable Long endedAt,
      @Nullable String error) {}

  /// @param collections newest first
  public record CollectionList(List<CollectionState> collections) {
    public CollectionList {
      collections = List.copyOf(collections);
    }
  }

  /// What the database keeps of a data collection besides its session.
  public record WriteCollection(String sessionId, List<MarketStream> streams) {}

  /// Data collections that the database has, newest first, with what they hold.
  ///
  /// @param sessionId only this one; null for all
  /// @param limit rows at most, 1 to 200
  /// @param cursor of the page before; null for the first
  public record FindCollections(@Nullable String sessionId, int limit, @Nullable String cursor) {}

  /// Asks what is in a file; all of it is read.
  public record CheckFile(String file, String symbol) {}

  /// @param streams that it has
  public record FileChecked(Set<MarketStream> streams, long rows) {
    public FileChecked {
      streams = Set.copyOf(streams);
    }
  }

  /// Makes a Parquet file of a recording, and hands it on while it is made, as [ExportPiece]s, each
  /// when the one before was taken. Answered when the last one was; one that is refused ends it.
  ///
  /// @param exportId of the one who asks, for the pieces
  public record WriteParquet(long exportId, String sessionId, String symbol, MarketStream kind) {
    /// How many are made at the same time; who asks for more waits.
    public static final int AT_A_TIME = 4;
  }

  /// Part of a file, in order.
  public record ExportPiece(long exportId, Buffer bytes) {}

  /// Asks what is wrong with the market data that a session recorded.
  public record CheckQuality(String sessionId) {}

  /// @param rows that were looked at
  /// @param complete whether these were all
  public record QualityReport(
      String sessionId, long rows, boolean complete, List<StreamQuality> streams) {
    public QualityReport {
      streams = List.copyOf(streams);
    }
  }

  public record FindOrder(String orderId) {}

  /// Rows as their records look in JSON.
  ///
  /// @param order as it stood last
  /// @param events what became of it, oldest first
  /// @param fills oldest first
  public record OrderRecord(
      Map<String, Object> order,
      List<Map<String, Object>> events,
      List<Map<String, Object>> fills) {}

  public record FindAccount(String sessionId) {}

  /// @param equity the latest mark; null before the first
  /// @param positions those that are open
  /// @param orders those that wait
  public record AccountRecord(
      String sessionId,
      @Nullable Map<String, Object> equity,
      List<Map<String, Object>> positions,
      List<Map<String, Object>> orders) {}

  public record ListInstruments() {}

  public record ReadLimits() {}

  /// @param limits what new sessions may do that name no limits; null for those of the
  ///   configuration
  /// @param by who changes them
  public record ChangeLimits(@Nullable RiskLimits limits, String by) {}

  /// What sessions may do that name no limits.
  ///
  /// @param limits that hold
  /// @param saved those that were saved; null when those of the configuration hold
  /// @param configured those of the configuration file
  /// @param firm those that the command line names, which come before both
  /// @param changedAt when they were saved, UTC microseconds; null when they never were
  /// @param changedBy who saved them
  public record StandingLimits(
      RiskLimits limits,
      @Nullable RiskLimits saved,
      RiskLimits configured,
      RiskLimits firm,
      @Nullable Long changedAt,
      @Nullable String changedBy) {}

  /// @param owner the user whose it is; null for one of the platform
  /// @param name such as `risk-limits`
  public record FindSetting(@Nullable String owner, String name) {}

  /// @param value JSON; null when nothing is saved
  /// @param changedAt UTC microseconds; null when it never was
  public record Setting(
      @Nullable String value, @Nullable Long changedAt, @Nullable String changedBy) {}

  /// @param value JSON; null to forget it
  public record WriteSetting(
      @Nullable String owner, String name, @Nullable String value, String by) {}

  /// @param data as in [StartSession]
  /// @param skip trades at the range's first moment that were read before
  public record ReadTrades(String data, String symbol, TimeRange range, int skip, int limit) {}

  /// @param nextFrom where the next page begins; null when this is the last
  /// @param nextSkip trades of that moment that were read already
  public record TradePage(List<Trade> trades, @Nullable Long nextFrom, int nextSkip) {}

  // The proof that a session decides the same again.

  /// What it takes to run a session again besides its inputs, as it was at its start.
  ///
  /// @param startTime the session's clock before its first input, UTC microseconds
  /// @param fillModel as [FillRules] writes it, and so are the three after it
  public record SessionBasis(
      String sessionId,
      SessionMode mode,
      long startTime,
      List<String> symbols,
      List<Instrument> instruments,
      BigDecimal cash,
      List<PlanBasis> plans,
      String fillModel,
      String slippage,
      String latency,
      String limitFill,
      RiskLimits risk,
      AccountRules account) {}

  /// @param version hash of the script
  public record PlanBasis(
      String instance,
      String strategy,
      String version,
      Map<String, Object> parameters,
      @Nullable Interval mainInterval) {}

  /// @param lastSeq of the session's last input
  public record CloseBasis(String sessionId, long lastSeq) {}

  /// @param sessionId of a session that has ended
  public record FindBasis(String sessionId) {}

  /// @param basis null for a session that did not record its inputs
  /// @param lastSeq null for one that was killed
  /// @param sources of the scripts, by hash
  /// @param interventionSeq of the first input after which somebody stepped in, which no input
  ///   tells of: an order by hand, a kill switch, another version, other parameters; one behind the
  ///   last of a session that failed; null when nothing of that happened
  /// @param intervention what it was; null when there was none
  /// @param proof what was found before, as JSON; null when it was not proved yet
  public record FoundBasis(
      @Nullable SessionBasis basis,
      @Nullable Long lastSeq,
      Map<String, String> sources,
      @Nullable Long interventionSeq,
      @Nullable String intervention,
      @Nullable String proof) {}

  public record CheckParity(String sessionId) {}

  /// What came of running a session again from its recorded inputs.
  ///
  /// @param inputs of the session
  /// @param compared inputs up to the first intervention; all when there was none
  /// @param intervention what ended the comparison; null when nothing did
  /// @param decisions of the session among those inputs: signals, orders, fills, positions, marks
  /// @param matched those that came again, to the last digit
  /// @param percent of the larger number of decisions of the two sides; 100 when there are none
  /// @param difference the first; null when there is none
  public record ParityProof(
      String sessionId,
      long inputs,
      long compared,
      @Nullable String intervention,
      long decisions,
      long matched,
      BigDecimal percent,
      @Nullable ParityDifference difference) {}

  /// @param kind such as `fills`
  /// @param seq of the input that it followed from
  /// @param session what the session has; null when it has nothing there
  /// @param again what came of running it again; null when nothing did
  public record ParityDifference(
      String kind,
      long seq,
      @Nullable Map<String, Object> session,
      @Nullable Map<String, Object> again) {}

  public record WriteProof(ParityProof proof) {}
}
