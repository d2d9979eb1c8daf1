package sandpiper.app;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.Position;

/// Gathers the closed positions of a session from its journal.
final class Trades implements Consumer<JournalEntry> {
  private final List<ClosedTrade> closed = new ArrayList<>();

  /// A position from flat to flat.
  ///
  /// @param entryTime UTC microseconds
  /// @param entryPrice average, in quote currency; exact where it has an end as a decimal
  /// @param net profit after fees
  record ClosedTrade(
      String positionId,
      String signalId,
      String strategy,
      String symbol,
      String side,
      BigDecimal quantity,
      long entryTime,
      long exitTime,
      BigDecimal entryPrice,
      BigDecimal exitPrice,
      BigDecimal fees,
      BigDecimal net) {}

  @Override
  public void accept(JournalEntry entry) {
    if (entry instanceof OrderFilled filled && filled.position().isClosed()) {
      closed.add(closed(filled.position()));
    }
  }

  List<ClosedTrade> closed() {
    return closed;
  }

  private static ClosedTrade closed(Position position) {
    var quantity = position.entryQuantity();
    var closedTime = position.closedTime();
    return new ClosedTrade(
        position.positionId(),
        position.signalId(),
        position.strategy(),
        position.symbol(),
        position.direction() > 0 ? "long" : "short",
        quantity,
        position.openedTime(),
        closedTime == null ? position.openedTime() : closedTime,
        position.entryNotional().divide(quantity, MathContext.DECIMAL64),
        position.exitNotional().divide(quantity, MathContext.DECIMAL64),
        position.fees(),
        position.net());
  }
}
