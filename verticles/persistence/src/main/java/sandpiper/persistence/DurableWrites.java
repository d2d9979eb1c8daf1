package sandpiper.persistence;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.WorkerExecutor;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Refusal;

/// Brings what must not be lost to the database, or to a journal on disk while the database is
/// away; answers when it is safe at the one or the other.
///
/// ```
/// database answers ──── direct: every write for itself
///     │ a connection is gone
///     ▼
/// away ──── appended to the journal and forced to disk, in order; tried again with back-off
///     │ the oldest record could be written
///     ▼
/// writing back ──── the journal in order, one record at a time; what comes meanwhile waits
///     │ nothing is left: its files are gone
///     └──▶ direct
/// ```
///
/// What finds no room waits unanswered, and with it whoever wrote it. Backtests always wait: they
/// can be run again. Of the journal, who stopped trading may use all, live sessions all but a
/// little, everybody else half, so that what is only recorded never takes the room of what is
/// traded. Use on one event loop.
final class DurableWrites implements Writes {
  private static final Logger LOG = LoggerFactory.getLogger(DurableWrites.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int MOST_AT_A_TIME = 64;
  private static final String BACKTEST = "bt_";
  private static final String LIVE = "lv_";

  /// Of the journal, for who stopped trading, at most.
  private static final long RESERVE = 64 * 1024;

  private final Context context;
  private final Writes database;
  private final DiskJournal journal;
  private final WorkerExecutor disk;
  private final Consumer<StorageState> listener;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final List<Promise<Void>> settled = new ArrayList<>();
  private Phase phase = Phase.DIRECT;
  private boolean appending;
  private boolean closed;
  private long pause = FIRST_PAUSE_MILLIS;
  private @Nullable Long timer;

  /// Why the journal takes nothing; null while it does.
  private @Nullable String problem;

  /// Whether something found no room, and whether that was of a live session.
  private boolean held;

  private boolean full;
  private StorageLevel level = StorageLevel.WRITTEN;

  private enum Phase {
    DIRECT,
    AWAY,
    WRITING_BACK
  }

  /// Not answered yet.
  private static final class Waiting {
    private final Write write;
    private final Promise<Map<String, Integer>> done = Promise.promise();

    private Waiting(Write write) {
      this.write = write;
    }

    boolean isAudit() {
      return write.sessionId().equals(AuditLog.KEPT);
    }

    /// Whether it is of trading with real money, or of the stop to it.
    boolean isFirst() {
      return isAudit() || is(LIVE);
    }

    boolean is(String prefix) {
      return write.sessionId().startsWith(prefix);
    }
  }

  /// @param database writes at once, or fails
  /// @param disk of one thread
  /// @param listener hears of every change
  DurableWrites(
      Context context,
      Writes database,
      DiskJournal journal,
      WorkerExecutor disk,
      Consumer<StorageState> listener) {
    this.context = context;
    this.database = database;
    this.journal = journal;
    this.disk = disk;
    this.listener = listener;
  }

  /// Writes what was left in the journal, oldest first; completes when all is in the database.
  Future<Void> start() {
    if (journal.records() > 0) {
      LOG.info(
          "the journal holds {} records that the database does not have yet, writing them back",
          journal.records());
      phase = Phase.AWAY;
      next();
    }
    return settled();
  }

  /// Completes when the journal is empty and nothing waits.
  Future<Void> settled() {
    if (phase == Phase.DIRECT) {
      return Future.succeededFuture();
    }
    var promise = Promise.<Void>promise();
    settled.add(promise);
    return promise.future();
  }

  /// @return fails only when the database refuses what is written
  @Override
  public Future<Map<String, Integer>> write(Write write) {
    return phase == Phase.DIRECT
        ? database
            .write(write)
            .recover(failure ->
                isAway(failure) && !closed ? keep(write, failure) : Future.failedFuture(failure))
        : enqueue(write);
  }

  /// What waits unanswered is not written; what waits in the journal is, at the next start.
  Future<Void> close() {
    closed = true;
    forgetTimer();
    for (var each : List.copyOf(waiting)) {
      each.done.tryFail(
          new Refusal(
              Refusal.Kind.FAILED,
              "the platform stops while the database is away and the journal takes nothing"));
    }
    waiting.clear();
    return disk.<@Nullable Void>executeBlocking(
            () -> {
              journal.close();
              return null;
            })
        .eventually(disk::close)
        .mapEmpty();
  }

  /// Whether a failure says that the database cannot be reached or cannot work now, and nothing
  /// about what was to be written.
  static boolean isAway(Throwable failure) {
    return switch (failure) {
      case PgException refusal -> saysNothingOfTheData(refusal.getSqlState());
      case IOException _, TimeoutException _ -> true;
      default -> failure instanceof VertxException; // what the client says of its connections
    };
  }

  /// By the classes of PostgreSQL's error codes: connection, authorisation, no such database,
  /// rolled back (deadlock), insufficient resources (disk full), operator intervention (shutdown,
  /// start, cancelled), system error; and a server that takes no writes for now.
  private static boolean saysNothingOfTheData(@Nullable String code) {
    return code != null
        && (code.equals("25006")
            || List.of("08", "28", "3D", "40", "53", "57", "58").contains(code.substring(0, 2)));
  }

  private Future<Map<String, Integer>> keep(Write write, Throwable failure) {
    if (phase == Phase.DIRECT) {
      LOG.warn(
          "the database is away ({}): what sessions write is kept in the journal until it is back",
          failure.getMessage());
      pause = FIRST_PAUSE_MILLIS;
      away();
    }
    return enqueue(write);
  }

  private Future<Map<String, Integer>> enqueue(Write write) {
    var each = new Waiting(write);
    waiting.add(each);
    append();
    tell();
    return each.done.future();
  }

  private void away() {
    phase = Phase.AWAY;
    if (timer == null && !closed) {
      timer = context.owner().setTimer(pause, _ -> tryAgain());
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
    append();
    tell();
  }

  private void forgetTimer() {
    if (timer != null) {
      context.owner().cancelTimer(timer);
      timer = null;
    }
  }

  private void tryAgain() {
    timer = null;
    append(); // the disk may have room again
    next();
  }

  /// Brings the oldest of what waits to the database, and then the one after it.
  private void next() {
    if (closed) {
      return;
    }
    disk.executeBlocking(this::front)
        .onComplete(
            write -> {
              if (write == null) {
                afterJournal();
              } else {
                writeBack(write);
              }
            },
            this::journalFailed);
  }

  /// On the disk's thread.
  private @Nullable Write front() throws IOException {
    for (var entry = journal.peek(); entry != null; entry = journal.peek()) {
      try {
        return WriteCodec.decode(entry.content());
      } catch (IOException | RuntimeException e) {
        LOG.error("the record {} cannot be read, it is kept in {}", entry.place(), refused(), e);
      }
    }
    return null;
  }

  private Path refused() throws IOException {
    return journal.refuse();
  }

  private void writeBack(Write write) {
    database
        .write(write)
        .onComplete(
            _ -> written(write, null),
            failure -> {
              if (isAway(failure)) {
                away();
              } else {
                written(write, failure);
              }
            });
  }

  /// @param refusal of the database; null when it has it
  private void written(Write write, @Nullable Throwable refusal) {
    answered();
    disk.<@Nullable Void>executeBlocking(
            () -> {
              if (refusal != null) {
                LOG.error(
                    "the database refuses {} out of the journal, it is kept in {}",
                    write.what(),
                    refused(),
                    refusal);
              } else {
                journal.remove();
              }
              return null;
            })
        .onComplete(_ -> next(), this::journalFailed);
  }

  private void answered() {
    if (phase == Phase.AWAY) {
      LOG.info("the database answers: writing back {} records", journal.records());
      phase = Phase.WRITING_BACK;
      pause = FIRST_PAUSE_MILLIS;
    }
  }

  private void journalFailed(Throwable failure) {
    LOG.error("the journal cannot be read back", failure);
    away();
  }

  /// The journal is empty; what still waits found no room in it.
  private void afterJournal() {
    var first = waiting.peekFirst();
    if (appending) {
      next();
    } else if (first == null || phase == Phase.WRITING_BACK) {
      direct();
    } else {
      database
          .write(first.write)
          .onComplete(
              rows -> {
                waiting.remove(first);
                first.done.tryComplete(rows);
                answered();
                next();
              },
              failure -> {
                if (isAway(failure)) {
                  away();
                } else {
                  waiting.remove(first);
                  first.done.tryFail(failure);
                  answered();
                  next();
                }
              });
    }
  }

  private void direct() {
    LOG.info("the database has everything");
    phase = Phase.DIRECT;
    problem = null;
    held = false;
    full = false;
    var all = List.copyOf(waiting);
    waiting.clear();
    for (var each : all) {
      write(each.write).onComplete(each.done::tryComplete, each.done::tryFail);
    }
    var done = List.copyOf(settled);
    settled.clear();
    done.forEach(promise -> promise.tryComplete());
    tell();
  }

  /// While the journal is written back only live sessions add to it, so that it comes to an end.
  private boolean mayAppend(Waiting each) {
    return !each.is(BACKTEST) && (phase == Phase.AWAY || each.isFirst());
  }

  private void append() {
    if (appending || closed || phase == Phase.DIRECT) {
      return;
    }
    var candidates =
        Stream.concat(
                waiting.stream().filter(Waiting::isAudit),
                waiting.stream().filter(each -> !each.isAudit() && mayAppend(each)))
            .limit(MOST_AT_A_TIME)
            .toList();
    if (candidates.isEmpty()) {
      return;
    }
    appending = true;
    disk.executeBlocking(() -> append(candidates))
        .onComplete(
            appended -> {
              appending = false;
              problem = null;
              held = appended.held();
              full = appended.full();
              for (var each : appended.safe()) {
                waiting.remove(each);
                each.done.tryComplete(Map.of());
              }
              if (!appended.safe().isEmpty()) {
                append();
              }
              tell();
            },
            failure -> {
              appending = false;
              var message = String.valueOf(failure.getMessage());
              if (!message.equals(problem)) {
                LOG.error("the journal cannot be written: {}", message);
              }
              problem = message;
              tell();
            });
  }

  /// @param safe what is on the disk
  /// @param held whether something found no room
  /// @param full whether not even a live session would
  private record Appended(List<Waiting> safe, boolean held, boolean full) {}

  /// On the disk's thread: all that finds room, with one forced write.
  private Appended append(List<Waiting> candidates) throws IOException {
    var safe = new ArrayList<Waiting>();
    var contents = new ArrayList<byte[]>();
    long size = journal.bytes();
    boolean held = false;
    boolean full = false;
    for (var each : candidates) {
      if (!each.isAudit() && (full || (held && !each.is(LIVE)))) {
        continue; // nothing of a session overtakes what it wrote before
      }
      var content = WriteCodec.encode(each.write);
      long after = size + DiskJournal.sizeOf(content);
      if (after > room(each)) {
        full |= each.is(LIVE);
        held = true;
      } else {
        safe.add(each);
        contents.add(content);
        size = after;
      }
    }
    if (!contents.isEmpty()) {
      journal.append(contents);
    }
    return new Appended(safe, held, full);
  }

  private long room(Waiting each) {
    long most = journal.maxBytes();
    if (each.isAudit()) {
      return most;
    }
    return each.is(LIVE) ? most - Math.min(RESERVE, most / 16) : most / 2;
  }

  private void tell() {
    var now = level();
    if (now != level) {
      var before = level;
      level = now;
      switch (now) {
        case HELD ->
            LOG.warn(
                "paper sessions wait: {} of {} bytes of the journal are used",
                journal.bytes(),
                journal.maxBytes());
        case FULL ->
            LOG.error(
                "nothing that sessions write can be kept ({}): all of them wait",
                problem == null ? "it is full" : problem);
        case WRITTEN, JOURNALLED -> {
          if (before == StorageLevel.HELD || before == StorageLevel.FULL) {
            LOG.info("there is room again for what sessions write");
          }
        }
      }
      listener.accept(new StorageState(now, problem));
    }
  }

  private StorageLevel level() {
    if (phase == Phase.DIRECT) {
      return StorageLevel.WRITTEN;
    }
    if (full || problem != null) {
      return StorageLevel.FULL;
    }
    boolean waits =
        phase == Phase.WRITING_BACK
            && waiting.stream().anyMatch(each -> !each.is(BACKTEST) && !each.isFirst());
    return held || waits ? StorageLevel.HELD : StorageLevel.JOURNALLED;
  }
}
