package sandpiper.mexc.client;

import io.vertx.core.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The exchange's time, by which requests are signed, asked for when it is needed and not known, or
/// known for too long. For one event loop.
final class SigningClock {
  private static final long HOLDS = 600_000;

  private final ServerClock clock;
  private final Supplier<Future<Long>> question;
  private @Nullable Future<?> setting;

  /// @param nanos a clock that never goes back
  /// @param question for the exchange's time in UTC milliseconds
  SigningClock(LongSupplier nanos, Supplier<Future<Long>> question) {
    clock = new ServerClock(nanos);
    this.question = question;
  }

  /// UTC milliseconds.
  long millis() {
    return clock.millis();
  }

  Future<Long> set() {
    return question.get().onSuccess(clock::set);
  }

  /// Completes when it is known. All who need it at once wait for one answer; when it is only old,
  /// nobody does.
  Future<?> ready() {
    var asked = setting;
    if (asked == null && clock.isOlderThan(HOLDS)) {
      asked = set().recover(failure -> Future.failedFuture(unknown(failure)));
      setting = asked;
      var _ = asked.onComplete(_ -> setting = null);
    }
    return asked == null || clock.isKnown() ? Future.succeededFuture() : asked;
  }

  /// What needs the clock was not sent at all.
  private static MexcException unknown(Throwable failure) {
    return new MexcException(MexcError.CLOCK, "MEXC's time is not known: " + failure.getMessage());
  }

  /// Does it a second time when the first was refused for its time: then nothing was done.
  Future<Object> withClock(Future<Object> first, Supplier<Future<Object>> again) {
    return first.recover(failure -> {
      if (failure instanceof MexcException refused && refused.error() == MexcError.CLOCK) {
        return set().transform(set -> set.failed() ? Future.failedFuture(refused) : again.get());
      }
      return Future.failedFuture(failure);
    });
  }
}
