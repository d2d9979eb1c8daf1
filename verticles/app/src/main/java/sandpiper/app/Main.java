package sandpiper.app;

import java.util.Locale;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.StrategyException;
import sandpiper.feeds.DataException;

/// The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or bad input.
@Command(
    name = "sandpiper",
    description = "Sandboxed JavaScript trading strategies, replayed and traded alike.",
    mixinStandardHelpOptions = true,
    version = "Sandpiper " + Main.VERSION,
    subcommands = {
      RunCommand.class,
      BacktestCommand.class,
      CheckCommand.class,
      WhyCommand.class,
      ParityCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      RecordCommand.class,
      UserCommand.class,
      BackupCommand.Save.class,
      BackupCommand.Restore.class
    })
public final class Main {
  static final String VERSION = "0.1.0";
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, commandLine, _) -> {
          commandLine.getErr().println("sandpiper: " + sentence(failure));
          return isBadInput(failure) ? WRONG_USAGE : FAILED;
        });
  }

  private static boolean isBadInput(Exception failure) {
    return switch (failure) {
      case IllegalArgumentException _, DataException _, UsageException _ -> true;
      case Refusal refusal -> refusal.kind() != Refusal.Kind.FAILED;
      default -> false;
    };
  }

  private static String sentence(Exception failure) {
    var message = failure.getMessage();
    boolean forPeople =
        isBadInput(failure) || failure instanceof StrategyException || failure instanceof Refusal;
    if (message == null || !forPeople) {
      org.slf4j.LoggerFactory.getLogger(Main.class).debug("failed", failure);
      return message == null ? failure.getClass().getSimpleName() : message;
    }
    return message;
  }
}
