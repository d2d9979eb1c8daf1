package sandpiper.feeds;

import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// The data of a live session that goes on after the platform ended under it: what it recorded,
/// then the market as it is. What comes meanwhile waits; what came while nobody listened is marked
/// as a gap.
final class Resumed implements Supply {
  private final ReadAhead recorded;
  private final LiveMarket market;
  private long latest;
  private boolean live;

  Resumed(ReadAhead recorded, LiveMarket market) {
    this.recorded = recorded;
    this.market = market;
    latest = recorded.startTime();
  }

  @Override
  public long startTime() {
    return recorded.startTime();
  }

  @Override
  public @Nullable Long endTime() {
    return null;
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    return market.sourceIntervals();
  }

  @Override
  public String description() {
    return market.description();
  }

  @Override
  public double progress() {
    return 0;
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public Future<?> ready() {
    return live ? market.ready() : recorded.ready();
  }

  @Override
  public boolean hasNext() {
    if (!live && !recorded.hasNext()) {
      live = true;
      market.beginAfter(latest);
    }
    return live ? market.hasNext() : recorded.hasNext();
  }

  @Override
  public MarketEvent next() {
    if (live) {
      return market.next();
    }
    var next = recorded.next();
    latest = Math.max(latest, next.time());
    return next;
  }

  @Override
  public long takenAt() {
    return live ? market.takenAt() : recorded.takenAt();
  }

  @Override
  public Future<?> close() {
    return Future.join(recorded.close(), market.close());
  }
}
