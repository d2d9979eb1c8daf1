package sandpiper.mexc.client;

/// Something that was not heard.
///
/// @param missing of [Kind#FEED] milliseconds for which nothing was heard, of [Kind#BOOK] changes
///   of the order book that are missing; zero when nobody knows
/// @param why for people
public record StreamGap(String symbol, Kind kind, long missing, String why) {
  public enum Kind {
    /// Of everything about the symbol.
    FEED,
    /// Of its order book, which is asked for anew.
    BOOK
  }
}
