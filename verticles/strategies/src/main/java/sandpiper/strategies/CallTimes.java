package sandpiper.strategies;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import sandpiper.bus.Meters;

/// Where it is written down how long each call of a script took. Any thread.
public interface CallTimes {
  /// For one instance that begins.
  ///
  /// @param strategy name of its script
  Calls of(String strategy);

  /// The calls of one instance.
  interface Calls {
    void took(long nanos);

    /// Once, when there will be no more.
    void close();
  }

  /// Into the meters of the platform.
  static CallTimes metered(Meters meters) {
    return strategy -> {
      Timer timer = meters.callback(strategy);
      return new Calls() {
        @Override
        public void took(long nanos) {
          timer.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
          meters.release(strategy);
        }
      };
    };
  }
}
