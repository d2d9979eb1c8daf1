package sandpiper.domain.journal;

/// Gives ids to what is born in a session, from session, input number and kind alone: the same
/// session run again gives the same ids, and two never collide.
///
/// An id is prefix, session, `-`, number of the input, `-`, running number within that input and
/// kind: `ord_0m5k3x9q2v7c4d1e-1042-1`. Not thread-safe; one instance for each writer.
public final class Ids {
  private final String body;
  private final String prefix;
  private final String mark;
  private long seq = -1;
  private int count;

  private Ids(String sessionId, String prefix) {
    this(sessionId, prefix, "");
  }

  private Ids(String sessionId, String prefix, String mark) {
    Identity.session(sessionId);
    this.body = sessionId.substring(3);
    this.prefix = prefix;
    this.mark = mark;
  }

  public static Ids signals(String sessionId) {
    return new Ids(sessionId, "sig_");
  }

  public static Ids orders(String sessionId) {
    return new Ids(sessionId, "ord_");
  }

  public static Ids fills(String sessionId) {
    return new Ids(sessionId, "fil_");
  }

  public static Ids positions(String sessionId) {
    return new Ids(sessionId, "pos_");
  }

  /// Of signals that risk raises itself: their number begins with `r`.
  public static Ids riskSignals(String sessionId) {
    return new Ids(sessionId, "sig_", "r");
  }

  /// Of orders that risk places itself, in the same way.
  public static Ids riskOrders(String sessionId) {
    return new Ids(sessionId, "ord_", "r");
  }

  /// Of signals of a person: their number begins with `m`, for manual.
  public static Ids manualSignals(String sessionId) {
    return new Ids(sessionId, "sig_", "m");
  }

  /// Of orders of a person, in the same way.
  public static Ids manualOrders(String sessionId) {
    return new Ids(sessionId, "ord_", "m");
  }

  /// Whether the id of an order or signal was given to risk or to a person, not to a strategy.
  public static boolean isForeign(String id) {
    int last = id.lastIndexOf('-') + 1;
    return last > 0 && !Character.isDigit(id.charAt(last));
  }

  /// Goes on as if `count` ids had been given within input number `seq`.
  public void resume(long seq, int count) {
    this.seq = seq;
    this.count = count;
  }

  /// The next id within input number `seq`, which must not go back.
  public String next(long seq) {
    if (seq < this.seq) {
      throw new IllegalArgumentException("seq must not go back, was " + seq + " after " + this.seq);
    }
    if (seq > this.seq) {
      this.seq = seq;
      count = 0;
    }
    count++;
    return prefix + body + "-" + seq + "-" + mark + count;
  }
}
