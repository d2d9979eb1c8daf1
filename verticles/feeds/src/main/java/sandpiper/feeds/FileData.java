package sandpiper.feeds;

import sandpiper.domain.market.MarketEvent;

/// The events of one symbol from one file.
sealed interface FileData extends MarketData permits MarketDataReader, StreamReader {
  /// Opens the data, whatever they are, and reads their header; no row yet.
  ///
  /// @throws DataException when they cannot be used
  static FileData open(DataRequest request) {
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
