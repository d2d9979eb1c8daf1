package sandpiper.persistence;

import static sandpiper.bus.Channels.ACKNOWLEDGE_ALERT;
import static sandpiper.bus.Channels.ALERT_ACKNOWLEDGED;
import static sandpiper.bus.Channels.ASK_LEDGER;
import static sandpiper.bus.Channels.FIND_BACKTESTS;
import static sandpiper.bus.Channels.FIND_PERFORMANCE;
import static sandpiper.bus.Channels.FIND_RECORDING;
import static sandpiper.bus.Channels.FIND_VERSION;
import static sandpiper.bus.Channels.HISTORY;
import static sandpiper.bus.Channels.KEPT_VERSIONS;
import static sandpiper.bus.Channels.LIST_RECORDINGS;
import static sandpiper.bus.Channels.READ_CURVE;
import static sandpiper.bus.Channels.READ_RECORDING;
import static sandpiper.bus.Channels.WRITE_BACKTEST;
import static sandpiper.bus.Channels.WRITE_INPUTS;
import static sandpiper.bus.Channels.WRITE_JOURNAL;
import static sandpiper.bus.Channels.WRITE_PERFORMANCE;
import static sandpiper.bus.Channels.WRITE_SESSION;
import static sandpiper.bus.Channels.WRITE_STRATEGY;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;

/// Keeps sessions, strategies, journals and inputs in PostgreSQL, and reads them back.
///
/// Its start opens the database, the embedded server included, and fails with a sentence when it
/// cannot; its stop closes it in order. Deploy it before those who write and undeploy it after
/// them.
public final class PersistenceVerticle extends VerticleBase {
  private final DatabaseConfig config;
  private final Path migrations;
  private final boolean beside;
  private @Nullable Database database;

  /// @param migrations folder of the scripts
  public PersistenceVerticle(DatabaseConfig config, Path migrations) {
    this(config, migrations, false);
  }

  private PersistenceVerticle(DatabaseConfig config, Path migrations, boolean beside) {
    this.config = config;
    this.migrations = migrations;
    this.beside = beside;
  }

  /// For a tool that may work beside a platform that runs: it shares that one's embedded server,
  /// and leaves its sessions alone.
  public static PersistenceVerticle beside(DatabaseConfig config, Path migrations) {
    return new PersistenceVerticle(config, migrations, true);
  }

  @Override
  public Future<?> start() {
    return Database.open(vertx, config, migrations, beside)
        .compose(opened -> {
          database = opened;
          var records = new Records(opened.pool());
          return (opened.isOwn() ? records.endInterrupted() : Future.succeededFuture())
              .compose(_ -> answerBacktests(opened))
              .compose(_ ->
                  answer(
                      records,
                      new History(opened.pool()),
                      new Versions(opened.pool()),
                      new Performances(opened.pool()),
                      new Acknowledgements(opened.pool()),
                      new DecisionLedger(opened.pool())))
              .recover(failure -> opened.close().transform(_ -> Future.failedFuture(failure)));
        });
  }

  @Override
  public Future<?> stop() {
    return database == null ? Future.succeededFuture() : database.close();
  }

  private Future<Void> answerBacktests(Database opened) {
    var bus = new Bus(vertx);
    var backtests = new Backtests(opened.pool());
    var recordings = new Recordings(opened.pool());
    return Future.all(
            bus.answer(WRITE_BACKTEST, backtests::write),
            bus.answer(FIND_BACKTESTS, backtests::find),
            bus.answer(READ_CURVE, backtests::curve),
            bus.answer(LIST_RECORDINGS, recordings::list),
            bus.answer(FIND_RECORDING, recordings::find),
            bus.answer(READ_RECORDING, recordings::read))
        .mapEmpty();
  }

  private Future<Void> answer(
      Records records,
      History history,
      Versions versions,
      Performances performances,
      Acknowledgements acknowledgements,
      DecisionLedger ledger) {
    var bus = new Bus(vertx);
    return Future.all(
            List.of(
                bus.answer(WRITE_JOURNAL, records::write),
                bus.answer(WRITE_INPUTS, records::write),
                bus.answer(WRITE_SESSION, records::write),
                bus.answer(WRITE_PERFORMANCE, performances::write),
                bus.answer(FIND_PERFORMANCE, performances::find),
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
                bus.answer(HISTORY, history::page)))
        .mapEmpty();
  }
}
