package sandpiper.gateway.auth;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Access.AuditEntry;
import sandpiper.bus.Access.AuditWritten;
import sandpiper.bus.Access.CloseAudit;
import sandpiper.bus.Access.KeepAudit;
import sandpiper.bus.Access.WriteAudit;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Refusal;

/// Writes down who is about to do what, and then what came of it.
///
/// A command waits for its row, and is turned down without one, but for those that [lessen
/// risk][LessensRisk]: their row is kept on this machine while the database is away, they wait for
/// it no longer than two seconds, and the answer says where it is. What could not be written stands
/// in the log.
public final class AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final long PATIENCE_SECONDS = 2;
  private static final long SAME_MICROS = 1_000;
  private static final int MAX_TEXT = 200;
  private static final int MAX_DETAIL = 4_000;
  private static final String BEGUN = "audit";
  private static final String KEPT = "audit-kept";

  /// Of an answer to who lessened risk, when the row is not in the database yet.
  public static final String PENDING = "Audit-Pending";

  /// Of the last row that was kept, by which it is known.
  private long keptAt;

  private final Bus bus;
  private final LongSupplier wallClock;

  /// @param wallClock UTC microseconds
  public AuditTrail(Bus bus, LongSupplier wallClock) {
    this.bus = bus;
    this.wallClock = wallClock;
  }

  /// Returns when the row is there; fails with 503 when it could not be written, unless the
  /// operation lessens risk.
  ///
  /// @param user null to take the one who was let in
  /// @param secret fields of the body that are not written down
  public Future<Void> begin(
      RoutingContext context,
      String operation,
      @Nullable String user,
      @Nullable JsonObject body,
      Set<String> secret) {
    var entry = entry(context, operation, user, detail(body, secret), null, null);
    if (LessensRisk.is(operation)) {
      return keep(context, at(entry, keptAt(), null, null));
    }
    Future<AuditWritten> row = bus.ask(Channels.WRITE_AUDIT, new WriteAudit(entry));
    context.put(BEGUN, row);
    return row.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(failure -> LOG.error("not written down: {}", entry, failure))
        .transform(written ->
            written.succeeded() ? Future.succeededFuture() : Future.failedFuture(refusal()));
  }

  private static HttpException refusal() {
    return new HttpException(
        503, "It is not carried out, for the database did not take its row of the audit log.");
  }

  private Future<Void> keep(RoutingContext context, AuditEntry entry) {
    context.put(KEPT, entry);
    return bus.ask(Channels.KEEP_AUDIT, new KeepAudit(entry))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onSuccess(kept -> {
          if (!kept.written()) {
            context.response().putHeader(PENDING, "disk");
          }
        })
        .onFailure(failure -> {
          LOG.error("not written down yet: {}", entry, failure);
          context.response().putHeader(PENDING, "memory");
        })
        .transform(_ -> Future.succeededFuture());
  }

  /// No two rows of one time, for they are known by it.
  private long keptAt() {
    long now = wallClock.getAsLong();
    boolean again = now <= keptAt && keptAt - now < SAME_MICROS;
    keptAt = again ? keptAt + 1 : now;
    return keptAt;
  }

  private static AuditEntry at(
      AuditEntry entry, long at, @Nullable Integer status, @Nullable String problem) {
    return new AuditEntry(
        at,
        entry.user(),
        entry.tokenId(),
        entry.remote(),
        entry.operation(),
        entry.target(),
        entry.detail(),
        status,
        problem);
  }

  /// The command was answered; one that never began, because it was not allowed, gets its row now.
  public void end(RoutingContext context, String operation, @Nullable String problem) {
    int status = context.response().getStatusCode();
    AuditEntry kept = context.get(KEPT);
    if (kept != null) {
      closeKept(kept, status, problem);
      return;
    }
    Future<AuditWritten> row = context.get(BEGUN);
    if (row == null) {
      if (context.user() != null) {
        var entry = entry(context, operation, null, null, status, problem);
        bus.ask(Channels.WRITE_AUDIT, new WriteAudit(entry))
            .onFailure(failure -> LOG.error("not written down: {}", entry, failure));
      }
      return;
    }
    close(row, operation, status, problem);
  }

  /// The same for what does not come as a request: writes down, does it, writes down what came of
  /// it.
  ///
  /// @param remote address of the client
  /// @param work fails with a [Refusal] when it is turned down
  public <T> Future<T> recorded(
      Identity identity,
      @Nullable String remote,
      String operation,
      JsonObject body,
      Supplier<Future<T>> work) {
    var entry =
        new AuditEntry(
            wallClock.getAsLong(),
            identity.user(),
            identity.tokenId(),
            remote,
            operation,
            operation,
            detail(body, Set.of()),
            null,
            null);
    if (LessensRisk.is(operation)) {
      return keptAndDone(at(entry, keptAt(), null, null), work);
    }
    Future<AuditWritten> row = bus.ask(Channels.WRITE_AUDIT, new WriteAudit(entry));
    return row.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(failure -> LOG.error("not written down: {}", entry, failure))
        .transform(written ->
            written.succeeded()
                ? work.get()
                : Future.<T>failedFuture(
                    new Refusal(Refusal.Kind.FAILED, String.valueOf(refusal().getPayload()))))
        .onComplete(
            _ -> close(row, operation, 200, null),
            failure -> {
              close(row, operation, status(failure), failure.getMessage());
            });
  }

  private <T> Future<T> keptAndDone(AuditEntry entry, Supplier<Future<T>> work) {
    return bus.ask(Channels.KEEP_AUDIT, new KeepAudit(entry))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(failure -> LOG.error("not written down yet: {}", entry, failure))
        .transform(_ -> work.get())
        .onComplete(
            _ -> closeKept(entry, 200, null),
            failure -> closeKept(entry, status(failure), failure.getMessage()));
  }

  private static int status(Throwable failure) {
    return failure instanceof Refusal refusal ? refusal.kind().code() : 500;
  }

  private void closeKept(AuditEntry kept, int status, @Nullable String problem) {
    bus.ask(Channels.KEEP_AUDIT, new KeepAudit(at(kept, kept.at(), status, problem)))
        .onFailure(failure -> LOG.error("{} ended with {}", kept.operation(), status, failure));
  }

  private void close(
      Future<AuditWritten> row, String operation, int status, @Nullable String problem) {
    row.compose(written ->
            bus.ask(Channels.CLOSE_AUDIT, new CloseAudit(written.entry(), status, problem)))
        .onFailure(failure -> LOG.error("{} ended with {}", operation, status, failure));
  }

  private AuditEntry entry(
      RoutingContext context,
      String operation,
      @Nullable String user,
      @Nullable String detail,
      @Nullable Integer status,
      @Nullable String problem) {
    var identity = context.user() == null ? null : Identity.of(context.user());
    var remote = context.request().remoteAddress();
    return new AuditEntry(
        wallClock.getAsLong(),
        user != null ? user : identity == null ? "nobody" : identity.user(),
        identity == null ? null : identity.tokenId(),
        remote == null ? null : remote.hostAddress(),
        operation,
        cut(context.request().uri(), MAX_DETAIL),
        detail,
        status,
        problem);
  }

  private static @Nullable String detail(@Nullable JsonObject body, Set<String> secret) {
    return body == null ? null : cut(shown(body, secret).encode(), MAX_DETAIL);
  }

  private static JsonObject shown(JsonObject object, Set<String> secret) {
    var shown = new JsonObject();
    object.forEach(field -> {
      if (!secret.contains(field.getKey())) {
        shown.put(field.getKey(), shown(field.getValue(), secret));
      }
    });
    return shown;
  }

  private static @Nullable Object shown(@Nullable Object value, Set<String> secret) {
    return switch (value) {
      case JsonObject object -> shown(object, secret);
      case JsonArray array -> {
        var shown = new JsonArray();
        array.forEach(each -> shown.add(shown(each, secret)));
        yield shown;
      }
      case String text when text.length() > MAX_TEXT ->
          text.substring(0, MAX_TEXT) + "… (" + text.length() + " characters)";
      case null -> null;
      default -> value;
    };
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
