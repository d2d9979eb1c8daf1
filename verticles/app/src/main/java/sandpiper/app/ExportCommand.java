package sandpiper.app;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.MarketStream;
import sandpiper.feeds.RecordingFile;

/// `sandpiper export`: a recording becomes a file.
@Command(
    name = "export",
    description = {
      "Writes one stream of one symbol of what a session recorded as CSV or Parquet, in a format that",
      "can be imported. Beside a platform that runs, or without one."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final String RECORDING = "recording:";
  private static final String PARQUET = ".parquet";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RECORDING",
      description = "The id of a session that recorded, such as dc_….")
  private String recording;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description = "trades, quotes, books or bars.")
  private String kind;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "Of several that were recorded, which one.")
  private @Nullable String symbol;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = {
        "Where to write: Parquet when its name ends in .parquet, else CSV. A file that is there is",
        "replaced when all is written."
      })
  private Path out;

  @Mixin private DatabaseArguments arguments;

  @Override
  public Integer call() {
    var stream = MarketStream.parse(kind);
    var id = recording.startsWith(RECORDING) ? recording.substring(RECORDING.length()) : recording;
    var vertx = Vertx.vertx();
    Bus.install(vertx);
    try {
      var settings = Blocking.await(AppConfig.read(vertx, arguments.config(), System.getenv()));
      Blocking.await(vertx.deployVerticle(settings.persistenceBeside()));
      var bus = new Bus(vertx);
      var found =
          Blocking.await(bus.ask(Channels.FIND_RECORDING, new FindRecording(id, TimeRange.ALL)));
      var chosen = symbol(found);
      print(id, stream, chosen, write(bus, id, stream, chosen));
      return 0;
    } finally {
      Blocking.await(vertx.close());
    }
  }

  private String symbol(Recording found) {
    if (symbol == null && found.symbols().size() == 1) {
      return found.symbols().getFirst();
    }
    if (symbol == null || !found.symbols().contains(symbol)) {
      throw new UsageException(
          "--symbol must be one of "
              + String.join(", ", found.symbols())
              + (symbol == null ? ", was left out" : ", was '" + symbol + "'"));
    }
    return symbol;
  }

  /// @return how many rows there were
  private long write(Bus bus, String id, MarketStream stream, String chosen) {
    var target = out.toAbsolutePath();
    var part = target.resolveSibling(target.getFileName() + ".part");
    try {
      var format = target.toString().endsWith(PARQUET) ? RecordingFile.PARQUET : RecordingFile.CSV;
      var file = new BufferedOutputStream(Files.newOutputStream(part));
      long rows = format.write(bus, id, stream, chosen, file);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(out + " cannot be written: " + e, e);
    }
  }

  private void print(String id, MarketStream stream, String chosen, long rows) {
    var printed = spec.commandLine().getOut();
    if (arguments.json()) {
      printed.println(
          new JsonObject()
              .put("session_id", id)
              .put("symbol", chosen)
              .put("kind", stream.text())
              .put("rows", rows)
              .put("file", out.toString())
              .encode());
    } else {
      printed.printf("%s: %,d %s of %s%n", out, rows, stream.text(), chosen);
    }
  }
}
