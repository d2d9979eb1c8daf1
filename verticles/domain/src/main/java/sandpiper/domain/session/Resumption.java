package sandpiper.domain.session;

import java.util.List;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.MarketEvent;

/// Where a session stood when its strategies ended in one place, for going on in another.
///
/// @param seq of the latest input
/// @param time of the session's clock at it, UTC microseconds
/// @param signals ids that were given within that input; in the same way `orders` and `notes`
/// @param layout of the values of the latest input and of those to come
/// @param past inputs that bring prices, closed bars and readings up to date, oldest first
public record Resumption(
    long seq,
    long time,
    int signals,
    int orders,
    int notes,
    IndicatorLayout layout,
    List<Instance> instances,
    List<Past> past) {
  public Resumption {
    instances = List.copyOf(instances);
    past = List.copyOf(past);
  }

  /// @param positions that are open
  /// @param working orders that may still fill, in the order in which they were placed
  /// @param raised ids of its latest signals, oldest first
  /// @param placed ids of its latest orders, oldest first
  public record Instance(
      Checkpoint.Instance saved,
      List<Position> positions,
      List<Order> working,
      List<String> raised,
      List<String> placed) {
    public Instance {
      positions = List.copyOf(positions);
      working = List.copyOf(working);
      raised = List.copyOf(raised);
      placed = List.copyOf(placed);
    }
  }

  /// An input that has been.
  ///
  /// @param values of all indicators as of it; those added later are missing at the end
  @SuppressWarnings("ArrayRecordComponent")
  public record Past(long seq, long time, MarketEvent event, double[] values) {}

  Instance instance(String name) {
    for (var instance : instances) {
      if (instance.saved().instance().equals(name)) {
        return instance;
      }
    }
    throw new IllegalArgumentException("nothing is known of instance '" + name + "'");
  }
}
