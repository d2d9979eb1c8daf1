package sandpiper.domain.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the strategies of a session need to go on elsewhere, besides what the host saw pass by.
///
/// @param instances in the order of their plans
public record Checkpoint(List<Instance> instances) {
  /// The most that one instance may keep as `ctx.state`.
  public static final int MAX_SNAPSHOT_CHARACTERS = 1_000_000;

  public Checkpoint {
    instances = List.copyOf(instances);
  }

  /// @param snapshot what [Strategy#snapshot] gave; null when there is none
  /// @param unsaved why the state could not be had; null when it could
  /// @param suspended why the instance is suspended; null while it runs
  public record Instance(
      String instance,
      @Nullable String snapshot,
      @Nullable String unsaved,
      List<Timers.Timer> timers,
      @Nullable String suspended) {
    public Instance {
      timers = List.copyOf(timers);
    }

    /// The same, suspended.
    public Instance suspended(String reason) {
      return new Instance(instance, snapshot, unsaved, timers, reason);
    }
  }
}
