package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import sandpiper.domain.market.Trade;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;

/// Trades of a file, as far as they are whole ticks and lots of a symbol; at most the first
/// million.
///
/// @param prints in order of time
public record Recording(List<Print> prints) {
  private static final int MOST = 1_000_000;
  private static final long MICROS = 1_000;

  /// One trade.
  ///
  /// @param after the first one, in milliseconds
  /// @param price in ticks
  /// @param size in lots
  public record Print(long after, long price, long size) {}

  public Recording {
    prints = List.copyOf(prints);
  }

  /// @param file as `--data` of a backtest takes it; or `demo`
  /// @param symbol by which the file knows what it is of
  /// @throws sandpiper.feeds.DataException when it cannot be read
  /// @throws IllegalArgumentException when it has no trades
  public static Recording load(String file, String symbol, SymbolRules rules) {
    var prints = new ArrayList<Print>();
    var request = new DataRequest(file, symbol, null, null, null, false);
    try (var data = MarketData.open(List.of(request))) {
      long start = data.startTime();
      while (data.hasNext() && prints.size() < MOST) {
        if (data.next() instanceof Trade trade) {
          long price = whole(trade.price(), rules.priceDecimals());
          long size = whole(trade.amount(), rules.quantityDecimals());
          if (price > 0 && size > 0) {
            prints.add(new Print((trade.time() - start) / MICROS, price, size));
          }
        }
      }
    }
    if (prints.isEmpty()) {
      throw new IllegalArgumentException(file + ": no trades of " + symbol + " in it");
    }
    return new Recording(prints);
  }

  private static long whole(double value, int decimals) {
    return BigDecimal.valueOf(value)
        .movePointRight(decimals)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
