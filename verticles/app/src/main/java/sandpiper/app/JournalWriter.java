package sandpiper.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.domain.journal.JournalEntry;

/// Hands a session's journal to the database from a thread that may wait: one batch is under way
/// while the next is gathered.
final class JournalWriter implements Consumer<JournalEntry> {
  private static final int BATCH = 2_000;

  private final Bus bus;
  private final String sessionId;
  private List<JournalEntry> batch = new ArrayList<>();
  private CompletableFuture<Done> underWay = CompletableFuture.completedFuture(new Done());

  JournalWriter(Bus bus, String sessionId) {
    this.bus = bus;
    this.sessionId = sessionId;
  }

  @Override
  public void accept(JournalEntry entry) {
    batch.add(entry);
    if (batch.size() >= BATCH) {
      send();
    }
  }

  /// Waits until everything is committed.
  void flush() {
    send();
    Blocking.await(underWay);
  }

  private void send() {
    Blocking.await(underWay);
    if (!batch.isEmpty()) {
      underWay =
          bus.ask(Channels.WRITE_JOURNAL, new JournalBatch(sessionId, batch))
              .toCompletionStage()
              .toCompletableFuture();
      batch = new ArrayList<>();
    }
  }
}
