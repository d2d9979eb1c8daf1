package sandpiper.domain.market;

/// One thing that happened in the market, in the order in which a session sees it.
///
/// [Trade], [Quote], [Bar] and [BookEvent] come from a source, and a simulated venue may fill
/// orders on them. [BarClosed] is derived from those, and an [ExternalValue] comes from elsewhere:
/// strategies and indicators see them, the venue does not. A [VenueReport] is a real exchange's
/// word.
public sealed interface MarketEvent
    permits Trade, Quote, Bar, BarClosed, BookEvent, ExternalValue, VenueReport {
  /// Name of the instrument, such as `BTCUSD`.
  String symbol();

  /// UTC microseconds at which the event is known: for a bar the end of its interval.
  long time();

  /// UTC microseconds at which what the event tells of began: for a bar its open time.
  default long beginTime() {
    return time();
  }
}
