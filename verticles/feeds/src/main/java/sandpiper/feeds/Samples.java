package sandpiper.feeds;

import java.util.ArrayList;
import sandpiper.bus.Messages.MarketSample;
import sandpiper.bus.Messages.SampleMarket;
import sandpiper.domain.market.MarketEvent;

/// The first events of some data, for whoever wants to try something on them.
final class Samples {
  private static final int MAX_EVENTS = 100_000;

  private Samples() {}

  /// Reads a file; not for an event loop.
  static MarketSample read(SampleMarket wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_EVENTS) {
      throw new IllegalArgumentException(
          "limit must be from 1 to " + MAX_EVENTS + ", was " + wanted.limit());
    }
    var request = new DataRequest(wanted.data(), wanted.symbol(), null, null, null, false);
    try (var reader = SourceData.open(request)) {
      var events = new ArrayList<MarketEvent>();
      while (events.size() < wanted.limit() && reader.hasNext()) {
        events.add(reader.next());
      }
      return new MarketSample(events, reader.sourceIntervals().get(wanted.symbol()));
    }
  }
}
