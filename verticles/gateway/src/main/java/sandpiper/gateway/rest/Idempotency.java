package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ClaimKey;
import sandpiper.bus.Messages.CompleteKey;
import sandpiper.bus.Messages.KeyClaimed;
import sandpiper.bus.Refusal;
import sandpiper.gateway.auth.Secrets;
import sandpiper.gateway.http.Problem;

/// Carries a request with an `Idempotency-Key` out once, and answers each that follows as the first
/// was answered: for a day, and after a restart too.
///
/// What became of a request that broke off is not known. It is not carried out again: whoever sent
/// it has to look.
final class Idempotency {
  static final String HEADER = "Idempotency-Key";

  /// Answers to requests that were carried out before have it.
  static final String REPLAYED = "Idempotency-Replayed";

  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);

  private final Bus bus;
  private final LongSupplier wallClock;

  /// @param wallClock UTC microseconds
  Idempotency(Bus bus, LongSupplier wallClock) {
    this.bus = bus;
    this.wallClock = wallClock;
  }

  /// Whether the contract has an operation take the header.
  static boolean takes(Operation operation) {
    return operation.getParameters().stream()
        .anyMatch(parameter ->
            parameter.getIn() == Location.HEADER && parameter.getName().equals(HEADER));
  }

  Function<Call, Future<Answer>> once(Operation operation, Function<Call, Future<Answer>> handler) {
    return call -> {
      var key = call.context().request().getHeader(HEADER);
      return key == null ? handler.apply(call) : claim(operation, key, call, handler);
    };
  }

  private Future<Answer> claim(
      Operation operation, String key, Call call, Function<Call, Future<Answer>> handler) {
    var request = Secrets.hash(call.context().request().uri() + "\n" + content(call));
    var claim =
        new ClaimKey(call.user(), key, operation.getOperationId(), request, wallClock.getAsLong());
    return bus.ask(Channels.CLAIM_KEY, claim)
        .compose(claimed ->
            claimed.first()
                ? handler
                    .apply(call)
                    .recover(Idempotency::refusal)
                    .compose(answer -> keep(claim, answer).map(answer))
                : Future.succeededFuture(again(key, claimed, call)));
  }

  private static String content(Call call) {
    var upload = Upload.of(call.context());
    if (upload != null) {
      return upload.hash();
    }
    var body = call.context().body().buffer();
    return body == null ? "" : body.toString();
  }

  /// What was turned down is an answer like any other; what went wrong is none.
  private static Future<Answer> refusal(Throwable failure) {
    return failure instanceof Refusal refusal && refusal.kind() != Refusal.Kind.FAILED
        ? Future.succeededFuture(Answer.problem(Problem.of(refusal)))
        : Future.failedFuture(failure);
  }

  /// An answer that is not kept is given all the same.
  private Future<?> keep(ClaimKey claim, Answer answer) {
    var body = answer.isSecret() ? null : answer.body().toString();
    var done = new CompleteKey(claim.user(), claim.key(), answer.status(), body);
    return bus.ask(Channels.COMPLETE_KEY, done)
        .onFailure(failure -> LOG.error("the answer to {} was not kept", claim, failure))
        .transform(_ -> Future.succeededFuture());
  }

  private static Answer again(String key, KeyClaimed known, Call call) {
    if (!known.same()) {
      throw conflict(key, "was sent with another request before");
    }
    if (known.status() == null) {
      throw conflict(
          key,
          "is of a request that is under way or was interrupted: look whether it was carried out");
    }
    var body = known.body();
    if (body == null) {
      throw conflict(
          key, "is of a request that was carried out; its answer had a secret, which is not kept");
    }
    call.context().response().putHeader(REPLAYED, "true");
    return answer(known.status(), body);
  }

  private static Answer answer(int status, @Nullable String body) {
    var media = status >= 400 ? Problem.MEDIA_TYPE : "application/json";
    return new Answer(status, media, Buffer.buffer(body), false);
  }

  private static Refusal conflict(String key, String what) {
    return new Refusal(Refusal.Kind.CONFLICT, HEADER + " '" + key + "' " + what + ".");
  }
}
