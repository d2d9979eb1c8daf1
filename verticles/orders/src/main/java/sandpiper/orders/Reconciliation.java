package sandpiper.orders;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.mexc.client.SpotBalance;
import sandpiper.mexc.client.SpotFill;
import sandpiper.mexc.client.SpotOrder;

/// Holds the account, its open orders and balances, against what the sessions know. For one event
/// loop.
final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  /// Between two looks at balances that differ.
  private static final long SETTLING = 2_000;

  private static final int UNSETTLED_LOOKS = 10;

  private final MexcBroker broker;
  private final Map<String, LiveSession> sessions;
  private final Holdings holdings = new Holdings();
  private boolean reconciling;
  private boolean looking;

  /// @param sessions of the broker, as they come and go
  Reconciliation(MexcBroker broker, Map<String, LiveSession> sessions) {
    this.broker = broker;
    this.sessions = sessions;
  }

  /// From here on the account should have of the session's assets what it has now, and what is
  /// traded.
  void watch(LiveSession session, List<SpotBalance> balances) {
    holdings.watch(assets(session), balances);
  }

  private static Set<String> assets(LiveSession session) {
    var assets = new LinkedHashSet<String>();
    for (var instrument : session.spec.instruments()) {
      assets.add(instrument.base());
      assets.add(instrument.quote());
    }
    return assets;
  }

  void onFill(SpotFill fill, Instrument instrument) {
    holdings.add(fill, instrument);
  }

  /// Holds orders and balances of the account against what the sessions know.
  void run() {
    if (reconciling || sessions.isEmpty() || !broker.isTrading()) {
      return;
    }
    reconciling = true;
    var symbols = new LinkedHashSet<String>();
    sessions.values().forEach(session -> symbols.addAll(session.symbols()));
    var asked = new ArrayList<Future<?>>();
    for (var symbol : symbols) {
      asked.add(
          broker.trading().openOrders(symbol).onSuccess(orders -> compareOrders(symbol, orders)));
    }
    Future.join(asked)
        .onFailure(failure ->
            LOG.warn("orders were not compared with the exchange: {}", failure.getMessage()))
        .onComplete(_ -> {
          reconciling = false;
          compareBalances();
        });
  }

  private void compareOrders(String symbol, List<SpotOrder> orders) {
    var there = new HashSet<String>();
    for (var order : orders) {
      there.add(order.orderId());
      var leg = broker.find(order.orderId(), order.clientId());
      if (leg != null && !leg.over) {
        broker.onOrder(leg, order);
      } else if (order.clientId() != null) {
        for (var session : List.copyOf(sessions.values())) {
          if (session.made(order.clientId())) {
            lookAgain(session, order);
          }
        }
      }
    }
    for (var session : List.copyOf(sessions.values())) {
      for (var leg : session.out()) {
        if (leg.symbol().equals(symbol) && leg.venueId != null && !there.contains(leg.venueId)) {
          broker.refresh(leg);
        }
      }
    }
  }

  private void compareBalances() {
    if (!looking) {
      looking = true;
      compareBalances(List.of(), 0);
    }
  }

  /// A difference counts when it is there twice, with nothing under way in between.
  private void compareBalances(List<Holdings.Difference> before, int looks) {
    if (sessions.isEmpty() || !broker.isTrading() || looks > UNSETTLED_LOOKS) {
      looking = false;
      return;
    }
    long changes = holdings.changes();
    if (!isSettled()) {
      broker.later(SETTLING, () -> compareBalances(List.of(), looks + 1));
      return;
    }
    broker
        .trading()
        .balances()
        .onComplete(
            balances -> {
              var found = holdings.differences(balances);
              boolean still = isSettled() && changes == holdings.changes();
              if (still && found.isEmpty()) {
                looking = false;
              } else if (still && found.equals(before)) {
                found.forEach(this::tell);
                looking = false;
              } else {
                broker.later(
                    SETTLING,
                    () ->
                        compareBalances(still ? found : List.<Holdings.Difference>of(), looks + 1));
              }
            },
            failure -> {
              LOG.warn("balances were not compared with the exchange: {}", failure.getMessage());
              looking = false;
            });
  }

  private boolean isSettled() {
    return sessions.values().stream()
        .flatMap(session -> session.out().stream())
        .allMatch(Leg::isSettled);
  }

  private void tell(Holdings.Difference found) {
    holdings.accept(found);
    for (var session : List.copyOf(sessions.values())) {
      for (var instrument : session.spec.instruments()) {
        if (instrument.base().equals(found.asset()) || instrument.quote().equals(found.asset())) {
          broker.difference(
              session,
              instrument.symbol(),
              "the account has %s %s, by what was traded it should have %s"
                  .formatted(
                      Decimals.plain(found.has()),
                      found.asset(),
                      Decimals.plain(found.expected())));
          break;
        }
      }
    }
  }

  /// It may have ended, and been told of, while the list was on its way.
  private void lookAgain(LiveSession session, SpotOrder order) {
    broker
        .trading()
        .order(order.symbol(), order.orderId())
        .onSuccess(found ->
            found
                .filter(now -> !now.status().isFinal())
                .ifPresent(now -> broker.stray(session, now)))
        .onFailure(failure ->
            LOG.warn("order {} cannot be asked for: {}", order.orderId(), failure.getMessage()));
  }
}
