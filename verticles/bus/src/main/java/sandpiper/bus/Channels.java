package sandpiper.bus;

import sandpiper.bus.Access.AuditKept;
import sandpiper.bus.Access.AuditPage;
import sandpiper.bus.Access.AuditWritten;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.CloseAudit;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.DeleteToken;
import sandpiper.bus.Access.DeleteUser;
import sandpiper.bus.Access.EndLogins;
import sandpiper.bus.Access.FindToken;
import sandpiper.bus.Access.FindUser;
import sandpiper.bus.Access.FoundToken;
import sandpiper.bus.Access.FoundUser;
import sandpiper.bus.Access.KeepAudit;
import sandpiper.bus.Access.ListAudit;
import sandpiper.bus.Access.ListTokens;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.TokenList;
import sandpiper.bus.Access.TouchToken;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Access.UserList;
import sandpiper.bus.Access.WriteAudit;
import sandpiper.bus.Access.WriteToken;
import sandpiper.bus.Messages.AccountRecord;
import sandpiper.bus.Messages.AcknowledgeAlert;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.AddIndicators;
import sandpiper.bus.Messages.AdmitLive;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Messages.AmendManually;
import sandpiper.bus.Messages.AskLedger;
import sandpiper.bus.Messages.AwaitCollection;
import sandpiper.bus.Messages.BacktestList;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.CancelAllManually;
import sandpiper.bus.Messages.CancelManually;
import sandpiper.bus.Messages.Candles;
import sandpiper.bus.Messages.ChangeLimits;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CheckFile;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.CheckQuality;
import sandpiper.bus.Messages.CheckStrategy;
import sandpiper.bus.Messages.ClaimKey;
import sandpiper.bus.Messages.CloseAllPositions;
import sandpiper.bus.Messages.CloseBasis;
import sandpiper.bus.Messages.ClosePosition;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.CollectionList;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.CompleteKey;
import sandpiper.bus.Messages.Curve;
import sandpiper.bus.Messages.DataSetList;
import sandpiper.bus.Messages.DatabaseStatus;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.DeleteStrategy;
import sandpiper.bus.Messages.DiffVersions;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.EngineStatus;
import sandpiper.bus.Messages.ExportPiece;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedHealth;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FeedReport;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.FeedValue;
import sandpiper.bus.Messages.FileChecked;
import sandpiper.bus.Messages.FindAccount;
import sandpiper.bus.Messages.FindBasis;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.FindInstruments;
import sandpiper.bus.Messages.FindInterrupted;
import sandpiper.bus.Messages.FindOrder;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.FindSetting;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.FoundBasis;
import sandpiper.bus.Messages.FoundVersion;
import sandpiper.bus.Messages.GetStrategy;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.IndicatorsAdded;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.InstrumentList;
import sandpiper.bus.Messages.Interrupted;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.KeptPerformance;
import sandpiper.bus.Messages.KeyClaimed;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.KilledAll;
import sandpiper.bus.Messages.LedgerExtract;
import sandpiper.bus.Messages.ListBacktests;
import sandpiper.bus.Messages.ListCollections;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ListInstruments;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.MarketSample;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.OrderEvents;
import sandpiper.bus.Messages.OrderRecord;
import sandpiper.bus.Messages.OrderStands;
import sandpiper.bus.Messages.OrdersStand;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.ParityProof;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.PlaceManualOrder;
import sandpiper.bus.Messages.PlanStrategies;
import sandpiper.bus.Messages.PublishPrices;
import sandpiper.bus.Messages.PublishValue;
import sandpiper.bus.Messages.Published;
import sandpiper.bus.Messages.QualityReport;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.ReadCurve;
import sandpiper.bus.Messages.ReadDatabaseStatus;
import sandpiper.bus.Messages.ReadLimits;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.ReadTrades;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Messages.ReleaseTrading;
import sandpiper.bus.Messages.RestoreStrategy;
import sandpiper.bus.Messages.SampleMarket;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.SessionBasis;
import sandpiper.bus.Messages.SessionDeleted;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.SessionList;
import sandpiper.bus.Messages.SessionPerformance;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStopped;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StandingLimits;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.bus.Messages.StrategyChecked;
import sandpiper.bus.Messages.StrategyDeleted;
import sandpiper.bus.Messages.StrategyDetail;
import sandpiper.bus.Messages.StrategyList;
import sandpiper.bus.Messages.StrategyPlans;
import sandpiper.bus.Messages.StrategySaved;
import sandpiper.bus.Messages.StrategyWritten;
import sandpiper.bus.Messages.TakeBack;
import sandpiper.bus.Messages.TakenBack;
import sandpiper.bus.Messages.TradePage;
import sandpiper.bus.Messages.VersionDiff;
import sandpiper.bus.Messages.VersionList;
import sandpiper.bus.Messages.WriteBacktest;
import sandpiper.bus.Messages.WriteCollection;
import sandpiper.bus.Messages.WriteParquet;
import sandpiper.bus.Messages.WriteProof;
import sandpiper.bus.Messages.WriteSetting;
import sandpiper.bus.Messages.WriteStrategy;

/// Every address there is. An address is never a literal anywhere else.
public final class Channels {
  private Channels() {}

  /// Asked and answered: a reply, or a failure with a sentence for people.
  ///
  /// @param patient whether the answer may take any time; else a minute
  @SuppressWarnings("UnusedTypeParameter") // says what may be asked
  public record Request<Q extends Record, R extends Record>(
      String address, Class<R> reply, boolean patient) {
    public Request(String address, Class<R> reply) {
      this(address, reply, false);
    }
  }

  /// Published to whoever listens.
  @SuppressWarnings("UnusedTypeParameter") // says what may be published
  public record Stream<T extends Record>(String address) {}

  // Life cycle of sessions: gateway and command line → sessions.
  public static final Request<StartSession, SessionStarted> START_SESSION =
      new Request<>("sessions.start", SessionStarted.class);
  public static final Request<StopSession, SessionStopped> STOP_SESSION =
      new Request<>("sessions.stop", SessionStopped.class);
  public static final Request<ListSessions, SessionList> LIST_SESSIONS =
      new Request<>("sessions.list", SessionList.class);
  public static final Stream<SessionState> SESSION_STATES = new Stream<>("sessions.states");
  public static final Request<PublishValue, Published> PUBLISH_VALUE =
      new Request<>("sessions.value", Published.class);
  public static final Request<PauseSession, SessionState> PAUSE_SESSION =
      new Request<>("sessions.pause", SessionState.class);
  public static final Request<DeleteSession, SessionDeleted> DELETE_SESSION =
      new Request<>("sessions.delete", SessionDeleted.class, true);
  public static final Stream<SessionDeleted> SESSION_DELETED = new Stream<>("sessions.deleted");
  public static final Request<DeleteSession, Done> ERASE_SESSION =
      new Request<>("persistence.erase-session", Done.class, true);

  // Operations: gateway → persistence.
  public static final Request<ReadDatabaseStatus, DatabaseStatus> DATABASE_STATUS =
      new Request<>("database.status", DatabaseStatus.class);

  // Feeds: sessions → feeds, and back when the data are at their end.
  public static final Request<OpenFeed, FeedOpened> OPEN_FEED =
      new Request<>("feeds.open", FeedOpened.class);
  public static final Request<PauseSession, Done> PAUSE_FEED =
      new Request<>("feeds.pause", Done.class);
  public static final Request<PublishPrices, Published> PUBLISH_PRICES =
      new Request<>("feeds.prices", Published.class);
  public static final Request<FeedValue, Published> FEED_VALUE =
      new Request<>("feeds.value", Published.class);

  /// The word of an exchange becomes an input of its session.
  public static final Request<FeedReport, Done> FEED_REPORT =
      new Request<>("feeds.report", Done.class);

  /// A resumed session has seen again all that it had seen before; from here on it is live.
  public static final Request<CloseSession, Done> FEED_RESUMED =
      new Request<>("sessions.feed-resumed", Done.class);

  /// Answered when every input that went out is on record.
  public static final Request<CloseSession, Done> FLUSH_FEED =
      new Request<>("feeds.flush", Done.class, true);

  public static final Request<CloseSession, Done> START_FEED =
      new Request<>("feeds.start", Done.class);
  public static final Request<CloseSession, FeedStopped> STOP_FEED =
      new Request<>("feeds.stop", FeedStopped.class);
  public static final Request<FeedEnded, Done> FEED_ENDED =
      new Request<>("sessions.feed-ended", Done.class);
  public static final Request<SampleMarket, MarketSample> SAMPLE_MARKET =
      new Request<>("feeds.sample", MarketSample.class);
  public static final Stream<FeedProgress> FEED_PROGRESS = new Stream<>("feeds.progress");
  public static final Request<FindInstruments, InstrumentList> FIND_INSTRUMENTS =
      new Request<>("feeds.instruments", InstrumentList.class);
  public static final Stream<FeedHealth> FEED_HEALTH = new Stream<>("feeds.health");

  // The chain of one input.
  public static final Request<Input, Done> INPUT = new Request<>("indicators.input", Done.class);
  public static final Request<Step, Done> STEP = new Request<>("strategies.step", Done.class);
  public static final Request<Input, OrderEvents> ORDERS_INPUT =
      new Request<>("orders.input", OrderEvents.class);
  public static final Request<Actions, OrderEvents> ORDERS_SUBMIT =
      new Request<>("orders.submit", OrderEvents.class);

  // Risk: gateway → orders.
  public static final Request<KillSwitch, Done> KILL_SWITCH =
      new Request<>("orders.kill-switch", Done.class);
  public static final Request<KillAll, KilledAll> KILL_ALL =
      new Request<>("sessions.kill-all", KilledAll.class);
  public static final Request<CloseAllPositions, OrdersStand> CLOSE_ALL_POSITIONS =
      new Request<>("orders.close-all-positions", OrdersStand.class);
  public static final Request<CancelAllManually, OrdersStand> CANCEL_ALL_MANUALLY =
      new Request<>("orders.cancel-all-manually", OrdersStand.class);
  public static final Request<ReleaseTrading, Done> RELEASE_TRADING =
      new Request<>("orders.release", Done.class);

  // Orders by hand: gateway → orders.
  public static final Request<PlaceManualOrder, OrderStands> PLACE_MANUAL_ORDER =
      new Request<>("orders.manual.place", OrderStands.class);
  public static final Request<CancelManually, OrderStands> CANCEL_MANUALLY =
      new Request<>("orders.manual.cancel", OrderStands.class);
  public static final Request<AmendManually, OrderStands> AMEND_MANUALLY =
      new Request<>("orders.manual.amend", OrderStands.class);
  public static final Request<ClosePosition, OrderStands> CLOSE_POSITION =
      new Request<>("orders.manual.close", OrderStands.class);

  // Indicators.
  public static final Request<OpenSession, Done> OPEN_INDICATORS =
      new Request<>("indicators.open", Done.class);
  public static final Request<AddIndicators, IndicatorsAdded> ADD_INDICATORS =
      new Request<>("indicators.add", IndicatorsAdded.class);
  public static final Request<CloseSession, Done> CLOSE_INDICATORS =
      new Request<>("indicators.close", Done.class);

  // Strategies.
  public static final Request<ListStrategies, StrategyList> LIST_STRATEGIES =
      new Request<>("strategies.list", StrategyList.class);
  public static final Request<ListStrategies, EngineStatus> ENGINE_STATUS =
      new Request<>("strategies.engine-status", EngineStatus.class);
  public static final Request<PlanStrategies, StrategyPlans> PLAN_STRATEGIES =
      new Request<>("strategies.plan", StrategyPlans.class);
  public static final Request<OpenSession, Done> OPEN_STRATEGIES =
      new Request<>("strategies.open", Done.class);
  public static final Request<StopStrategies, Done> STOP_STRATEGIES =
      new Request<>("strategies.stop", Done.class);
  public static final Request<CloseSession, Done> CLOSE_STRATEGIES =
      new Request<>("strategies.close", Done.class);

  public static final Request<ChangeParameters, ParametersChanged> CHANGE_PARAMETERS =
      new Request<>("strategies.change-parameters", ParametersChanged.class);
  public static final Request<CommandStrategy, Done> COMMAND_STRATEGY =
      new Request<>("strategies.command", Done.class);
  public static final Stream<StrategiesChanged> STRATEGIES_CHANGED =
      new Stream<>("strategies.changed");
  // Versions of strategies: gateway → strategies.
  public static final Request<GetStrategy, StrategyDetail> GET_STRATEGY =
      new Request<>("strategies.get", StrategyDetail.class);
  public static final Request<ListVersions, VersionList> LIST_VERSIONS =
      new Request<>("strategies.list-versions", VersionList.class);
  public static final Request<DiffVersions, VersionDiff> DIFF_VERSIONS =
      new Request<>("strategies.diff-versions", VersionDiff.class);
  public static final Request<SaveStrategy, StrategySaved> SAVE_STRATEGY =
      new Request<>("strategies.save", StrategySaved.class);
  public static final Request<RestoreStrategy, StrategySaved> RESTORE_STRATEGY =
      new Request<>("strategies.restore", StrategySaved.class);
  public static final Request<CheckStrategy, StrategyChecked> CHECK_STRATEGY =
      new Request<>("strategies.check", StrategyChecked.class);
  public static final Request<DeleteStrategy, StrategyDeleted> DELETE_STRATEGY =
      new Request<>("strategies.delete", StrategyDeleted.class);

  // Orders.
  public static final Request<OpenSession, Done> OPEN_ORDERS =
      new Request<>("orders.open", Done.class);

  /// Before a session of mode live is begun.
  public static final Request<AdmitLive, Done> ADMIT_LIVE =
      new Request<>("orders.admit-live", Done.class);

  /// Of a session that is over and has orders left.
  public static final Request<TakeBack, TakenBack> TAKE_BACK =
      new Request<>("orders.take-back", TakenBack.class);

  /// Takes back what a session of mode live has at its exchange; answered when all of that is over
  /// and told, or nobody can wait any longer.
  public static final Request<CloseSession, Done> WIND_DOWN =
      new Request<>("orders.wind-down", Done.class, true);

  public static final Request<StopStrategies, SessionEnded> FINISH_ORDERS =
      new Request<>("orders.finish", SessionEnded.class);
  public static final Request<CloseSession, Done> CLOSE_ORDERS =
      new Request<>("orders.close", Done.class);

  // Persistence: answered when it is safe, in the database or in the journal on disk; while there
  // is
  // room in neither, not at all.
  public static final Stream<StorageState> STORAGE_STATE =
      new Stream<>("persistence.storage-state");
  public static final Request<JournalBatch, Done> WRITE_JOURNAL =
      new Request<>("persistence.write-journal", Done.class, true);
  public static final Request<InputBatch, Done> WRITE_INPUTS =
      new Request<>("persistence.write-inputs", Done.class, true);
  public static final Request<SessionState, Done> WRITE_SESSION =
      new Request<>("persistence.write-session", Done.class, true);
  public static final Request<SessionPerformance, Done> WRITE_PERFORMANCE =
      new Request<>("persistence.write-performance", Done.class, true);
  public static final Request<FindPerformance, KeptPerformance> FIND_PERFORMANCE =
      new Request<>("persistence.find-performance", KeptPerformance.class);
  public static final Request<AcknowledgeAlert, AlertAcknowledged> ACKNOWLEDGE_ALERT =
      new Request<>("persistence.acknowledge-alert", AlertAcknowledged.class);
  public static final Stream<AlertAcknowledged> ALERT_ACKNOWLEDGED =
      new Stream<>("persistence.alert-acknowledged");
  public static final Request<WriteStrategy, StrategyWritten> WRITE_STRATEGY =
      new Request<>("persistence.write-strategy", StrategyWritten.class);
  public static final Request<FindInterrupted, Interrupted> FIND_INTERRUPTED =
      new Request<>("persistence.find-interrupted", Interrupted.class);
  public static final Request<FindVersion, FoundVersion> FIND_VERSION =
      new Request<>("persistence.find-version", FoundVersion.class);
  public static final Request<ListVersions, VersionList> KEPT_VERSIONS =
      new Request<>("persistence.list-versions", VersionList.class);
  public static final Request<AskLedger, LedgerExtract> ASK_LEDGER =
      new Request<>("persistence.ask-ledger", LedgerExtract.class);
  public static final Request<HistoryQuery, HistoryPage> HISTORY =
      new Request<>("persistence.history", HistoryPage.class);

  // One order, and how the account of a session stands.
  public static final Request<FindOrder, OrderRecord> FIND_ORDER =
      new Request<>("persistence.find-order", OrderRecord.class);
  public static final Request<FindAccount, AccountRecord> FIND_ACCOUNT =
      new Request<>("persistence.find-account", AccountRecord.class);

  // What can be traded, and what sessions may do that do not say otherwise: gateway → sessions,
  // sessions → persistence.
  public static final Request<ListInstruments, InstrumentList> LIST_INSTRUMENTS =
      new Request<>("sessions.list-instruments", InstrumentList.class);
  public static final Request<ReadLimits, StandingLimits> READ_LIMITS =
      new Request<>("sessions.read-limits", StandingLimits.class);
  public static final Request<ChangeLimits, StandingLimits> CHANGE_LIMITS =
      new Request<>("sessions.change-limits", StandingLimits.class);
  public static final Request<FindSetting, Setting> FIND_SETTING =
      new Request<>("persistence.find-setting", Setting.class);
  public static final Request<WriteSetting, Setting> WRITE_SETTING =
      new Request<>("persistence.write-setting", Setting.class);

  // Users, tokens and the audit log: gateway and command line → persistence.
  public static final Request<FindUser, FoundUser> FIND_USER =
      new Request<>("persistence.find-user", FoundUser.class);
  public static final Request<ListUsers, UserList> LIST_USERS =
      new Request<>("persistence.list-users", UserList.class);
  public static final Request<CreateUser, UserAccount> CREATE_USER =
      new Request<>("persistence.create-user", UserAccount.class);
  public static final Request<ChangeUser, UserAccount> CHANGE_USER =
      new Request<>("persistence.change-user", UserAccount.class);
  public static final Request<DeleteUser, Done> DELETE_USER =
      new Request<>("persistence.delete-user", Done.class);
  public static final Request<FindToken, FoundToken> FIND_TOKEN =
      new Request<>("persistence.find-token", FoundToken.class);
  public static final Request<WriteToken, Done> WRITE_TOKEN =
      new Request<>("persistence.write-token", Done.class);
  public static final Request<TouchToken, Done> TOUCH_TOKEN =
      new Request<>("persistence.touch-token", Done.class);
  public static final Request<ListTokens, TokenList> LIST_TOKENS =
      new Request<>("persistence.list-tokens", TokenList.class);
  public static final Request<DeleteToken, Done> DELETE_TOKEN =
      new Request<>("persistence.delete-token", Done.class);
  public static final Request<EndLogins, Done> END_LOGINS =
      new Request<>("persistence.end-logins", Done.class);
  public static final Request<WriteAudit, AuditWritten> WRITE_AUDIT =
      new Request<>("persistence.write-audit", AuditWritten.class);
  public static final Request<KeepAudit, AuditKept> KEEP_AUDIT =
      new Request<>("persistence.keep-audit", AuditKept.class);
  public static final Request<CloseAudit, Done> CLOSE_AUDIT =
      new Request<>("persistence.close-audit", Done.class);
  public static final Request<ListAudit, AuditPage> LIST_AUDIT =
      new Request<>("persistence.list-audit", AuditPage.class);

  // Requests that are carried out once: gateway → persistence.
  public static final Request<ClaimKey, KeyClaimed> CLAIM_KEY =
      new Request<>("persistence.claim-key", KeyClaimed.class);
  public static final Request<CompleteKey, Done> COMPLETE_KEY =
      new Request<>("persistence.complete-key", Done.class);

  // Backtests: gateway → sessions, sessions → feeds, gateway and feeds → persistence.
  public static final Request<StartBacktest, SessionStarted> START_BACKTEST =
      new Request<>("sessions.start-backtest", SessionStarted.class);
  public static final Request<ListBacktests, BacktestList> LIST_BACKTESTS =
      new Request<>("sessions.list-backtests", BacktestList.class);
  public static final Request<ChangePace, BacktestList> CHANGE_PACE =
      new Request<>("sessions.change-pace", BacktestList.class);
  public static final Stream<BacktestProgress> BACKTEST_PROGRESS =
      new Stream<>("sessions.backtest-progress");
  public static final Request<ChangePace, Done> CHANGE_FEED_PACE =
      new Request<>("feeds.change-pace", Done.class);
  public static final Request<WriteBacktest, Done> WRITE_BACKTEST =
      new Request<>("persistence.write-backtest", Done.class, true);
  public static final Request<FindSessions, HistoryPage> FIND_SESSIONS =
      new Request<>("persistence.find-sessions", HistoryPage.class);
  public static final Request<FindRecording, Recording> FIND_RECORDING =
      new Request<>("persistence.find-recording", Recording.class);
  public static final Request<ReadRecording, RecordingPage> READ_RECORDING =
      new Request<>("persistence.read-recording", RecordingPage.class);

  // What a backtest may run over, and what there is to draw of it: gateway → feeds, persistence.
  public static final Request<ListDataSets, DataSetList> LIST_FILES =
      new Request<>("feeds.list-files", DataSetList.class);
  public static final Request<ListDataSets, DataSetList> LIST_RECORDINGS =
      new Request<>("persistence.list-recordings", DataSetList.class);
  public static final Request<ReadCandles, Candles> READ_CANDLES =
      new Request<>("feeds.read-candles", Candles.class);
  public static final Request<ReadTrades, TradePage> READ_TRADES =
      new Request<>("feeds.read-trades", TradePage.class);
  public static final Request<ReadCurve, Curve> READ_CURVE =
      new Request<>("persistence.read-curve", Curve.class);

  // Data collection: gateway and command line → sessions, sessions → feeds, persistence.
  public static final Request<StartCollection, SessionStarted> START_COLLECTION =
      new Request<>("collections.start", SessionStarted.class);
  public static final Request<ImportFile, SessionStarted> IMPORT_FILE =
      new Request<>("collections.import", SessionStarted.class);
  public static final Request<StopCollection, CollectionList> STOP_COLLECTION =
      new Request<>("collections.stop", CollectionList.class);
  public static final Request<ListCollections, CollectionList> LIST_COLLECTIONS =
      new Request<>("collections.list", CollectionList.class);
  public static final Stream<CollectionState> COLLECTION_STATES =
      new Stream<>("collections.states");
  public static final Request<AwaitCollection, CollectionState> AWAIT_COLLECTION =
      new Request<>("collections.await", CollectionState.class, true);
  public static final Request<CheckFile, FileChecked> CHECK_FILE =
      new Request<>("feeds.check-file", FileChecked.class);
  public static final Request<WriteParquet, Done> WRITE_PARQUET =
      new Request<>("feeds.write-parquet", Done.class, true);
  public static final Request<WriteCollection, Done> WRITE_COLLECTION =
      new Request<>("persistence.write-collection", Done.class, true);
  public static final Request<FindCollections, HistoryPage> FIND_COLLECTIONS =
      new Request<>("persistence.find-collections", HistoryPage.class);
  public static final Request<CheckQuality, QualityReport> CHECK_QUALITY =
      new Request<>("persistence.check-quality", QualityReport.class);

  // A file that is made while it is sent: feeds → gateway.
  public static final Request<ExportPiece, Done> EXPORT_PIECE =
      new Request<>("exports.piece", Done.class, true);

  // The proof that a session decides the same again: sessions and gateway → persistence, gateway →
  // the platform.
  public static final Request<SessionBasis, Done> WRITE_BASIS =
      new Request<>("persistence.write-basis", Done.class, true);
  public static final Request<CloseBasis, Done> CLOSE_BASIS =
      new Request<>("persistence.close-basis", Done.class, true);
  public static final Request<FindBasis, FoundBasis> FIND_BASIS =
      new Request<>("persistence.find-basis", FoundBasis.class);
  public static final Request<CheckParity, ParityProof> CHECK_PARITY =
      new Request<>("parity.check", ParityProof.class);
  public static final Request<WriteProof, Done> WRITE_PROOF =
      new Request<>("persistence.write-proof", Done.class);

  // Screens: what the gateway shows. Offered, never waited for.
  public static final Request<Step, Done> SCREEN_STEP = new Request<>("screens.step", Done.class);
  public static final Request<JournalBatch, Done> SCREEN_JOURNAL =
      new Request<>("screens.journal", Done.class);

  /// Outside clients, as JSON: the state of every session, and how backtests come along.
  public static final String CONSOLE_SESSIONS = "console.sessions";

  /// Outside clients, as JSON: how the platform itself is, once a second.
  public static final String CONSOLE_SYSTEM = "console.system";

  /// Outside clients, as JSON: asks for what a session's screen needs to begin.
  public static final String CONSOLE_SNAPSHOT = "console.snapshot";

  /// Outside clients, as JSON: all inputs of one session, by their numbers.
  public static String sessionInputs(String sessionId) {
    return "session.inputs." + sessionId;
  }

  /// Outside clients, as JSON: all messages of one session, numbered without a gap.
  public static String consoleSession(String sessionId) {
    return "console.session." + sessionId;
  }
}
