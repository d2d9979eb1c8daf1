package sandpiper.orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.session.SessionSpec;

/// What the broker knows of one session. For one event loop.
final class LiveSession {
  private static final int MOST_ENDED = 10_000;

  final SessionSpec spec;
  final Consumer<VenueReport> reports;

  /// By client id; those that are over for a while, so that late words find them.
  private final Map<String, Leg> legs = new LinkedHashMap<>();

  /// @param reports takes what the exchange says, in order
  LiveSession(SessionSpec spec, Consumer<VenueReport> reports) {
    this.spec = spec;
    this.reports = reports;
  }

  String sessionId() {
    return spec.sessionId();
  }

  void add(Leg leg) {
    legs.put(leg.clientId(), leg);
    if (legs.size() > MOST_ENDED) {
      var oldest = legs.values().iterator();
      while (oldest.hasNext()) {
        if (oldest.next().over) {
          oldest.remove();
          return;
        }
      }
    }
  }

  @Nullable Leg find(String clientId) {
    return legs.get(clientId);
  }

  /// The leg of an order that is not over.
  @Nullable Leg outOf(String orderId) {
    return legs.values().stream()
        .filter(leg -> !leg.over && leg.order().orderId().equals(orderId))
        .findFirst()
        .orElse(null);
  }

  List<Leg> out() {
    return legs.values().stream().filter(leg -> !leg.over).toList();
  }

  boolean isQuiet() {
    return legs.values().stream().allMatch(leg -> leg.over);
  }

  /// Whether a client id was made by this session, whether or not it is remembered.
  boolean made(String clientId) {
    return made(sessionId(), clientId);
  }

  static boolean made(String sessionId, String clientId) {
    return clientId.startsWith(sessionId.substring(sessionId.indexOf('_') + 1) + "-");
  }

  List<String> symbols() {
    return spec.instruments().stream().map(Instrument::symbol).toList();
  }

  Instrument instrument(String symbol) {
    return spec.instrument(symbol);
  }
}
