package sandpiper.gateway.system;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.FeedHealth;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.gateway.system.Readiness.Phase;

/// How the platform is, from its meters. Whatever has no meter yet is null.
///
/// @param inputs since the start, by the way they took; backtests in one thread count when they
///   have ended
/// @param exchange what hears an exchange at this moment, sessions and data collections
/// @param sessions that run
/// @param clients of the bridge
/// @param cutOff clients that read too slowly, or said nothing, since the start
public record SystemFigures(
    Phase phase,
    @Nullable Double uptimeSeconds,
    List<Verticle> verticles,
    List<Stage> stages,
    List<Callback> callbacks,
    List<Inputs> inputs,
    List<Feed> feeds,
    List<FeedHealth> exchange,
    int sessions,
    List<Loop> loops,
    Jvm jvm,
    List<Queue> queues,
    List<Dropped> dropped,
    Database database,
    @Nullable Long clients,
    @Nullable Long cutOff,
    Log log) {
  public record Verticle(String name, boolean up) {}

  /// A timer; milliseconds of the last two minutes.
  ///
  /// @param count since the start
  public record Times(long count, double p50Ms, double p95Ms, double p99Ms, double maxMs) {}

  public record Stage(String stage, @JsonUnwrapped Times times) {}

  public record Callback(String strategy, @JsonUnwrapped Times times) {}

  public record Inputs(String wiring, long count) {}

  /// @param clock of the latest event, UTC microseconds
  /// @param ageSeconds since the feed's last word
  public record Feed(
      String sessionId, List<String> symbols, long seq, long clock, double ageSeconds) {}

  public record Loop(String loop, @JsonUnwrapped Times times) {}

  /// @param heapMax bytes, as the others of the heap
  /// @param cpu share of all processors
  public record Jvm(
      @Nullable Long heapUsed,
      @Nullable Long heapCommitted,
      long heapMax,
      @Nullable Long threads,
      int processors,
      @Nullable Double cpu) {}

  public record Queue(String queue, long depth) {}

  public record Dropped(String queue, long count) {}

  /// @param problem why it did not answer; null when it did
  /// @param inUse connections
  /// @param waiting for a connection
  public record Database(
      @Nullable String problem,
      @Nullable String server,
      @Nullable String schema,
      @Nullable Long bytes,
      @Nullable Integer poolSize,
      @Nullable Double answerMs,
      @Nullable Long inUse,
      @Nullable Long waiting,
      Journal journal,
      List<Batch> batches,
      List<Failed> failed,
      List<Rows> rows) {}

  /// What waits on disk for the database.
  public record Journal(
      StorageLevel level,
      @Nullable String problem,
      @Nullable Long records,
      @Nullable Long bytes,
      @Nullable Double ageSeconds) {}

  public record Batch(String kind, @JsonUnwrapped Times times) {}

  public record Failed(String kind, long count) {}

  public record Rows(String table, long count) {}

  public record Log(long warnings, long errors) {}
}
