package sandpiper.domain.market;

/// Open, high, low, close and volume of one interval.
///
/// As a market event it means that a source delivers bars: the venue fills orders on it. Strategies
/// see a bar only as [BarClosed].
///
/// @param openTime UTC microseconds of the start of the interval; its end is not part of it
public record Bar(
    String symbol,
    Interval interval,
    long openTime,
    double open,
    double high,
    double low,
    double close,
    double volume)
    implements MarketEvent {
  public Bar {
    Check.positive("open", open);
    Check.positive("low", low);
    Check.positive("close", close);
    Check.notNegative("volume", volume);
    if (!(high >= low && high >= open && high >= close && low <= open && low <= close)) {
      throw new IllegalArgumentException(
          "high must be the highest and low the lowest price of a bar, was open "
              + open
              + ", high "
              + high
              + ", low "
              + low
              + ", close "
              + close);
    }
  }

  /// UTC microseconds of the end of the interval.
  public long closeTime() {
    return openTime + interval.micros();
  }

  @Override
  public long time() {
    return closeTime();
  }

  @Override
  public long beginTime() {
    return openTime;
  }
}
