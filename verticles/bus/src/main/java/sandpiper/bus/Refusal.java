package sandpiper.bus;

import java.io.Serial;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request that was turned down, with a sentence for the one who asked and, where a program can
/// use it, what the sentence says as members. No stack trace: it is an answer.
public final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// Whose fault it is.
  public enum Kind {
    /// Something went wrong here.
    FAILED(500),
    /// The request asks for what is not allowed.
    INVALID(400),
    /// The thing named is not there.
    UNKNOWN(404),
    /// Somebody else changed the thing first.
    CONFLICT(409);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /// As an HTTP status.
    public int code() {
      return code;
    }
  }

  private final Kind kind;

  /// Within the process only, as all that travels on the bus.
  private final transient Map<String, @Nullable Object> members;

  public Refusal(Kind kind, String message) {
    this(kind, message, Map.of());
  }

  /// @param members numbers, texts or null, by name; they go into the problem that a client sees
  public Refusal(Kind kind, String message, Map<String, ? extends @Nullable Object> members) {
    super(message, null, false, false);
    this.kind = kind;
    this.members = Collections.unmodifiableMap(new TreeMap<>(members));
  }

  public Kind kind() {
    return kind;
  }

  /// In the order of their names; empty when the sentence says it all.
  public Map<String, @Nullable Object> members() {
    return members;
  }

  public static Refusal invalid(String message) {
    return new Refusal(Kind.INVALID, message);
  }

  /// A change to a strategy that was not made to its latest version.
  ///
  /// @param base number of the version that was changed; 0 for none
  /// @param latest number of the version there is; 0 for none
  public static Refusal conflict(String strategy, int base, int latest) {
    var members = new HashMap<String, @Nullable Object>();
    members.put("base", base == 0 ? null : base);
    members.put("latest", latest == 0 ? null : latest);
    var sentence =
        latest == 0
            ? "strategy '" + strategy + "' has no version yet, base must be null, was " + base
            : "the latest version of strategy '"
                + strategy
                + "' is "
                + latest
                + ", base was "
                + members.get("base");
    return new Refusal(Kind.CONFLICT, sentence, members);
  }

  public static Refusal unknown(String message) {
    return new Refusal(Kind.UNKNOWN, message);
  }
}
