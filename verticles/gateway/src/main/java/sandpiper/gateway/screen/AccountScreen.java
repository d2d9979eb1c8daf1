package sandpiper.gateway.screen;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Decimals;
import sandpiper.gateway.screen.ScreenMessage.Account;

/// What the session is worth, at most four times a second: as the orders verticle marked it, and in
/// between, while something is held, marked again at the latest prices, to the last digit.
final class AccountScreen {
  private static final long EVERY = 250_000;

  private final Conflated<Supplier<EquityMarked>> messages;
  private final Map<String, Double> prices = new HashMap<>();
  private @Nullable EquityMarked marked;
  private List<Position> held = List.of();
  private long time;

  AccountScreen(LongSupplier clock, Outlet outlet) {
    messages = new Conflated<>(EVERY, clock, account -> outlet.send(view(account.get())));
  }

  /// @param positions open as of this mark
  void onMarked(EquityMarked mark, List<Position> positions) {
    marked = mark;
    held = holdsNothing(mark) ? List.of() : positions;
    time = Math.max(time, mark.time());
    messages.offer(() -> now(mark));
  }

  void onPrice(String symbol, double price, long time) {
    prices.put(symbol, price);
    this.time = Math.max(time, this.time);
    var mark = marked;
    if (mark != null && !held.isEmpty()) {
      messages.offer(() -> now(mark));
    }
  }

  void flush() {
    messages.flush();
  }

  @Nullable Account snapshot() {
    return marked == null ? null : view(now(marked));
  }

  /// Journal batches may be left out: then positions could look open that no longer are.
  private static boolean holdsNothing(EquityMarked mark) {
    return mark.unrealised().signum() == 0 && mark.equity().compareTo(mark.cash()) == 0;
  }

  private EquityMarked now(EquityMarked mark) {
    var unrealised = BigDecimal.ZERO;
    for (var position : held) {
      var latest = prices.get(position.symbol());
      if (latest == null) {
        return mark;
      }
      unrealised = unrealised.add(position.unrealised(Decimals.exact(latest)));
    }
    // What other currencies are worth is known to the next mark.
    return held.isEmpty() || mark.balances().size() > 1
        ? mark
        : new EquityMarked(
            mark.sessionId(),
            mark.seq(),
            time,
            mark.cash(),
            mark.equity().subtract(mark.unrealised()).add(unrealised),
            mark.realised(),
            unrealised,
            mark.fees(),
            mark.funding(),
            mark.balances());
  }

  private static Account view(EquityMarked mark) {
    return new Account(
        mark.time(),
        mark.cash(),
        mark.equity(),
        mark.realised(),
        mark.unrealised(),
        mark.fees(),
        mark.funding(),
        mark.balances());
  }
}
