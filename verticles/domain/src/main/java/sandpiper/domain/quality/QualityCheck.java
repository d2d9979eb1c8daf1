package sandpiper.domain.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;

/// Looks recorded market data through, once, in the order in which they were recorded.
///
/// - A *hole* in a stream of bars is a place where bars are missing; in any other stream a distance
///   of more than [#HOLE_FACTOR] times the median of the distances between events of different
///   times.
/// - A *duplicate* has the time and all numbers of another event of that time; of bars, the start
///   of the bar before; of an order book, no id beyond the last one.
/// - An *outlier* is a price that is farther from the median of the 21 prices around it, its own
///   among them, than [#OUTLIER_SHARE] of that, and farther than [#OUTLIER_FACTOR] times the median
///   of all such distances. The price of a bar is its close, of a quote the middle.
/// - A time goes *backwards* when it is before the latest so far.
/// - *Skipped ids* are changes of an order book that are missing between two updates.
///
/// Memory is constant. Not thread-safe.
public final class QualityCheck {
  public static final int HOLE_FACTOR = 50;
  public static final double OUTLIER_SHARE = 0.1;
  public static final int OUTLIER_FACTOR = 20;

  /// Holes and outliers are counted up to this many for each stream.
  public static final int MOST = 1_000;

  /// Of what was found, this many are named.
  static final int NAMED = 20;

  private record Key(String symbol, MarketStream stream) {}

  private final Map<Key, StreamCheck> streams = new LinkedHashMap<>();
  private long rows;

  /// @param seq number of the event in its recording
  /// @param arrival UTC microseconds; that of the event when it is not known
  public void add(long seq, long arrival, MarketEvent event) {
    var stream = MarketStream.of(event);
    if (stream != null) {
      rows++;
      streams
          .computeIfAbsent(new Key(event.symbol(), stream), _ -> new StreamCheck())
          .add(seq, arrival, event);
    }
  }

  /// How many events were looked at.
  public long rows() {
    return rows;
  }

  /// By symbol and stream, in the order in which they first came.
  public List<StreamQuality> report() {
    var found = new ArrayList<StreamQuality>();
    streams.forEach((key, check) -> found.add(check.report(key.symbol(), key.stream())));
    return found;
  }
}
