package sandpiper.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.domain.market.MarketStream;

/// `sandpiper import`: a file becomes a recording.
@Command(
    name = "import",
    description = {
      "Records a file: CSV of trades, quotes, order books or bars, plain or in xz, gz or zip,",
      "Parquet of the same, or messages of an exchange. All of it is kept, or none. Beside a",
      "platform that runs, or without one."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--symbol",
      required = true,
      paramLabel = "SYMBOL",
      description = "That the data are of.")
  private String symbol;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "What it must hold: trades, quotes, books, bars.")
  private @Nullable String kind;

  @Mixin private DatabaseArguments arguments;

  @Override
  public Integer call() {
    var wanted =
        new ImportFile(
            symbol,
            file.toAbsolutePath().toString(),
            String.valueOf(file.getFileName()),
            kind == null ? null : MarketStream.parse(kind));
    try (var tool = new CollectionTool(arguments.config())) {
      var started = Blocking.await(tool.bus().ask(Channels.IMPORT_FILE, wanted));
      CollectionTool.print(
          spec.commandLine().getOut(), tool.whenOver(started.sessionId()), arguments.json());
    }
    return 0;
  }
}
