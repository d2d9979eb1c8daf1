package sandpiper.gateway;

import static sandpiper.gateway.Samples.NOON;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CollectionList;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.ExportPiece;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.QualityReport;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.WriteParquet;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.quality.QualityCheck;

/// Two data collections: one runs, one ended in an earlier process. The recording of both has
/// 12,000 trades, each followed by a quote.
public final class FakeCollections {
  public static final String RUNNING = "dc_new";
  public static final String ENDED = "dc_old";
  private static final long LAST = 24_000;

  private final FakePlatform platform;

  /// What the last file that was to be imported had in it.
  public volatile String imported = "";

  /// Completes when what was imported is to have been recorded.
  public final Promise<Void> importOver = Promise.promise();

  /// Completes when files of Parquet are to come to their end.
  public volatile Future<Void> goOn = Future.succeededFuture();

  /// What became of each of those files.
  public final BlockingQueue<AsyncResult<Done>> written = new LinkedBlockingQueue<>();

  FakeCollections(FakePlatform platform) {
    this.platform = platform;
  }

  Future<?> answer(Bus bus) {
    return Future.all(
        List.of(
            bus.answer(
                Channels.START_COLLECTION,
                start -> platform.answer(start, new SessionStarted(RUNNING, false))),
            bus.answer(Channels.IMPORT_FILE, this::importFile),
            bus.answer(Channels.AWAIT_COLLECTION, _ -> importOver.future().map(ended())),
            bus.answer(Channels.WRITE_PARQUET, order -> write(bus, order)),
            bus.answer(
                Channels.STOP_COLLECTION,
                stop -> platform.answer(stop, new CollectionList(List.of(running())))),
            bus.answer(
                Channels.LIST_COLLECTIONS, list -> platform.answer(list, known(list.sessionId()))),
            bus.answer(Channels.FIND_COLLECTIONS, find -> platform.answer(find, kept(find))),
            bus.answer(
                Channels.FIND_RECORDING,
                find -> platform.answer(find, recording(find.sessionId()))),
            bus.answer(Channels.READ_RECORDING, read -> platform.answer(read, page(read))),
            bus.answer(
                Channels.CHECK_QUALITY,
                check -> platform.answer(check, report(check.sessionId())))));
  }

  private Future<SessionStarted> importFile(ImportFile wanted) {
    try {
      imported = Files.readString(Path.of(wanted.file()));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
    return platform.answer(wanted, new SessionStarted(ENDED, false));
  }

  /// Two pieces, and more between them for as long as it is not to go on.
  private Future<Done> write(Bus bus, WriteParquet order) {
    platform.asked.add(order);
    var first = new ExportPiece(order.exportId(), Buffer.buffer("PAR1"));
    var second = new ExportPiece(order.exportId(), Buffer.buffer("x".repeat(100_000) + "PAR1"));
    return bus.ask(Channels.EXPORT_PIECE, first)
        .compose(_ -> more(bus, order))
        .compose(_ -> bus.ask(Channels.EXPORT_PIECE, second))
        .onComplete(written::add);
  }

  private Future<?> more(Bus bus, WriteParquet order) {
    return goOn.isComplete()
        ? Future.succeededFuture()
        : bus.ask(
                Channels.EXPORT_PIECE,
                new ExportPiece(order.exportId(), Buffer.buffer("-".repeat(50_000))))
            .compose(_ -> more(bus, order));
  }

  private static CollectionState running() {
    return new CollectionState(
        RUNNING,
        SessionStatus.RUNNING,
        List.of("BTCUSD"),
        List.of(MarketStream.TRADES),
        "demo",
        10.0,
        NOON + 7,
        7,
        0.5,
        NOON,
        null,
        null);
  }

  private static CollectionState ended() {
    return new CollectionState(
        ENDED,
        SessionStatus.STOPPED,
        List.of("BTCUSD"),
        List.of(MarketStream.TRADES),
        "import:a.csv",
        null,
        NOON,
        2,
        1,
        NOON,
        NOON + 9,
        null);
  }

  private static CollectionList known(@Nullable String sessionId) {
    return new CollectionList(
        sessionId == null
            ? List.of(running())
            : sessionId.equals(RUNNING)
                ? List.of(running())
                : sessionId.equals(ENDED) ? List.of(ended()) : List.of());
  }

  private static HistoryPage kept(FindCollections find) {
    var rows = new ArrayList<Map<String, Object>>();
    for (var id : List.of(RUNNING, ENDED)) {
      if (find.sessionId() == null || find.sessionId().equals(id)) {
        rows.add(row(id));
      }
    }
    return new HistoryPage(rows, find.sessionId() == null ? "more" : null);
  }

  @SuppressWarnings("NullAway") // columns that may be null are
  private static Map<String, Object> row(String id) {
    boolean runs = id.equals(RUNNING);
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("session_id", id);
    row.put("mode", "collection");
    row.put("status", runs ? "starting" : "stopped");
    row.put("symbols", List.of("BTCUSD"));
    row.put("streams", List.of("trades"));
    row.put("data", runs ? "demo" : "import:a.csv");
    row.put("acceleration", runs ? 10.0 : null);
    row.put("clock", NOON);
    row.put("started_at", NOON);
    row.put("ended_at", runs ? null : NOON + 9);
    row.put("error", null);
    var part = new LinkedHashMap<String, @Nullable Object>();
    part.put("symbol", "BTCUSD");
    part.put("stream", "trades");
    part.put("interval", null);
    part.put("rows", 2L);
    part.put("from", NOON);
    part.put("to", NOON + 5);
    row.put("contents", Map.of("bytes", 220L, "streams", List.of(part)));
    return row;
  }

  static Recording recording(String sessionId) {
    return new Recording(sessionId, List.of("BTCUSD"), List.of(), Map.of(), 1, LAST, NOON + LAST);
  }

  private static RecordingPage page(ReadRecording read) {
    var inputs = new ArrayList<Input>();
    for (long seq = read.after() + 1; seq <= Math.min(LAST, read.after() + read.limit()); seq++) {
      long time = NOON + seq;
      inputs.add(
          new Input(
              read.recording().sessionId(),
              seq,
              time,
              seq % 2 == 1
                  ? new Trade("BTCUSD", time, 100 + seq, 0.5)
                  : new Quote("BTCUSD", time, 99, 101, 1, 2)));
    }
    return new RecordingPage(inputs);
  }

  /// Of everything that can be found at least one.
  private static QualityReport report(String sessionId) {
    var check = new QualityCheck();
    for (int i = 0; i < 100; i++) {
      long time = NOON + 1_000_000L * (i < 50 ? i : i + 1_000) - (i == 70 ? 5_000_000 : 0);
      var trade = new Trade("BTCUSD", time, i == 20 ? 1_000 : 100, 1 + i);
      check.add(2 * i + 1, time + 7, trade);
      if (i == 30) {
        check.add(2 * i + 2, time + 7, trade);
      }
    }
    return new QualityReport(sessionId, check.rows(), true, check.report());
  }
}
