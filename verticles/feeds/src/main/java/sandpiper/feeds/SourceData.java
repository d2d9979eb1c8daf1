package sandpiper.feeds;

import sandpiper.domain.market.MarketEvent;

/// The events of one source: a file, or a recording.
sealed interface SourceData extends MarketData
    permits MarketDataReader, StreamReader, RecordingData {
  /// Opens a file, whatever is in it, and reads their header; no row yet.
  ///
  /// @throws DataException when they cannot be used
  static SourceData open(DataRequest request) {
    return StreamReader.isFor(request.data())
        ? StreamReader.open(request)
        : MarketDataReader.open(request);
  }

  /// The event that [#next] will hand out.
  ///
  /// @throws DataException also when there is none
  MarketEvent peek();

  @Override
  default long startTime() {
    return peek().beginTime();
  }
}
