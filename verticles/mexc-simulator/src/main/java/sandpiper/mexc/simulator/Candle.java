package sandpiper.mexc.simulator;

/// Open, high, low, close in ticks.
///
/// @param time at which it begins
/// @param volume in lots
/// @param amount in ticks × lots
record Candle(long time, long open, long high, long low, long close, long volume, long amount) {
  /// One without a trade.
  static Candle flat(long time, long price) {
    return new Candle(time, price, price, price, price, 0, 0);
  }

  Candle plus(long price, long size) {
    boolean first = volume == 0;
    return new Candle(
        time,
        first ? price : open,
        first ? price : Math.max(high, price),
        first ? price : Math.min(low, price),
        price,
        volume + size,
        Math.addExact(amount, Math.multiplyExact(price, size)));
  }
}
