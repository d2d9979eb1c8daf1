package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import sandpiper.bus.Messages.CheckQuality;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.QualityReport;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.quality.QualityCheck;

/// Looks recorded market data through, page by page; a worker does the looking. What cannot be
/// looked at in [#SECONDS] is left out, and the report says so.
final class Quality {
  static final int SECONDS = 30;
  private static final int AT_A_TIME = 2;

  private final Vertx vertx;
  private final Recordings recordings;
  private int underWay;

  Quality(Vertx vertx, Recordings recordings) {
    this.vertx = vertx;
    this.recordings = recordings;
  }

  /// @throws Refusal when as many reports are being made as may
  Future<QualityReport> check(CheckQuality wanted) {
    if (underWay >= AT_A_TIME) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          underWay + " quality reports are being made, which is as many as may: wait for one");
    }
    underWay++;
    return recordings
        .find(new FindRecording(wanted.sessionId(), TimeRange.ALL))
        .compose(recording -> new Reading(recording).start())
        .onComplete(_ -> underWay--);
  }

  /// One report in the making.
  private final class Reading {
    private final Recording recording;
    private final QualityCheck check = new QualityCheck();
    private final Promise<QualityReport> report = Promise.promise();
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    private long after;

    private Reading(Recording recording) {
      this.recording = recording;
      after = recording.firstSeq() - 1;
    }

    private Future<QualityReport> start() {
      next();
      return report.future();
    }

    private void next() {
      boolean complete = after >= recording.lastSeq();
      if (complete || System.nanoTime() > end) {
        vertx
            .executeBlocking(() ->
                new QualityReport(recording.sessionId(), check.rows(), complete, check.report()))
            .onComplete(report);
        return;
      }
      var page = recordings.read(new ReadRecording(recording, after, ReadRecording.MAX_LIMIT));
      after += ReadRecording.MAX_LIMIT;
      page.compose(read -> vertx.executeBlocking(() -> look(read)))
          .onComplete(_ -> next(), report::fail);
    }

    private boolean look(RecordingPage page) {
      for (var input : page.inputs()) {
        check.add(input.seq(), input.time(), input.event());
      }
      return true;
    }
  }
}
