package sandpiper.app;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sandpiper.persistence.Backup;

/// `sandpiper backup` and `sandpiper restore`: the record and the strategies in one file.
final class BackupCommand {
  private BackupCommand() {}

  /// Works on a database and the folder of strategies.
  private interface Work {
    Backup.Contents on(AppConfig config, Path migrations) throws IOException;
  }

  /// Into a file.
  @Command(
      name = "backup",
      description = {
        "Writes the database and the folder of strategies to one file, as they are at one moment.",
        "Beside a platform that runs, or without one. Not in it: configuration, certificates and",
        "keys, the files of data.folder, market data in QuestDB."
      },
      mixinStandardHelpOptions = true)
  static final class Save implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "To write; must not be there yet.")
    private Path file;

    @Mixin private DatabaseArguments arguments;

    @Override
    public Integer call() {
      var saved =
          run(
              arguments.config(),
              (config, migrations) ->
                  Backup.write(config.database(), migrations, config.strategies(), file));
      print(spec.commandLine().getOut(), arguments.json(), file, saved);
      return 0;
    }
  }

  /// Out of a file.
  @Command(
      name = "restore",
      description = {
        "Takes a backup into a database that is empty, and its strategies into their folder, where",
        "they replace files of the same name. No platform may run on it. A backup of an older",
        "version is brought up to date."
      },
      mixinStandardHelpOptions = true)
  static final class Restore implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "That `backup` wrote.")
    private Path file;

    @Mixin private DatabaseArguments arguments;

    @Override
    public Integer call() {
      var restored =
          run(
              arguments.config(),
              (config, migrations) ->
                  Backup.restore(config.database(), migrations, config.strategies(), file));
      print(spec.commandLine().getOut(), arguments.json(), file, restored);
      return 0;
    }
  }

  private static Backup.Contents run(@Nullable Path configFile, Work work) {
    var vertx = Vertx.vertx();
    try {
      var config = Blocking.await(AppConfig.read(vertx, configFile, System.getenv()));
      return work.on(config, Home.resolve("migrations"));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } finally {
      Blocking.await(vertx.close());
    }
  }

  private static void print(PrintWriter out, boolean json, Path file, Backup.Contents contents) {
    if (json) {
      var rows = new JsonObject();
      contents.rows().forEach(rows::put);
      out.println(
          new JsonObject()
              .put("file", file.toString())
              .put("schema", contents.schema())
              .put("rows", rows)
              .put("strategies", contents.strategies())
              .encode());
      return;
    }
    long rows = contents.rows().values().stream().mapToLong(Long::longValue).sum();
    out.printf(
        "%s: schema %s, %,d rows in %d tables, %d strategies%n",
        file, contents.schema(), rows, contents.rows().size(), contents.strategies().size());
  }
}
