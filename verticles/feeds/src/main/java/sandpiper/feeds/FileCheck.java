package sandpiper.feeds;

import java.util.EnumSet;
import java.util.Objects;
import sandpiper.bus.Messages.CheckFile;
import sandpiper.bus.Messages.FileChecked;
import sandpiper.domain.market.MarketStream;

/// Reads a file from its first row to its last, so that what is wrong with it is known before any
/// of it is kept.
final class FileCheck {
  private FileCheck() {}

  /// @throws DataException that names the line, the column and the value
  static FileChecked of(CheckFile wanted) {
    var request = new DataRequest(wanted.file(), wanted.symbol(), null, null, null, false);
    try (var data = SourceData.open(request)) {
      data.peek();
      var streams = EnumSet.noneOf(MarketStream.class);
      while (data.hasNext()) {
        streams.add(Objects.requireNonNull(MarketStream.of(data.next())));
      }
      return new FileChecked(streams, data.rows());
    }
  }
}
