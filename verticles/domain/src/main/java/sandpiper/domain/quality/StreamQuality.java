package sandpiper.domain.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketStream;

/// What was found in one stream of one symbol. Times are UTC microseconds of the events, lengths
/// microseconds; lists hold the worst or the first few of what was counted.
///
/// @param interval of bars; null for other streams
/// @param first time of an event
/// @param last time of an event
/// @param distance that two events of different times have typically, to within one percent; null
///   when there are no two
/// @param outliers null for order books
/// @param skippedIds null for all but order books
/// @param delay null when nothing but the events' own times is known
public record StreamQuality(
    String symbol,
    MarketStream stream,
    @Nullable Interval interval,
    long rows,
    long first,
    long last,
    @Nullable Long distance,
    Holes holes,
    Repeats duplicates,
    @Nullable Outliers outliers,
    Backwards backwards,
    @Nullable SkippedIds skippedIds,
    @Nullable Delay delay) {
  /// @param from time of the event before it
  /// @param to time of the event after it
  /// @param seq of the event after it
  /// @param missingBars null for all but bars
  public record Hole(long from, long to, long seq, @Nullable Long missingBars) {
    public long length() {
      return to - from;
    }
  }

  /// @param longerThan what counts as a hole; null when there is no telling
  /// @param count of those found, at most [QualityCheck#MOST]
  /// @param more whether there are more than were counted
  /// @param missingBars in all holes that were counted; null for all but bars
  /// @param longest the longest ones, the longest first
  public record Holes(
      @Nullable Long longerThan,
      int count,
      boolean more,
      @Nullable Long missingBars,
      List<Hole> longest) {
    public Holes {
      longest = List.copyOf(longest);
    }
  }

  /// @param price null where there is none
  public record Spot(long seq, long time, @Nullable Double price) {}

  /// @param spots the first ones
  public record Repeats(long count, List<Spot> spots) {
    public Repeats {
      spots = List.copyOf(spots);
    }
  }

  /// @param around the median of the prices around it
  public record Outlier(long seq, long time, double price, double around) {}

  /// @param limit how far a price may be from the median of those around it, as a share
  /// @param count of those found, at most [QualityCheck#MOST]
  /// @param more whether there are more than were counted
  /// @param worst those farthest away, the farthest first
  public record Outliers(double limit, int count, boolean more, List<Outlier> worst) {
    public Outliers {
      worst = List.copyOf(worst);
    }
  }

  /// @param worst by how much a time went back at most
  /// @param spots the first ones
  public record Backwards(long count, long worst, List<Spot> spots) {
    public Backwards {
      spots = List.copyOf(spots);
    }
  }

  /// @param count how often ids of changes are missing between two updates of an order book
  /// @param spots the first ones
  public record SkippedIds(long count, List<Spot> spots) {
    public SkippedIds {
      spots = List.copyOf(spots);
    }
  }

  /// From the time of an event to its arrival.
  ///
  /// @param least negative where an event arrived before its time: the clocks differ
  /// @param negative how many did
  public record Delay(long least, long greatest, double mean, long negative) {}
}
