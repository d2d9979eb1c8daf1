package sandpiper.orders;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.trading.VenueRequest;
import sandpiper.mexc.client.SpotFill;
import sandpiper.mexc.client.SpotOrder;

/// One order as it was sent to the exchange, with what is known of it. For one event loop.
final class Leg {
  final LiveSession session;
  final VenueRequest.Place request;

  /// Of the exchange; null while it is not known whether it has the order.
  @Nullable String venueId;

  /// Whether it is to be taken back as soon as it is known.
  boolean cancelWanted;

  /// Whether somebody already looks after its cancel.
  boolean cancelling;

  /// Whether its fills are being asked for.
  boolean asking;

  /// Whether nothing more is told of it.
  boolean over;

  /// Whether it was given up because nobody could find it.
  boolean givenUp;

  private @Nullable SpotOrder latest;
  private BigDecimal filled = BigDecimal.ZERO;
  private final Set<String> trades = new HashSet<>();

  Leg(LiveSession session, VenueRequest.Place request) {
    this.session = session;
    this.request = request;
  }

  Order order() {
    return request.order();
  }

  String clientId() {
    return request.clientId();
  }

  String symbol() {
    return order().symbol();
  }

  /// @return whether it is news
  boolean add(SpotFill fill) {
    if (!trades.add(fill.id())) {
      return false;
    }
    filled = filled.add(fill.quantity());
    return true;
  }

  /// A fill that the session has heard of before.
  void remember(String tradeId, BigDecimal quantity) {
    if (trades.add(tradeId)) {
      filled = filled.add(quantity);
    }
  }

  /// An older word than the one before changes nothing.
  void see(SpotOrder order) {
    var before = latest;
    if (before == null
        || order.filledQuantity().compareTo(before.filledQuantity()) > 0
        || (order.filledQuantity().compareTo(before.filledQuantity()) == 0
            && !before.status().isFinal())) {
      latest = order;
    }
  }

  /// Whether the exchange has filled more of it than was told.
  boolean owesFills() {
    return latest != null && latest.filledQuantity().compareTo(filled) > 0;
  }

  /// Whether nothing more can happen to it, at the exchange.
  boolean isFinal() {
    return latest != null && latest.status().isFinal();
  }

  /// Whether the account may be looked at without it: all that happened to it was told.
  boolean isSettled() {
    return over || (venueId != null && !owesFills() && !isFinal());
  }

  /// In words, how it ended.
  String end() {
    return latest == null
        ? "it is over"
        : switch (latest.status()) {
          case FILLED -> "it has filled";
          case CANCELED -> "the exchange cancelled it";
          case PARTIALLY_CANCELED -> "the exchange cancelled what was left of it";
          case NEW, PARTIALLY_FILLED, UNKNOWN -> "it is over";
        };
  }
}
