package sandpiper.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.FindBasis;
import sandpiper.bus.Messages.FoundBasis;
import sandpiper.bus.Messages.ParityProof;
import sandpiper.bus.Messages.WriteProof;
import sandpiper.bus.Refusal;
import sandpiper.feeds.DataException;
import sandpiper.feeds.DataSets;
import sandpiper.strategies.StrategyLibrary;

/// Proves that sessions decide the same again, one after the other, on a thread of its own. What
/// was proved of a session stands: neither its inputs nor its decisions change any more. One that
/// differed is run again for whoever asks: a machine that is too busy can stop a strategy too.
final class Parity {
  private static final int MOST_WAITING = 8;
  private static final int PATIENCE_SECONDS = 45;

  private final Bus bus;
  private final StrategyLibrary library;
  private final DataSets dataSets;
  private final WorkerExecutor worker;
  private final Map<String, Future<ParityProof>> underWay = new HashMap<>();

  Parity(Vertx vertx, Bus bus, StrategyLibrary library, DataSets dataSets) {
    this.bus = bus;
    this.library = library;
    this.dataSets = dataSets;
    worker = vertx.createSharedWorkerExecutor("parity", 1, Integer.MAX_VALUE, TimeUnit.SECONDS);
  }

  /// On an event loop, always the same. A proof that takes longer than a request may is gone on
  /// with, and is there for whoever asks again.
  Future<ParityProof> check(CheckParity wanted) {
    var id = wanted.sessionId();
    return prove(wanted)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .recover(failure ->
            Future.failedFuture(
                failure instanceof TimeoutException
                    ? new Refusal(
                        Refusal.Kind.CONFLICT,
                        "session " + id + " is being run again: ask again in a moment")
                    : failure));
  }

  /// The same without an end to its patience.
  Future<ParityProof> prove(CheckParity wanted) {
    var id = wanted.sessionId();
    var before = underWay.get(id);
    if (before != null) {
      return before;
    }
    if (underWay.size() >= MOST_WAITING) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, MOST_WAITING + " sessions wait to be run again: try again later");
    }
    var proof = bus.ask(Channels.FIND_BASIS, new FindBasis(id)).compose(found -> prove(id, found));
    underWay.put(id, proof);
    return proof.onComplete(_ -> underWay.remove(id));
  }

  private Future<ParityProof> prove(String id, FoundBasis found) {
    var proved = found.proof() == null ? null : Json.read(found.proof(), ParityProof.class);
    if (proved != null && proved.difference() == null) {
      return Future.succeededFuture(proved);
    }
    var basis = found.basis();
    var lastSeq = found.lastSeq();
    if (basis == null || lastSeq == null) {
      throw Refusal.invalid(
          "session "
              + id
              + (basis == null
                  ? " did not record its inputs: paper and live sessions do"
                  : " was killed: where it ended is not on record"));
    }
    return worker
        .executeBlocking(
            () -> new ParityRun(bus, library, dataSets, basis, lastSeq, found).prove(), true)
        .map(Objects::requireNonNull)
        .recover(failure ->
            Future.failedFuture(
                failure instanceof DataException || failure instanceof IllegalArgumentException
                    ? Refusal.invalid(String.valueOf(failure.getMessage()))
                    : failure))
        .compose(proof -> bus.ask(Channels.WRITE_PROOF, new WriteProof(proof)).map(proof));
  }
}
