package sandpiper.feeds;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.RecordedPart;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// What a session recorded, read again from the database, in the order in which it saw it.
///
/// The place of this reader is a number that it keeps for itself and tells with every question, so
/// readers of one recording cannot disturb each other. [#AHEAD] windows are asked for ahead, and
/// the next one when the first of them is begun, so a reader that rests leaves the database alone.
/// It waits for the database: not for an event loop.
final class RecordingData implements SourceData {
  /// As many as keep the database at work while one is consumed; more are no faster.
  private static final int AHEAD = 3;

  private static final int PATIENCE_SECONDS = 90;

  private final Bus bus;
  private final Recording recording;
  private final Set<String> symbols;
  private final TimeRange range;
  private final Queue<CompletableFuture<RecordingPage>> windows = new ArrayDeque<>(AHEAD);
  private Iterator<Input> window = List.<Input>of().iterator();
  private long asked;
  private @Nullable MarketEvent ahead;
  private @Nullable DataException failure;
  private boolean atEnd;
  private long rows;
  private volatile long seq;

  private RecordingData(Bus bus, Recording recording, Set<String> symbols, TimeRange range) {
    this.bus = bus;
    this.recording = recording;
    this.symbols = symbols;
    this.range = range;
    seq = recording.firstSeq() - 1;
    asked = seq;
    ask();
  }

  /// @param symbols those that are wanted of it
  /// @throws DataException when there is no such recording, or it lacks one of the symbols
  static RecordingData open(Bus bus, String sessionId, Set<String> symbols, TimeRange range) {
    var recording = find(bus, sessionId, range);
    var missing = new HashSet<>(symbols);
    recording.symbols().forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new DataException(
          "recording:"
              + sessionId
              + " has no "
              + String.join(", ", missing)
              + "; it has "
              + String.join(", ", recording.symbols()));
    }
    return new RecordingData(bus, recording, Set.copyOf(symbols), range);
  }

  private static Recording find(Bus bus, String sessionId, TimeRange range) {
    var found = bus.ask(Channels.FIND_RECORDING, new FindRecording(sessionId, range));
    return await(found.toCompletionStage().toCompletableFuture(), sessionId);
  }

  private void ask() {
    while (windows.size() < AHEAD && asked < recording.lastSeq()) {
      var question = new ReadRecording(recording, asked, ReadRecording.MAX_LIMIT);
      asked += ReadRecording.MAX_LIMIT;
      windows.add(
          bus.ask(Channels.READ_RECORDING, question).toCompletionStage().toCompletableFuture());
    }
  }

  private static <T> T await(CompletableFuture<T> answer, String sessionId) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new DataException(
          "recording:"
              + sessionId
              + ": "
              + String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()));
    } catch (TimeoutException _) {
      throw new DataException(
          "recording:" + sessionId + ": no answer within " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new DataException("recording:" + sessionId + ": interrupted");
    }
  }

  @Override
  public boolean hasNext() {
    if (failure != null) {
      throw failure;
    }
    try {
      while (ahead == null && !atEnd) {
        step();
      }
    } catch (DataException e) {
      failure = e;
      throw e;
    }
    return ahead != null;
  }

  private void step() {
    if (!window.hasNext()) {
      turn();
      return;
    }
    var input = window.next();
    var event = input.event();
    seq = input.seq();
    if (input.seq() > recording.lastSeq() || isAfter(event)) {
      end();
    } else if (symbols.contains(event.symbol()) && !isBefore(event)) {
      ahead = event;
    }
  }

  /// A window may be empty and not be the last: numbers of closings are left out.
  private void turn() {
    var next = windows.poll();
    if (next == null) {
      end();
      return;
    }
    window = await(next, recording.sessionId()).inputs().iterator();
    ask();
  }

  /// Windows of days that were dropped meanwhile were empty: that must not look like an end.
  private void end() {
    atEnd = true;
    var first = recording.parts().stream().mapToLong(RecordedPart::firstSeq).min();
    var now = find(bus, recording.sessionId(), TimeRange.ALL);
    if (first.isPresent() && now.firstSeq() != first.getAsLong()) {
      throw new DataException(
          "recording:" + recording.sessionId() + ": its first days were dropped while it was read");
    }
  }

  private boolean isBefore(MarketEvent event) {
    return range.from() != null && event.beginTime() < range.from();
  }

  private boolean isAfter(MarketEvent event) {
    return range.to() != null && event.beginTime() >= range.to();
  }

  @Override
  public MarketEvent peek() {
    if (!hasNext() || ahead == null) {
      throw new DataException("recording:" + recording.sessionId() + " has no event in this range");
    }
    return ahead;
  }

  @Override
  public MarketEvent next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    var event = ahead;
    ahead = null;
    rows++;
    return event;
  }

  @Override
  public Long endTime() {
    return range.to() == null ? recording.endTime() : Math.min(range.to(), recording.endTime());
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    return recording.intervals().entrySet().stream()
        .filter(each -> symbols.contains(each.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long skippedRows() {
    return 0;
  }

  @Override
  public double progress() {
    double all = recording.lastSeq() - recording.firstSeq() + 1.0;
    return Math.clamp((seq - recording.firstSeq() + 1) / all, 0, 1);
  }

  @Override
  public String description() {
    return "recording:" + recording.sessionId();
  }

  @Override
  public void close() {
    atEnd = true;
    ahead = null;
  }
}
