package sandpiper.domain.quality;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/// Keeps the greatest of many, as many as [QualityCheck#MOST].
final class Worst<T> {
  private final Comparator<T> order;
  private final PriorityQueue<T> kept;

  /// @param order the worst are the greatest
  Worst(Comparator<T> order) {
    this.order = order;
    kept = new PriorityQueue<>(order);
  }

  void add(T each) {
    if (kept.size() < QualityCheck.MOST) {
      kept.add(each);
    } else if (order.compare(each, kept.element()) > 0) {
      kept.remove();
      kept.add(each);
    }
  }

  /// Those that count, the worst first.
  List<T> where(Predicate<T> counts) {
    return kept.stream().filter(counts).sorted(order.reversed()).toList();
  }
}
