package sandpiper.domain.market;

/// Levels of an order book whose size has changed; sizes are what stands there now, not by how much
/// they changed.
///
/// @param time UTC microseconds
/// @param firstId of the first change that is in it: one above the last id of the update before.
///   `U` of Binance spot, `pu` + 1 of Binance futures, `fromVersion` of MEXC
/// @param lastId of the last change that is in it: `u` of Binance, `toVersion` of MEXC
public record BookUpdate(
    String symbol, long time, long firstId, long lastId, Levels bids, Levels asks)
    implements BookEvent {
  public BookUpdate {
    if (firstId > lastId) {
      throw new IllegalArgumentException(
          "the first id of a book update must not be above its last, was "
              + firstId
              + " and "
              + lastId);
    }
  }
}
