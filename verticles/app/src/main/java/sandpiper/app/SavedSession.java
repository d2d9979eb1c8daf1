package sandpiper.app;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.SessionPerformance;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.WriteStrategy;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.strategies.Script;
import sandpiper.strategies.StrategyLibrary;

/// A backtest of the command line that is written to the database while it runs.
final class SavedSession implements Consumer<JournalEntry>, AutoCloseable {
  private final Vertx vertx;
  private final Bus bus;
  private final SessionSpec spec;
  private final String data;
  private final long startedAt = Instant.now().toEpochMilli() * 1_000;
  private final JournalWriter journal;

  private SavedSession(Vertx vertx, SessionSpec spec, String data) {
    this.vertx = vertx;
    this.spec = spec;
    this.data = data;
    bus = new Bus(vertx);
    journal = new JournalWriter(bus, spec.sessionId());
  }

  /// Opens the configured database and writes down that the session runs.
  ///
  /// @param configFile laid over `conf/application.yaml`
  static SavedSession open(
      SessionSpec spec, Script script, String data, @Nullable Path configFile) {
    StrategyLibrary.checkName(script.name());
    var vertx = Vertx.vertx();
    Bus.install(vertx);
    try {
      var config = Blocking.await(AppConfig.read(vertx, configFile, System.getenv()));
      Blocking.await(vertx.deployVerticle(config.persistenceBeside()));
      var saved = new SavedSession(vertx, spec, data);
      Blocking.await(
          saved.bus.ask(
              Channels.WRITE_STRATEGY,
              new WriteStrategy(
                  script.name(), script.hash(), script.text(), "command line", null, null)));
      saved.write(SessionStatus.RUNNING, null);
      return saved;
    } catch (RuntimeException e) {
      Blocking.await(vertx.close());
      throw e;
    }
  }

  @Override
  public void accept(JournalEntry entry) {
    journal.accept(entry);
  }

  void finish(SessionSummary summary, PerformanceReport performance) {
    journal.flush();
    Blocking.await(
        bus.ask(Channels.WRITE_PERFORMANCE, new SessionPerformance(spec.sessionId(), performance)));
    write(SessionStatus.STOPPED, summary);
  }

  @Override
  public void close() {
    Blocking.await(vertx.close());
  }

  private void write(SessionStatus status, @Nullable SessionSummary summary) {
    var ended = summary == null ? null : Instant.now().toEpochMilli() * 1_000;
    Blocking.await(
        bus.ask(
            Channels.WRITE_SESSION,
            new SessionState(
                spec.sessionId(),
                spec.mode(),
                status,
                spec.instruments().stream().map(Instrument::symbol).toList(),
                null,
                spec.cash(),
                data,
                spec.fills(),
                spec.account(),
                spec.risk(),
                null,
                startedAt,
                ended,
                null,
                spec.strategies(),
                Map.of(),
                summary)));
  }
}
