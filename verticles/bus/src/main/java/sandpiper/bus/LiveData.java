package sandpiper.bus;

/// Data that are not waiting anywhere: what an exchange says of the market at this moment.
public final class LiveData {
  /// The spot market of MEXC.
  public static final String MEXC = "mexc";

  /// The futures of MEXC.
  public static final String MEXC_FUTURES = "mexc-futures";

  /// Name of the external value about a symbol that says, in its place among the inputs, that
  /// before it nothing was heard of the symbol for so many seconds.
  public static final String FEED_GAP = "feed-gap";

  /// Name of the external value about a symbol that says that so many changes of its order book are
  /// missing, zero when nobody knows how many; a snapshot follows.
  public static final String BOOK_GAP = "book-gap";

  private LiveData() {}

  /// Whether `data` of a session names an exchange.
  public static boolean isLive(String data) {
    return data.equals(MEXC) || data.equals(MEXC_FUTURES);
  }
}
