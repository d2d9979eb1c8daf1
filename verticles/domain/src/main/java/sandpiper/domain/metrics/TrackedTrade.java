package sandpiper.domain.metrics;

import java.math.BigDecimal;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Decimals;

/// A position from its first fill on, with the lowest and the highest profit it has had.
///
/// Between two fills only prices are compared; what they were worth is worked out at the next fill.
final class TrackedTrade {
  private Position position;
  private long lastFill;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private BigDecimal worst = BigDecimal.ZERO;
  private BigDecimal best = BigDecimal.ZERO;

  TrackedTrade(Position position, long time) {
    this.position = position;
    lastFill = time;
  }

  Position position() {
    return position;
  }

  String symbol() {
    return position.symbol();
  }

  boolean is(Position other) {
    return position.positionId().equals(other.positionId());
  }

  /// UTC microseconds of its latest fill.
  long lastFill() {
    return lastFill;
  }

  void see(double lowest, double highest) {
    if (lowest < low) {
      low = lowest;
    }
    if (highest > high) {
      high = highest;
    }
  }

  /// @param after the position as the fill left it
  void fill(Position after, long time) {
    if (low <= high) {
      fold(position.realised().add(position.unrealised(Decimals.exact(low))));
      fold(position.realised().add(position.unrealised(Decimals.exact(high))));
      low = Double.POSITIVE_INFINITY;
      high = Double.NEGATIVE_INFINITY;
    }
    position = after;
    lastFill = time;
    if (after.isClosed()) {
      fold(after.realised());
    }
  }

  BigDecimal worst() {
    return worst;
  }

  BigDecimal best() {
    return best;
  }

  private void fold(BigDecimal profit) {
    worst = worst.min(profit);
    best = best.max(profit);
  }
}
