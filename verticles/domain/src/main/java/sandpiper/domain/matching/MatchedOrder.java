package sandpiper.domain.matching;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// An order that a [Matcher] works on, and the handle to it. Only the matcher changes it.
public final class MatchedOrder {
  final boolean buy;
  long price;
  long open;
  @Nullable Level level;
  @Nullable MatchedOrder before;
  @Nullable MatchedOrder after;
  private final long id;

  /// @param id any number that tells its owner which one it is
  /// @param price its limit in ticks; of [Execution#FOK_BUDGET] the budget in ticks × lots
  /// @param size in lots, above zero
  public MatchedOrder(long id, Side side, long price, long size) {
    if (price <= 0) {
      throw new IllegalArgumentException("price must be above zero ticks, was " + price);
    }
    if (size <= 0) {
      throw new IllegalArgumentException("size must be above zero lots, was " + size);
    }
    this.id = id;
    buy = side == Side.BUY;
    this.price = price;
    open = size;
  }

  public long id() {
    return id;
  }

  public Side side() {
    return buy ? Side.BUY : Side.SELL;
  }

  /// In ticks.
  public long price() {
    return price;
  }

  /// What may still fill, in lots; zero when it has ended.
  public long open() {
    return open;
  }

  /// Whether it rests in the book.
  public boolean isResting() {
    return level != null;
  }

  /// Lots that stand before it at its price; zero when it does not rest.
  public long ahead() {
    long ahead = 0;
    for (var each = before; each != null; each = each.before) {
      ahead += each.open;
    }
    return ahead;
  }
}
