package sandpiper.strategies.child;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.session.Checkpoint;

/// What a child says to the platform, which believes none of it before it has checked it.
public sealed interface FromChild {
  /// What the strategies ask for within the input under way; answered by [ToChild.Events].
  record Submit(List<StrategyAction> actions) implements FromChild {}

  /// It is done.
  ///
  /// @param checkpoint null when it is as before
  /// @param calls of scripts since the reply before, as many as there is room for
  record Reply(@Nullable Checkpoint checkpoint, List<Call> calls) implements FromChild {
    /// More are not told in one reply.
    public static final int MAX_CALLS = 1_000;
  }

  /// One call of a script.
  ///
  /// @param strategy name of the script
  record Call(String strategy, long nanos) {}

  /// It is the author's fault; see [sandpiper.domain.session.StrategyException].
  ///
  /// @param message whole
  record Failed(
      String strategy,
      int line,
      int column,
      String message,
      @Nullable String excerpt,
      List<String> stack)
      implements FromChild {}

  /// Something is wrong with the child itself; it cannot go on.
  record Broken(String message) implements FromChild {}
}
