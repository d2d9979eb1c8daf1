package sandpiper.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sandpiper.bus.Messages.ReadTrades;
import sandpiper.bus.Messages.TradePage;
import sandpiper.domain.market.Trade;

/// Trades of any data, a page at a time.
final class TradeReading {
  private static final int MAX_TRADES = 1_000;

  private TradeReading() {}

  /// Reads the data anew; not for an event loop.
  ///
  /// @throws DataException when the data cannot be used
  static TradePage read(DataSets dataSets, ReadTrades wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_TRADES) {
      throw new IllegalArgumentException(
          "limit must be from 1 to " + MAX_TRADES + ", was " + wanted.limit());
    }
    List<Trade> trades = new ArrayList<>();
    long moment = Long.MIN_VALUE;
    int ofMoment = 0;
    try (var data = dataSets.open(List.of(wanted.symbol()), wanted.data(), null, wanted.range())) {
      while (data.hasNext()) {
        if (data.next() instanceof Trade trade && trade.symbol().equals(wanted.symbol())) {
          if (trade.time() != moment) {
            moment = trade.time();
            ofMoment = 0;
          }
          boolean wasRead =
              Objects.equals(wanted.range().from(), moment) && ofMoment < wanted.skip();
          if (!wasRead && trades.size() == wanted.limit()) {
            return new TradePage(trades, moment, ofMoment);
          }
          if (!wasRead) {
            trades.add(trade);
          }
          ofMoment++;
        }
      }
    }
    return new TradePage(trades, null, 0);
  }
}
