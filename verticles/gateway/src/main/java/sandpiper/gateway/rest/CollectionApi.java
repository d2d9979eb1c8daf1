package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.HashMap;
import java.util.List;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AwaitCollection;
import sandpiper.bus.Messages.CheckQuality;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.ListCollections;
import sandpiper.bus.Messages.QualityReport;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.bus.Refusal;

/// The operations on data collections. What the process that runs one knows of it comes before what
/// the database has.
final class CollectionApi {
  private final Vertx vertx;
  private final Bus bus;
  private final ParquetExports parquet;

  CollectionApi(Vertx vertx, Bus bus) {
    this.vertx = vertx;
    this.bus = bus;
    parquet = new ParquetExports(bus);
  }

  Future<Answer> list(ValidatedRequest request) {
    return find(Requests.collections(request)).map(Answer::ok);
  }

  Future<Answer> get(ValidatedRequest request) {
    return one(Requests.sessionInPath(request)).map(Answer::ok);
  }

  Future<Answer> start(ValidatedRequest request) {
    return bus.ask(Channels.START_COLLECTION, Requests.startCollection(request))
        .compose(started -> one(started.sessionId()))
        .map(collection -> Answer.json(201, collection));
  }

  /// One that this process does not know has ended, if there was one.
  Future<Answer> stop(ValidatedRequest request) {
    var id = Requests.sessionInPath(request);
    return bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(id))
        .compose(known ->
            known.collections().isEmpty()
                ? Future.succeededFuture()
                : bus.ask(Channels.STOP_COLLECTION, new StopCollection(id)))
        .compose(_ -> one(id))
        .map(Answer::ok);
  }

  Future<Answer> delete(ValidatedRequest request) {
    var id = Requests.sessionInPath(request);
    return one(id)
        .compose(_ -> bus.ask(Channels.DELETE_SESSION, new DeleteSession(id)))
        .map(deleted -> Answer.ok(Json.object(deleted)));
  }

  /// Answered when all of it was read and found right; by then it is being recorded. That goes on
  /// when whoever sent it is gone.
  Future<Answer> importFile(Call call) {
    var upload = requireNonNull(Upload.of(call.context()));
    var name = Requests.importName(call.request(), "import" + upload.format().ending());
    var file = upload.file().resolveSibling(name);
    var wanted =
        new ImportFile(
            Requests.importSymbol(call.request()),
            file.toString(),
            name,
            Requests.importKind(call.request()));
    var started =
        vertx
            .fileSystem()
            .move(upload.file().toString(), file.toString())
            .compose(_ -> bus.ask(Channels.IMPORT_FILE, wanted));
    upload.keepUntil(
        call.context(),
        started.compose(
            known -> bus.ask(Channels.AWAIT_COLLECTION, new AwaitCollection(known.sessionId()))));
    return started
        .compose(known -> one(known.sessionId()))
        .map(collection -> Answer.json(201, collection));
  }

  Future<Answer> export(ValidatedRequest request) {
    var wanted = Requests.recordingExport(request);
    return one(wanted.sessionId()).compose(_ -> RecordingExport.answer(bus, parquet, wanted));
  }

  Future<Answer> quality(ValidatedRequest request) {
    var id = Requests.sessionInPath(request);
    return one(id)
        .compose(collection ->
            collection.getLong("rows") == 0
                ? Future.succeededFuture(new QualityReport(id, 0, true, List.of()))
                : bus.ask(Channels.CHECK_QUALITY, new CheckQuality(id)))
        .map(report -> Answer.ok(Json.object(report)));
  }

  /// Fails with a [Refusal] when there is none.
  private Future<JsonObject> one(String sessionId) {
    return find(new FindCollections(sessionId, 1, null))
        .map(page -> {
          if (page.getJsonArray("items").isEmpty()) {
            throw Refusal.unknown("unknown data collection '" + sessionId + "'");
          }
          return page.getJsonArray("items").getJsonObject(0);
        });
  }

  private Future<JsonObject> find(FindCollections wanted) {
    var running = bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(wanted.sessionId()));
    var kept = bus.ask(Channels.FIND_COLLECTIONS, wanted);
    return Future.all(running, kept)
        .map(_ -> {
          var states = new HashMap<String, CollectionState>();
          running.result().collections().forEach(each -> states.put(each.sessionId(), each));
          var items = new JsonArray();
          kept.result()
              .rows()
              .forEach(row ->
                  items.add(
                      CollectionViews.collection(
                          new JsonObject(row), states.get(row.get("session_id")))));
          return new JsonObject()
              .put("items", items)
              .put("next_cursor", kept.result().nextCursor());
        });
  }
}
