package sandpiper.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Channels.Stream;

/// The event bus with types: what may be sent where stands in [Channels].
///
/// Records travel by reference. A handler that throws or fails answers the request with a failure
/// at once, never with silence.
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(60_000);
  private static final DeliveryOptions PATIENT =
      new DeliveryOptions().setSendTimeout(TimeUnit.DAYS.toMillis(365));

  private final EventBus events;

  public Bus(Vertx vertx) {
    events = vertx.eventBus();
  }

  /// Once for each Vert.x instance, before the first verticle.
  public static void install(Vertx vertx) {
    vertx.eventBus().registerCodec(new RecordCodec());
    vertx.eventBus().codecSelector(body -> body instanceof Record ? RecordCodec.NAME : null);
  }

  /// Answers requests. Returns when the address is registered.
  public <Q extends Record, R extends Record> Future<Void> answer(
      Request<Q, R> request, Function<Q, Future<R>> handler) {
    return events
        .<Q>consumer(request.address())
        .handler(message -> {
          Future<R> reply;
          try {
            reply = handler.apply(message.body());
          } catch (RuntimeException | Error e) {
            reply = Future.failedFuture(e);
          }
          reply.onComplete(message::reply, failure -> fail(request, message, failure));
        })
        .completion();
  }

  /// Asks and waits for the answer; a failure carries the answerer's sentence.
  public <Q extends Record, R extends Record> Future<R> ask(Request<Q, R> request, Q body) {
    return events
        .<Record>request(request.address(), body, request.patient() ? PATIENT : OPTIONS)
        .recover(failure -> Future.failedFuture(explain(request, failure)))
        .map(message -> {
          if (message.body() instanceof Refused(Refusal refusal)) {
            throw refusal;
          }
          return request.reply().cast(message.body());
        });
  }

  public <T extends Record> void publish(Stream<T> stream, T body) {
    events.publish(stream.address(), body);
  }

  /// Reads a stream. Returns when the address is registered.
  public <T extends Record> Future<Void> read(Stream<T> stream, Consumer<T> handler) {
    return events
        .<T>consumer(stream.address())
        .handler(message -> handler.accept(message.body()))
        .completion();
  }

  /// A failed reply of the event bus itself has room for a code and a sentence only.
  private record Refused(Refusal refusal) {}

  private static void fail(Request<?, ?> request, Message<?> message, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      message.reply(new Refused(refusal));
    } else {
      LOG.error("{} failed", request.address(), failure);
      message.reply(
          new Refused(
              new Refusal(
                  Refusal.Kind.FAILED,
                  "internal error in " + request.address() + "; its reason stands in the log")));
    }
  }

  private static Throwable explain(Request<?, ?> request, Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return failure;
    }
    var message = reply.getMessage() == null ? "no reason given" : reply.getMessage();
    return new Refusal(Refusal.Kind.FAILED, request.address() + " did not answer: " + message);
  }
}
