package sandpiper.mexc.simulator;

import java.util.SplittableRandom;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;

/// Plays recorded trades: each is a maker and a taker that meet at its price, with background
/// orders around it. Who has an order that stands better than the price, or stood there first, is
/// filled by the taker before.
final class RecordedFlow {
  private final Exchange exchange;
  private final Market market;
  private final Recording recording;
  private final Makers makers;
  private final long start;
  private int next;
  private long lastPrice;

  /// @param start time at which the first trade happens
  RecordedFlow(Exchange exchange, Market market, Recording recording, long start, long seed) {
    this.exchange = exchange;
    this.market = market;
    this.recording = recording;
    this.start = start;
    makers = new Makers(market, new SplittableRandom(seed));
  }

  /// What happens up to a time; the exchange's clock moves along.
  void playUntil(long time) {
    while (next < recording.prints().size()) {
      var print = recording.prints().get(next);
      if (start + print.after() > time) {
        return;
      }
      exchange.advance(start + print.after());
      play(print);
      next++;
    }
  }

  private void play(Recording.Print print) {
    makers.surround(print.price());
    var taker = print.price() >= lastPrice ? Side.BUY : Side.SELL;
    lastPrice = print.price();
    var maker =
        market.placeBackground(taker.opposite(), print.price(), print.size(), Execution.GTC);
    market.placeBackground(taker, print.price(), print.size(), Execution.IOC);
    if (maker.isResting()) {
      market.cancel(maker);
    }
  }
}
