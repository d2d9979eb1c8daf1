package sandpiper.app;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AskLedger;
import sandpiper.bus.Messages.LedgerExtract;

/// `sandpiper why`: what a session saw, decided and got out of it.
@Command(
    name = "why",
    description = {
      "Says why a session acted, or why not: the bar and the indicators that a strategy saw, its",
      "signals, what risk said of each order, fills, and what they earned. Beside a platform that",
      "runs, or without one."
    },
    mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SESSION", description = "Its id, such as pp_….")
  private String sessionId;

  @Parameters(
      index = "1",
      paramLabel = "SIGNAL|TIME",
      description = {
        "The id of a signal, or a UTC time such as 2024-07-14T22:30:00Z: the latest bar",
        "that had closed by then."
      })
  private String subject;

  @Option(names = "--strategy", paramLabel = "NAME", description = "One instance alone.")
  private @Nullable String strategy;

  @Mixin private DatabaseArguments arguments;

  @Override
  public Integer call() {
    boolean signal = subject.startsWith("sig_");
    var extract =
        ask(
            new AskLedger(
                sessionId, signal ? subject : null, signal ? null : micros(subject), strategy));
    var out = spec.commandLine().getOut();
    if (arguments.json()) {
      out.println(Json.text(extract));
    } else {
      new WhyReport(out).print(Json.object(extract));
    }
    return 0;
  }

  private LedgerExtract ask(AskLedger question) {
    var vertx = Vertx.vertx();
    Bus.install(vertx);
    try {
      var settings = Blocking.await(AppConfig.read(vertx, arguments.config(), System.getenv()));
      Blocking.await(vertx.deployVerticle(settings.persistenceBeside()));
      return Blocking.await(new Bus(vertx).ask(Channels.ASK_LEDGER, question));
    } finally {
      Blocking.await(vertx.close());
    }
  }

  private static long micros(String text) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    } catch (DateTimeParseException _) {
      throw new UsageException(
          "SIGNAL|TIME must be the id of a signal, sig_…, or a UTC time such as"
              + " 2024-07-14T22:30:00Z, was '"
              + text
              + "'");
    }
  }
}
