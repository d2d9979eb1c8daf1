package sandpiper.domain.session;

import java.util.List;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.MarketEvent;

/// Where the market's prices and the strategies' actions meet: risk, venue, positions.
///
/// In-thread it is [sandpiper.domain.trading.OrderManager] itself; on the bus, a call to its
/// verticle.
public interface OrderDesk {
  /// The venue looks at the event; orders placed before may fill.
  ///
  /// @return what happened to orders, in order
  List<OrderEvent> onMarket(long seq, long time, MarketEvent event);

  /// Actions go through risk to the venue, which acts on them from the next input on.
  ///
  /// @return what became of them at once, in order
  List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions);

  /// What the session owns, as of the latest of the calls above.
  Account account();
}
