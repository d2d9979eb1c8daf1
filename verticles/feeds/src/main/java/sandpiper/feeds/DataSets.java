package sandpiper.feeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.DataSet;
import sandpiper.bus.Messages.DataSetList;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Interval;

/// Opens market data by name: `demo`, `file:NAME` of the data folder, `recording:SESSION` of the
/// database, or the path of a file. Knows `bridge:NAME` and `mexc` too, but cannot open what only
/// comes.
///
/// Thread-safe. Opening and reading may wait for files and the database: not for an event loop.
public final class DataSets {
  static final String FILE = "file:";
  static final String RECORDING = "recording:";
  static final String BRIDGE = "bridge:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final Pattern FEED_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int MAX_FILES = 200;

  private final Path folder;
  private final Bus bus;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  /// @param state of the file when it was looked at
  private record Look(String state, DataSet found) {}

  /// @param folder of the files that have a name; it need not be there
  public DataSets(Path folder, Bus bus) {
    this.folder = folder;
    this.bus = bus;
  }

  /// Opens every source and reads its header.
  ///
  /// @param symbols of the session
  /// @param data a source for the only symbol, a recording for all of them, or `SYMBOL=source`,
  ///   with commas between, for every one
  /// @param interval of the bars that are wanted of an only symbol; null for any
  /// @throws DataException when one cannot be used
  public MarketData open(
      List<String> symbols, String data, @Nullable Interval interval, TimeRange range) {
    if (data.startsWith(RECORDING)) {
      return recording(data, Set.copyOf(symbols), range);
    }
    var requests =
        DataRequest.of(symbols, List.of(data), interval, range.from(), range.to(), false);
    return MergedData.open(requests, this::source);
  }

  /// The data that come with the program, and the files of the folder, by name. What is in a file
  /// is looked at once, as long as it stays the same.
  DataSetList list() {
    var sets = new ArrayList<DataSet>();
    sets.add(known(DataRequest.DEMO, DataRequest.DEMO, "", this::demo));
    try (var files = Files.list(folder)) {
      files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .limit(MAX_FILES)
          .filter(Files::isRegularFile)
          .forEach(file -> sets.add(file(file)));
    } catch (NotDirectoryException | NoSuchFileException _) {
      // Nobody has put anything there yet.
    } catch (IOException e) {
      throw new DataException("data.folder cannot be read: " + e);
    }
    return new DataSetList(sets);
  }

  private DataSet file(Path file) {
    var id = FILE + file.getFileName();
    try {
      var size = Files.size(file);
      var state = size + " " + Files.getLastModifiedTime(file);
      return known(id, id, state, () -> look(id, file, size));
    } catch (IOException e) {
      return problem(id, String.valueOf(e));
    }
  }

  private DataSet known(String key, String id, String state, Supplier<DataSet> look) {
    var seen = looks.get(key);
    if (seen != null && seen.state().equals(state)) {
      return seen.found();
    }
    DataSet found;
    try {
      found = look.get();
    } catch (DataException e) {
      found = problem(id, String.valueOf(e.getMessage()));
    }
    looks.put(key, new Look(state, found));
    return found;
  }

  private static DataSet problem(String id, String reason) {
    return new DataSet(id, null, null, null, null, null, null, "cannot be used", reason);
  }

  private DataSet look(String id, Path file, long size) {
    try (var data = SourceData.open(request(file.toString(), "DATA"))) {
      var first = data.peek().beginTime();
      var about = String.format(Locale.ROOT, "%s, %.1f MB", data.description(), size / 1e6);
      return new DataSet(
          id,
          content(data),
          null,
          data.sourceIntervals().get("DATA"),
          first,
          null,
          null,
          about,
          null);
    }
  }

  private DataSet demo() {
    var symbol = "BTCUSD";
    try (var data = SourceData.open(request(DataRequest.DEMO, symbol))) {
      long first = data.peek().beginTime();
      long last = first;
      while (data.hasNext()) {
        last = data.next().time();
      }
      return new DataSet(
          DataRequest.DEMO,
          content(data),
          List.of(symbol),
          null,
          first,
          last,
          data.rows(),
          "trades of Bitstamp, November 2013",
          null);
    }
  }

  private static String content(SourceData data) {
    return switch (data) {
      case MarketDataReader file -> file.kind().text();
      case StreamReader _ -> "messages";
      case RecordingData _ -> "recording";
    };
  }

  private static DataRequest request(String data, String symbol) {
    return new DataRequest(data, symbol, null, null, null, false);
  }

  private SourceData source(DataRequest request) {
    var data = request.data();
    if (data.startsWith(BRIDGE)) {
      throw new DataException(
          data
              + " has prices as they come, and of all symbols of a session: only one of mode paper"
              + " can take them");
    }
    if (LiveData.isLive(data)) {
      throw new DataException(
          data
              + " is the market as it is, of all symbols of a session: only one of mode paper or a"
              + " data collection can take it");
    }
    if (data.startsWith(RECORDING)) {
      return recording(data, Set.of(request.symbol()), new TimeRange(request.from(), request.to()));
    }
    return SourceData.open(data.startsWith(FILE) ? request.with(file(data).toString()) : request);
  }

  private RecordingData recording(String data, Set<String> symbols, TimeRange range) {
    return RecordingData.open(bus, data.substring(RECORDING.length()), symbols, range);
  }

  /// Under which name the prices of `bridge:NAME` are published.
  ///
  /// @throws DataException when it cannot be one
  static String published(String data) {
    var name = data.substring(BRIDGE.length());
    if (!FEED_NAME.matcher(name).matches()) {
      throw new DataException(
          "the name of prices from outside must be 1 to 64 of A-Z, a-z, 0-9, '-' and '_', was '"
              + name
              + "'");
    }
    return name;
  }

  /// The file behind a name. Neither a name nor a link leads out of the folder.
  private Path file(String data) {
    var name = data.substring(FILE.length());
    if (NAME.matcher(name).matches()) {
      try {
        var file = folder.resolve(name).toRealPath();
        if (file.startsWith(folder.toRealPath()) && Files.isRegularFile(file)) {
          return file;
        }
      } catch (IOException _) {
        // Told below, as any other name that has no file.
      }
    }
    throw new DataException(
        "unknown data set '" + data + "'; /api/data-sets lists those there are");
  }
}
