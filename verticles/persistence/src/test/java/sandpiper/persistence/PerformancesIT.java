package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.SessionPerformance;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Trade;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;

@ExtendWith(SharedDatabase.class)
class PerformancesIT {
  private final Example example = new Example();
  private final Database database;
  private final Records records;
  private final Performances performances;

  PerformancesIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
    performances = new Performances(database.pool(), Waiting.writes(database));
  }

  /// @param equity at the end of the second day
  private static PerformanceReport report(String equity) {
    var tracker = new PerformanceTracker(Example.EXACT, Example.time(1), "BTCUSD");
    var first = new Trade("BTCUSD", Example.time(1), 0.1 + 0.2, 1);
    tracker.beginDay(first, first.time(), Example.EXACT);
    tracker.onPrice("BTCUSD", first.price());
    var second = new Trade("BTCUSD", Example.time(1) + 86_400_000_000L, 0.7, 1);
    tracker.beginDay(second, second.time(), Example.EXACT);
    return tracker.report(365, second.time(), new BigDecimal(equity));
  }

  @Test
  void aReportComesBackAsItWasAndTheLatestOneCounts() throws Exception {
    await(records.write(example.state(SessionStatus.STOPPED)));
    var id = example.sessionId;
    await(performances.write(new SessionPerformance(id, report("1"))));
    var latest = report("147377.98835249279001");
    await(performances.write(new SessionPerformance(id, latest)));
    await(performances.write(new SessionPerformance(id, latest)));
    assertThat(count(database.pool(), "performance", id)).isEqualTo(1);
    var kept = new JsonObject(await(performances.find(new FindPerformance(id))).report());
    assertThat(kept).isEqualTo(Json.object(latest));
    assertThat(kept.getString("final_equity")).isEqualTo("147377.98835249279001");
  }

  @Test
  void whatIsNotThereIsSaidWithItsReason() throws Exception {
    var id = example.sessionId;
    assertThat(failureOf(performances.find(new FindPerformance("bt_nobody"))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNKNOWN))
        .hasMessage("unknown session 'bt_nobody'");
    await(records.write(example.state(SessionStatus.RUNNING)));
    assertThat(failureOf(performances.find(new FindPerformance(id))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT))
        .hasMessage("session " + id + " is running: it has a performance once it has ended");
    await(records.write(example.state(SessionStatus.FAILED)));
    assertThat(failureOf(performances.find(new FindPerformance(id))))
        .hasMessage("session " + id + " failed without a performance");
  }

  @Test
  void noPerformanceIsWithoutItsSession() throws Exception {
    assertThat(failureOf(performances.write(new SessionPerformance("bt_nobody", report("1")))))
        .hasMessageContaining("foreign key");
  }
}
