package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.session.SessionMode;
import sandpiper.feeds.DataSets;
import sandpiper.testkit.SharedData;

/// What `/metrics` says, held against what sessions did.
class MetersIT {
  @SuppressWarnings("NullAway.Init") // before each test
  private TestPlatform platform;

  @BeforeEach
  void start() throws IOException {
    platform = TestPlatform.start();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private String session(SessionMode mode, @Nullable Double acceleration) {
    return await(
            platform.bus.ask(
                Channels.START_SESSION,
                new StartSession(
                    mode,
                    List.of("BTCUSD"),
                    List.of(new StrategyRequest("ema-cross", Map.of())),
                    new BigDecimal("100000"),
                    "demo",
                    null,
                    acceleration)))
        .sessionId();
  }

  private String scrape() throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(platform.request("/metrics").build(), BodyHandlers.ofString()).body();
    }
  }

  /// The value of one line; -1 when it is not there.
  private static double value(String metrics, String line) {
    return metrics
        .lines()
        .filter(each -> each.startsWith(line + " "))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  private double value(String line) throws IOException, InterruptedException {
    return value(scrape(), line);
  }

  @Test
  void aSessionOnTheBusCountsEachInputOnceAtEveryStageAndLeavesNothingBehind() throws Exception {
    var id = session(SessionMode.PAPER, 1_000.0);
    var callbacks = "sandpiper_callback_seconds_count{strategy=\"ema-cross\"}";
    until(
        () -> {
          try {
            var metrics = scrape();
            return value(metrics, callbacks) > 20
                && value(metrics, "sandpiper_database_rows_total{table=\"fills\"}") > 0;
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        "callbacks and a fill");
    var during = scrape();
    assertThat(value(during, "sandpiper_sessions")).isEqualTo(1);
    assertThat(
            value(during, "sandpiper_callback_seconds{strategy=\"ema-cross\",quantile=\"0.99\"}"))
        .isPositive();
    assertThat(during).doesNotContain(id);

    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
    platform.untilEnded(id);
    var after = scrape();
    long rows =
        await(platform.bus.ask(Channels.FIND_RECORDING, new FindRecording(id, TimeRange.ALL)))
            .lastSeq();
    assertThat(rows).isGreaterThan(20);
    assertThat(value(after, "sandpiper_inputs_total{wiring=\"bus\"}")).isEqualTo((double) rows);
    for (var stage : List.of("input", "indicators", "strategies")) {
      assertThat(value(after, "sandpiper_stage_seconds_count{stage=\"" + stage + "\"}"))
          .as(stage)
          .isEqualTo((double) rows);
    }
    // The venue acts on what the market did, not on bars that close.
    assertThat(value(after, "sandpiper_stage_seconds_count{stage=\"orders\"}"))
        .isEqualTo(value(after, "sandpiper_database_rows_total{table=\"trades\"}"));
    assertThat(
            value(after, "sandpiper_database_rows_total{table=\"trades\"}")
                + value(after, "sandpiper_database_rows_total{table=\"bars\"}"))
        .isEqualTo((double) rows);
    assertThat(value(after, "sandpiper_database_rows_total{table=\"fills\"}"))
        .isEqualTo(platform.rows(HistoryKind.FILLS, id).size());
    assertThat(value(after, "sandpiper_database_rows_total{table=\"signals\"}"))
        .isEqualTo(platform.rows(HistoryKind.SIGNALS, id).size());
    for (var kind : List.of("journal", "inputs", "session")) {
      assertThat(value(after, "sandpiper_database_batch_seconds_count{kind=\"" + kind + "\"}"))
          .as(kind)
          .isPositive();
      assertThat(value(after, "sandpiper_database_batch_failed_total{kind=\"" + kind + "\"}"))
          .isZero();
    }
    for (var queue : List.of("recording", "journal", "screen-steps", "screen-journal")) {
      assertThat(value(after, "sandpiper_queue_depth{queue=\"" + queue + "\"}")).as(queue).isZero();
    }
    assertThat(value(after, "sandpiper_sessions")).isZero();
    assertThat(value(after, "sandpiper_feeds")).isZero();
    assertThat(after).doesNotContain("sandpiper_callback_seconds").doesNotContain(id);
  }

  @Test
  void aBacktestInOneThreadCountsItsInputsWhenItHasEnded() throws Exception {
    var id = session(SessionMode.BACKTEST, null);
    platform.untilEnded(id);
    long trades = 0;
    var minutes = new TreeSet<Long>();
    try (var data =
        new DataSets(Path.of("."), platform.bus)
            .open(List.of("BTCUSD"), "demo", null, TimeRange.ALL)) {
      while (data.hasNext()) {
        trades++;
        minutes.add(data.next().time() / 60_000_000);
      }
    }
    var metrics = scrape();
    assertThat(value(metrics, "sandpiper_inputs_total{wiring=\"thread\"}"))
        .isEqualTo((double) (trades + minutes.size()));
    assertThat(metrics).doesNotContain("sandpiper_callback_seconds");
  }

  @Test
  void theDashboardShowsEveryMeterAndNoOther() throws Exception {
    var ended = session(SessionMode.BACKTEST, null);
    platform.untilEnded(ended);
    session(SessionMode.PAPER, 1_000.0);
    until(
        () -> {
          try {
            return value("sandpiper_callback_seconds_count{strategy=\"ema-cross\"}") > 0;
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        "callbacks");
    var metrics = scrape();
    var there = new TreeSet<String>();
    metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> there.add(line.split("[ {]", 2)[0]));
    var dashboard = Files.readString(SharedData.home().resolve("conf/grafana/sandpiper.json"));
    var wanted = new TreeSet<String>();
    Pattern.compile("\\b(?:sandpiper|jvm|process|vertx)_[a-z_]+")
        .matcher(dashboard)
        .results()
        .forEach(match -> wanted.add(match.group()));
    assertThat(there).containsAll(wanted);
    // A timer is several metrics, of which the dashboard shows some.
    assertThat(there.stream().filter(name -> name.startsWith("sandpiper_")))
        .allSatisfy(name -> {
          var meter = name.replaceAll("_(?:count|sum|max)$", "");
          assertThat(wanted).anyMatch(each -> each.startsWith(meter));
        });
  }
}
