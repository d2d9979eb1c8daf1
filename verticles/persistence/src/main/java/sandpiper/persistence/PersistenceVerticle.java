package sandpiper.persistence;

import static sandpiper.bus.Channels.ACKNOWLEDGE_ALERT;
import static sandpiper.bus.Channels.ALERT_ACKNOWLEDGED;
import static sandpiper.bus.Channels.ASK_LEDGER;
import static sandpiper.bus.Channels.CHANGE_USER;
import static sandpiper.bus.Channels.CHECK_QUALITY;
import static sandpiper.bus.Channels.CLAIM_KEY;
import static sandpiper.bus.Channels.CLOSE_AUDIT;
import static sandpiper.bus.Channels.CLOSE_BASIS;
import static sandpiper.bus.Channels.COMPLETE_KEY;
import static sandpiper.bus.Channels.CREATE_USER;
import static sandpiper.bus.Channels.DATABASE_STATUS;
import static sandpiper.bus.Channels.DELETE_TOKEN;
import static sandpiper.bus.Channels.DELETE_USER;
import static sandpiper.bus.Channels.END_LOGINS;
import static sandpiper.bus.Channels.ERASE_SESSION;
import static sandpiper.bus.Channels.FIND_ACCOUNT;
import static sandpiper.bus.Channels.FIND_BASIS;
import static sandpiper.bus.Channels.FIND_COLLECTIONS;
import static sandpiper.bus.Channels.FIND_INTERRUPTED;
import static sandpiper.bus.Channels.FIND_ORDER;
import static sandpiper.bus.Channels.FIND_PERFORMANCE;
import static sandpiper.bus.Channels.FIND_RECORDING;
import static sandpiper.bus.Channels.FIND_SESSIONS;
import static sandpiper.bus.Channels.FIND_SETTING;
import static sandpiper.bus.Channels.FIND_TOKEN;
import static sandpiper.bus.Channels.FIND_USER;
import static sandpiper.bus.Channels.FIND_VERSION;
import static sandpiper.bus.Channels.HISTORY;
import static sandpiper.bus.Channels.KEEP_AUDIT;
import static sandpiper.bus.Channels.KEPT_VERSIONS;
import static sandpiper.bus.Channels.LIST_AUDIT;
import static sandpiper.bus.Channels.LIST_RECORDINGS;
import static sandpiper.bus.Channels.LIST_TOKENS;
import static sandpiper.bus.Channels.LIST_USERS;
import static sandpiper.bus.Channels.READ_CURVE;
import static sandpiper.bus.Channels.READ_RECORDING;
import static sandpiper.bus.Channels.TOUCH_TOKEN;
import static sandpiper.bus.Channels.WRITE_AUDIT;
import static sandpiper.bus.Channels.WRITE_BACKTEST;
import static sandpiper.bus.Channels.WRITE_BASIS;
import static sandpiper.bus.Channels.WRITE_COLLECTION;
import static sandpiper.bus.Channels.WRITE_INPUTS;
import static sandpiper.bus.Channels.WRITE_JOURNAL;
import static sandpiper.bus.Channels.WRITE_PERFORMANCE;
import static sandpiper.bus.Channels.WRITE_PROOF;
import static sandpiper.bus.Channels.WRITE_SESSION;
import static sandpiper.bus.Channels.WRITE_SETTING;
import static sandpiper.bus.Channels.WRITE_STRATEGY;
import static sandpiper.bus.Channels.WRITE_TOKEN;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Interrupted;
import sandpiper.bus.Meters;

/// Keeps sessions, strategies, journals, inputs, users and the audit log in PostgreSQL, and reads
/// them back.
///
/// Its start opens the database, the embedded server included, and fails with a sentence when it
/// cannot; its stop closes it in order. Deploy it before those who write and undeploy it after
/// them.
public final class PersistenceVerticle extends VerticleBase {
  private static final double MICROS_A_SECOND = 1e6;

  private final DatabaseConfig config;
  private final TimeSeriesConfig seriesConfig;
  private final Path migrations;
  private final boolean beside;
  private @Nullable Database database;
  private @Nullable DurableWrites durable;
  private volatile @Nullable DirectoryLock journalLock;

  /// @param migrations folder of the scripts
  public PersistenceVerticle(
      DatabaseConfig config, TimeSeriesConfig seriesConfig, Path migrations) {
    this(config, seriesConfig, migrations, false);
  }

  private PersistenceVerticle(
      DatabaseConfig config, TimeSeriesConfig seriesConfig, Path migrations, boolean beside) {
    this.config = config;
    this.seriesConfig = seriesConfig;
    this.migrations = migrations;
    this.beside = beside;
  }

  /// For a tool that may work beside a platform that runs: it shares that one's embedded server,
  /// leaves its sessions alone, and drops no data.
  public static PersistenceVerticle beside(
      DatabaseConfig config, TimeSeriesConfig seriesConfig, Path migrations) {
    return new PersistenceVerticle(config, seriesConfig, migrations, true);
  }

  @Override
  public Future<?> start() {
    return Database.open(vertx, config, migrations, beside)
        .compose(opened -> {
          database = opened;
          return opened
              .series(seriesConfig)
              .compose(series -> answer(opened, series))
              .recover(failure -> opened.close().transform(_ -> Future.failedFuture(failure)));
        });
  }

  private Future<?> answer(Database opened, TimeSeriesStore series) {
    var direct = new DirectWrites(opened.pool(), series, Meters.of(vertx));
    return writes(opened, direct)
        .compose(writes -> {
          var records = new Records(opened.pool(), writes, Meters.of(vertx));
          return (opened.isOwn()
                  ? records.endInterrupted()
                  : Future.succeededFuture(new Interrupted(List.of())))
              .compose(interrupted ->
                  Future.all(
                      new Bus(vertx)
                          .answer(FIND_INTERRUPTED, _ -> Future.succeededFuture(interrupted)),
                      answerSessions(records, opened.pool(), writes),
                      answerBacktests(opened.pool(), series, writes),
                      answerAccess(opened.pool(), writes)));
        })
        .onSuccess(_ -> keep(series));
  }

  /// A tool beside a platform leaves that one's journal alone.
  private Future<Writes> writes(Database opened, DirectWrites direct) {
    if (beside && !opened.isOwn()) {
      return Future.succeededFuture(direct);
    }
    var disk = vertx.createSharedWorkerExecutor("sandpiper-journal-" + config.journalFolder(), 1);
    return disk.executeBlocking(
            () -> {
              journalLock = DirectoryLock.take("database.journal", config.journalFolder());
              return DiskJournal.open(
                  config.journalFolder(), config.journalBytes(), PersistenceVerticle::now);
            })
        .compose(journal -> {
          measure(journal);
          var bus = new Bus(vertx);
          durable =
              new DurableWrites(
                  context,
                  direct,
                  journal,
                  disk,
                  state -> bus.publish(Channels.STORAGE_STATE, state));
          return durable.start().map(durable);
        });
  }

  private void measure(DiskJournal journal) {
    var meters = Meters.of(vertx);
    meters.gauge(Meters.JOURNAL_RECORDS, journal, DiskJournal::records);
    meters.gauge(Meters.JOURNAL_BYTES, journal, DiskJournal::bytes);
    meters.gauge(
        Meters.JOURNAL_AGE,
        journal,
        each -> each.oldest() == 0 ? 0 : Math.max(0, (now() - each.oldest()) / MICROS_A_SECOND));
  }

  private void keep(TimeSeriesStore series) {
    if (!beside) {
      new Retention(series, seriesConfig.retentionDays(), () -> LocalDate.now(ZoneOffset.UTC))
          .start(vertx);
    }
  }

  @Override
  public Future<?> stop() {
    var written = durable == null ? Future.<Void>succeededFuture() : durable.close();
    return written
        .eventually(() -> database == null ? Future.succeededFuture() : database.close())
        .eventually(() -> vertx.executeBlocking(this::unlock));
  }

  private @Nullable Void unlock() throws IOException {
    if (journalLock != null) {
      journalLock.close();
      journalLock = null;
    }
    return null;
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private Future<?> answerBacktests(Pool pool, TimeSeriesStore series, Writes writes) {
    var backtests = new Backtests(writes);
    var recordings = new Recordings(pool, series);
    var collections = new Collections(pool, series, writes);
    var quality = new Quality(vertx, recordings);
    var bus = new Bus(vertx);
    return Future.all(
        List.of(
            bus.answer(WRITE_COLLECTION, collections::write),
            bus.answer(FIND_COLLECTIONS, collections::find),
            bus.answer(CHECK_QUALITY, quality::check),
            bus.answer(WRITE_BACKTEST, backtests::write),
            bus.answer(LIST_RECORDINGS, recordings::list),
            bus.answer(FIND_RECORDING, recordings::find),
            bus.answer(READ_RECORDING, recordings::read)));
  }

  private Future<?> answerSessions(Records records, Pool pool, Writes writes) {
    var sessions = new Sessions(pool);
    var history = new History(pool);
    var versions = new Versions(pool);
    var performances = new Performances(pool, writes);
    var acknowledgements = new Acknowledgements(pool);
    var status = new Status(pool, config.poolSize());
    var ledger = new DecisionLedger(pool);
    var settings = new Settings(pool);
    var parity = new ParityProofs(pool, writes);
    var bus = new Bus(vertx);
    return Future.all(
        List.of(
            bus.answer(WRITE_JOURNAL, records::write),
            bus.answer(WRITE_INPUTS, records::write),
            bus.answer(WRITE_SESSION, records::write),
            bus.answer(WRITE_PERFORMANCE, performances::write),
            bus.answer(FIND_PERFORMANCE, performances::find),
            bus.answer(FIND_ORDER, history::order),
            bus.answer(FIND_ACCOUNT, history::account),
            bus.answer(WRITE_BASIS, parity::write),
            bus.answer(CLOSE_BASIS, parity::close),
            bus.answer(FIND_BASIS, parity::find),
            bus.answer(WRITE_PROOF, parity::write),
            bus.answer(FIND_SETTING, settings::find),
            bus.answer(WRITE_SETTING, settings::write),
            bus.answer(
                ACKNOWLEDGE_ALERT,
                seen ->
                    acknowledgements
                        .write(seen)
                        .onSuccess(done -> bus.publish(ALERT_ACKNOWLEDGED, done))),
            bus.answer(WRITE_STRATEGY, versions::write),
            bus.answer(FIND_VERSION, versions::find),
            bus.answer(KEPT_VERSIONS, versions::list),
            bus.answer(ASK_LEDGER, ledger::find),
            bus.answer(DATABASE_STATUS, _ -> status.read()),
            bus.answer(HISTORY, history::page),
            bus.answer(FIND_SESSIONS, sessions::find),
            bus.answer(ERASE_SESSION, erase -> settled().compose(_ -> sessions.erase(erase))),
            bus.answer(READ_CURVE, sessions::curve)));
  }

  /// What is forgotten must not come back out of the journal.
  private Future<Void> settled() {
    return durable == null ? Future.succeededFuture() : durable.settled();
  }

  private Future<?> answerAccess(Pool pool, Writes writes) {
    var users = new Users(pool);
    var tokens = new Tokens(pool);
    var audit = new AuditLog(pool, writes);
    var keys = new IdempotencyKeys(pool);
    var bus = new Bus(vertx);
    return Future.all(
        List.of(
            bus.answer(FIND_USER, users::find),
            bus.answer(LIST_USERS, users::list),
            bus.answer(CREATE_USER, users::create),
            bus.answer(CHANGE_USER, users::change),
            bus.answer(DELETE_USER, users::delete),
            bus.answer(FIND_TOKEN, tokens::find),
            bus.answer(WRITE_TOKEN, tokens::write),
            bus.answer(TOUCH_TOKEN, tokens::touch),
            bus.answer(LIST_TOKENS, tokens::list),
            bus.answer(DELETE_TOKEN, tokens::delete),
            bus.answer(END_LOGINS, tokens::endLogins),
            bus.answer(WRITE_AUDIT, audit::write),
            bus.answer(KEEP_AUDIT, audit::keep),
            bus.answer(CLOSE_AUDIT, audit::close),
            bus.answer(LIST_AUDIT, audit::list),
            bus.answer(CLAIM_KEY, keys::claim),
            bus.answer(COMPLETE_KEY, keys::complete)));
  }
}
