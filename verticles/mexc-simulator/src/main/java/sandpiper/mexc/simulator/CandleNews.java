package sandpiper.mexc.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which candles have not been told on a channel.
final class CandleNews {
  private final Map<String, Candle> told = new HashMap<>();

  /// The candle at hand, when it has changed, and before it the one that it follows.
  List<Candle> of(String channel, Candles candles, long now) {
    var before = told.get(channel);
    var all = candles.until(now);
    var news = new ArrayList<Candle>();
    for (int i = Math.max(0, all.size() - 2); i < all.size(); i++) {
      var candle = all.get(i);
      boolean isLast = i == all.size() - 1;
      boolean isNew =
          before == null ? isLast : candle.time() >= before.time() && !candle.equals(before);
      if (isNew) {
        news.add(candle);
        told.put(channel, candle);
      }
    }
    return news;
  }

  /// Channels that nobody hears begin anew.
  void keep(Set<String> channels) {
    told.keySet().retainAll(channels);
  }
}
