package sandpiper.app;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sandpiper.bus.Bus;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.ParityProof;
import sandpiper.feeds.DataSets;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;

/// `sandpiper parity`: whether a session decides the same again.
@Command(
    name = "parity",
    description = {
      "Runs a paper or live session again in one thread, from the inputs that it recorded, and holds",
      "every signal, order, fill, position and mark against what is on record. Beside a platform",
      "that runs, or without one. Exit code 0: all came again; 1: something did not."
    },
    mixinStandardHelpOptions = true)
final class ParityCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SESSION", description = "Its id, such as pp_….")
  private String sessionId;

  @Mixin private DatabaseArguments arguments;

  @Override
  public Integer call() {
    var proof = prove();
    var out = spec.commandLine().getOut();
    if (arguments.json()) {
      out.println(Json.text(proof));
    } else {
      print(proof, out);
    }
    return proof.difference() == null ? 0 : Main.FAILED;
  }

  private ParityProof prove() {
    var vertx = Vertx.vertx();
    Bus.install(vertx);
    try (var engine = new ScriptEngine()) {
      var config = Blocking.await(AppConfig.read(vertx, arguments.config(), System.getenv()));
      Blocking.await(vertx.deployVerticle(config.persistenceBeside()));
      var bus = new Bus(vertx);
      var library = new StrategyLibrary(engine, config.strategies());
      var parity = new Parity(vertx, bus, library, new DataSets(config.data(), bus));
      return Blocking.await(parity.prove(new CheckParity(sessionId)));
    } finally {
      Blocking.await(vertx.close());
    }
  }

  private static void print(ParityProof proof, PrintWriter out) {
    out.printf(
        "%s: %s %% of decisions came again, %,d of %,d, over %,d of %,d inputs%n",
        proof.sessionId(),
        proof.percent().toPlainString(),
        proof.matched(),
        proof.decisions(),
        proof.compared(),
        proof.inputs());
    if (proof.intervention() != null) {
      out.printf("compared up to input %,d: %s%n", proof.compared(), proof.intervention());
    }
    var difference = proof.difference();
    if (difference != null) {
      out.printf("first difference, %s of input %,d%n", difference.kind(), difference.seq());
      out.println("  session: " + text(difference.session()));
      out.println("  again:   " + text(difference.again()));
    }
  }

  private static String text(@Nullable Object side) {
    return side == null ? "nothing" : Json.text(side);
  }
}
