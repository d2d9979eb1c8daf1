package sandpiper.app;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.domain.market.MarketStream;

/// `sandpiper record`: market data as they come become a recording.
@Command(
    name = "record",
    description = {
      "Records market data until they end or it is interrupted. Beside a platform that runs, or",
      "without one."
    },
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  private static final double FASTEST = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATA",
      description = {
        "demo, file:NAME of the data folder, recording:SESSION or a file; mexc, the market as it is,",
        "or mexc-futures, until it is interrupted; of several symbols of the others",
        "SYMBOL=DATA for each, with commas between."
      })
  private String data;

  @Option(
      names = "--symbol",
      required = true,
      split = ",",
      paramLabel = "SYMBOL",
      description = "One, or several with commas between.")
  private List<String> symbols;

  @Option(
      names = "--streams",
      paramLabel = "STREAMS",
      description = "Of trades, quotes, books, bars, with commas between; all of them by default.")
  private @Nullable String streams;

  @Option(
      names = "--acceleration",
      defaultValue = "max",
      paramLabel = "N",
      description = "Times real time, 1 to 1000, or max, which is the default.")
  private String acceleration;

  @Mixin private DatabaseArguments arguments;

  @Override
  public Integer call() {
    var wanted =
        new StartCollection(
            symbols,
            streams == null
                ? EnumSet.allOf(MarketStream.class)
                : Arrays.stream(streams.split(","))
                    .map(MarketStream::parse)
                    .collect(Collectors.toSet()),
            data,
            pace(acceleration));
    try (var tool = new CollectionTool(arguments.config())) {
      var started = Blocking.await(tool.bus().ask(Channels.START_COLLECTION, wanted));
      CollectionTool.print(
          spec.commandLine().getOut(), tool.whenOver(started.sessionId()), arguments.json());
    }
    return 0;
  }

  private static @Nullable Double pace(String text) {
    if (text.equals("max")) {
      return null;
    }
    try {
      double pace = Double.parseDouble(text);
      if (pace >= 1 && pace <= FASTEST) {
        return pace;
      }
    } catch (NumberFormatException _) {
      // Told below, as any other text that is none.
    }
    throw new UsageException("--acceleration must be from 1 to 1000, or max, was '" + text + "'");
  }
}
