package sandpiper.app;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sandpiper.domain.trading.RiskLimits;

/// `sandpiper run`: the platform, until it is told to stop by SIGTERM or Ctrl+C. SIGUSR2 stops
/// trading.
@Command(
    name = "run",
    description = "Runs the platform: database, console on 127.0.0.1:8080, demo replay.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Spec private CommandSpec spec;

  @Mixin private FillArguments fills;

  @Mixin private RiskArguments risk;

  @Option(names = "--config", paramLabel = "FILE.yaml", description = "Laid over the defaults.")
  private @Nullable Path config;

  @Option(
      names = "--dry-run",
      description =
          "Orders of live sessions are shown to the exchange, which says if it would take them; none"
              + " is placed.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    var meters = Platform.meters();
    var vertx = Platform.vertx(meters);
    Platform platform;
    try {
      var settings = Blocking.await(AppConfig.read(vertx, config, System.getenv()));
      Logging.use(settings.log());
      if (dryRun) {
        settings = settings.with(settings.broker().dry());
      }
      var sessions = settings.sessions();
      platform =
          new Platform(
              vertx,
              meters,
              settings.with(
                  sessions
                      .with(fills.over(sessions.fillRules()))
                      .withFirm(risk.over(RiskLimits.NONE))));
      Blocking.await(platform.start());
    } catch (RuntimeException e) {
      Blocking.await(vertx.close());
      throw e;
    }
    greet(platform);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, vertx, stopped), "stop"));
    KillSignal.handle(() -> platform.killAll("signal " + KillSignal.NAME));
    var _ = platform.startDemo();
    stopped.await();
    return 0;
  }

  /// The one time that a password is shown; not by the log, which is kept. The link carries it
  /// behind the `#`, which browsers do not send.
  private void greet(Platform platform) {
    var password = platform.firstPassword();
    if (password != null) {
      var out = spec.commandLine().getOut();
      out.printf("First start: log in as %s with the password %s%n", FirstAdmin.NAME, password);
      out.printf("  %s#/login/%s/%s%n", platform.address(), FirstAdmin.NAME, password);
      out.flush();
    }
  }

  private static void stop(Platform platform, Vertx vertx, CountDownLatch stopped) {
    LOG.info("stopping");
    Blocking.await(platform.stop());
    Blocking.await(vertx.close());
    LOG.info("stopped");
    stopped.countDown();
  }
}
