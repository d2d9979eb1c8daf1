package sandpiper.strategies.child;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.Checkpoint;
import sandpiper.domain.session.Resumption.Past;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.strategies.Budget;

/// What the platform says to a child. Each is answered by [FromChild.Reply] or [FromChild.Failed];
/// in between the child may submit actions, which are answered by [Events].
public sealed interface ToChild {
  /// @param name without `.js`
  record Source(String name, String text) {}

  /// Said once, before anything else; not answered.
  record Setup(Budget live, Budget backtest) implements ToChild {}

  /// Makes the strategies of a session and runs their `onStart`.
  record Begin(SessionSpec spec, List<Source> sources, Account account) implements ToChild {}

  /// Inputs that have been, for the [Resume] or [TryOut] that follows.
  record Warm(List<Past> past) implements ToChild {}

  /// Makes the strategies of a session that ended in another child.
  ///
  /// @param spec with the plans as they are now
  /// @param layout of the values
  record Resume(
      SessionSpec spec,
      List<Source> sources,
      Account account,
      long seq,
      long time,
      int signals,
      int orders,
      int notes,
      List<IndicatorSpec> layout,
      List<Kept> instances)
      implements ToChild {}

  /// What the platform kept of an instance: see [sandpiper.domain.session.Resumption.Instance].
  record Kept(
      Checkpoint.Instance saved,
      List<Position> positions,
      List<Order> working,
      List<String> raised,
      List<String> placed) {}

  /// One input, which the venue has seen already.
  ///
  /// @param events what became of orders at it
  /// @param account as of those events
  @SuppressWarnings("ArrayRecordComponent")
  record Input(
      long seq,
      long time,
      MarketEvent event,
      double[] values,
      List<OrderEvent> events,
      Account account)
      implements ToChild {}

  /// What became of the actions that the child submitted.
  record Events(List<OrderEvent> events, Account account) implements ToChild {}

  record Stop(long seq, long time) implements ToChild {}

  record Command(String instance, String name, String json) implements ToChild {}

  /// @param parameters all of them, checked
  record SetParameters(String instance, Map<String, Object> parameters) implements ToChild {}

  /// Lets another version of one instance take over.
  record Reload(StrategyPlan plan, List<IndicatorSpec> layout, Source source) implements ToChild {}

  /// Tries a version on the inputs of the [Warm] before, in a child made for it alone.
  ///
  /// @param from what runs now
  /// @param snapshot what it would leave; null when there is none
  /// @param layout of the values
  record TryOut(
      SessionSpec spec,
      StrategyPlan plan,
      StrategyPlan from,
      @Nullable String snapshot,
      List<Position> positions,
      List<IndicatorSpec> layout,
      Account account,
      Source source)
      implements ToChild {}
}
