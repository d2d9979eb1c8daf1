package sandpiper.orders;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Instrument;
import sandpiper.mexc.client.SpotBalance;
import sandpiper.mexc.client.SpotFill;

/// What the account should have, by what it had and what was traded since. For one event loop.
final class Holdings {
  /// Less than this is rounding.
  private static final BigDecimal LEAST = new BigDecimal("0.00000001");

  private final Map<String, BigDecimal> expected = new LinkedHashMap<>();
  private long changes;

  /// An asset of which the account does not have what it should.
  record Difference(String asset, BigDecimal has, BigDecimal expected) {}

  /// Begins to watch what is not watched yet.
  void watch(Collection<String> assets, List<SpotBalance> balances) {
    for (var asset : assets) {
      expected.putIfAbsent(asset, total(asset, balances));
    }
  }

  void add(SpotFill fill, Instrument instrument) {
    boolean buy = fill.side() == Side.BUY;
    var amount =
        fill.amount().signum() > 0 ? fill.amount() : fill.price().multiply(fill.quantity());
    change(instrument.base(), buy ? fill.quantity() : fill.quantity().negate());
    change(instrument.quote(), buy ? amount.negate() : amount);
    change(fill.feeCurrency(), fill.fee().negate());
  }

  private void change(String asset, BigDecimal by) {
    changes++;
    expected.computeIfPresent(asset, (_, before) -> before.add(by));
  }

  /// Rises with every trade.
  long changes() {
    return changes;
  }

  List<Difference> differences(List<SpotBalance> balances) {
    return expected.entrySet().stream()
        .map(each -> new Difference(each.getKey(), total(each.getKey(), balances), each.getValue()))
        .filter(each -> each.has.subtract(each.expected).abs().compareTo(LEAST) > 0)
        .toList();
  }

  /// A difference that was told is told once.
  void accept(Difference difference) {
    expected.put(difference.asset, difference.has);
  }

  static BigDecimal total(String asset, List<SpotBalance> balances) {
    return balances.stream()
        .filter(each -> each.asset().equals(asset))
        .map(each -> each.free().add(each.locked()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
