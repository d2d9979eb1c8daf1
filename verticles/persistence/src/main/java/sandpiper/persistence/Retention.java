package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops the days of market data that are older than they are to be kept, at the start and every
/// hour. What cannot be dropped now is tried again then.
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final TimeSeriesStore series;
  private final int days;
  private final Supplier<LocalDate> today;

  /// @param days that are kept, today being the first of them; 0 for ever
  /// @param today in UTC
  Retention(TimeSeriesStore series, int days, Supplier<LocalDate> today) {
    this.series = series;
    this.days = days;
    this.today = today;
  }

  void start(Vertx vertx) {
    if (days > 0) {
      var _ = run();
      vertx.setPeriodic(TimeUnit.HOURS.toMillis(1), _ -> run());
    }
  }

  /// @return completes when it is done, also when that failed
  Future<?> run() {
    var before = today.get().minusDays(days - 1L);
    return series
        .drop(before)
        .onSuccess(dropped -> {
          if (dropped > 0) {
            LOG.info("market data kept before {} dropped: {} partitions", before, dropped);
          }
        })
        .onFailure(e ->
            LOG.warn("market data kept before {} cannot be dropped: {}", before, e.getMessage()))
        .otherwiseEmpty();
  }
}
