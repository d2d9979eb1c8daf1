package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Operation;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;
import sandpiper.gateway.http.Problem;

/// A body that is too large for the memory: received into a file of its own, in a folder of its
/// own, which is gone once the request is answered, or when whoever works on it is done.
///
/// Operations whose body is of [#MEDIA_TYPE] in the contract have it.
///
/// @param hash of its content, SHA-256
record Upload(Path file, String hash) {
  static final String MEDIA_TYPE = "text/csv";
  static final long MAX_MEGABYTES = 100;

  /// What the contract's copy for the validator says of such an operation.
  static final String MARK = "x-upload";

  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
  private static final String RECEIVED = "upload";
  private static final String KEPT = "upload.kept";
  private static final byte FIRST_PRINTABLE = ' ';

  static boolean takes(Operation operation) {
    return operation.getOpenAPIModel().getBoolean(MARK, false);
  }

  /// What was received with a request; null when its operation takes no such body.
  static @Nullable Upload of(RoutingContext context) {
    return context.get(RECEIVED);
  }

  /// The answer may go out before.
  void keepUntil(RoutingContext context, Future<Void> over) {
    context.put(KEPT, true);
    var folder = String.valueOf(file.getParent());
    over.onComplete(_ -> delete(context.vertx().fileSystem(), folder));
  }

  private static void delete(FileSystem files, String folder) {
    files
        .deleteRecursive(folder)
        .onFailure(failure -> LOG.warn("{} is still there", folder, failure));
  }

  /// Receives the body, then lets the request go on.
  static void handle(RoutingContext context) {
    var request = context.request();
    var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null
        || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
      Problem.unsupportedMediaType(
              "Content-Type must be "
                  + MEDIA_TYPE
                  + ", was "
                  + (type == null ? "absent" : type)
                  + ".")
          .send(context);
      return;
    }
    request.pause();
    var files = context.vertx().fileSystem();
    files
        .createTempDirectory("sandpiper-import-")
        .compose(folder -> {
          context.addEndHandler(_ -> {
            if (context.get(KEPT) == null) {
              delete(files, folder);
            }
          });
          var path = Path.of(folder, ".received");
          return files
              .open(path.toString(), new OpenOptions().setWrite(true).setCreateNew(true))
              .compose(file -> receive(request, file))
              .map(hash -> new Upload(path, hash));
        })
        .onComplete(
            upload -> {
              context.put(RECEIVED, upload);
              context.next();
            },
            failure -> {
              if (failure instanceof TooLarge) {
                Problem.tooLarge(String.valueOf(failure.getMessage())).send(context);
              } else {
                context.fail(failure);
              }
            });
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooLarge() {
      super(
          "The body must be at most "
              + MAX_MEGABYTES
              + " MB; bin/sandpiper import takes files of any size.");
    }
  }

  private static Future<String> receive(HttpServerRequest request, AsyncFile file) {
    var done = Promise.<Void>promise();
    var digest = sha256();
    var size = new long[1];
    request.handler(piece -> {
      if (size[0] == 0 && !isText(piece)) {
        done.tryFail(
            Refusal.invalid(
                "The body must be CSV, in plain text; bin/sandpiper import takes packed files."));
      }
      size[0] += piece.length();
      if (size[0] > MAX_MEGABYTES << 20) {
        done.tryFail(new TooLarge());
      }
      if (done.future().isComplete()) {
        return; // what still comes is let by
      }
      digest.update(piece.getBytes());
      file.write(piece).onFailure(done::tryFail);
      if (file.writeQueueFull()) {
        request.pause();
        file.drainHandler(_ -> request.resume());
      }
    });
    request.endHandler(_ -> done.tryComplete());
    request.exceptionHandler(done::tryFail);
    request.resume();
    return done.future()
        .eventually(file::close)
        .map(_ -> HexFormat.of().formatHex(digest.digest()));
  }

  /// Or a byte order mark.
  private static boolean isText(Buffer piece) {
    return piece.length() > 0
        && (piece.getUnsignedByte(0) == 0xef
            || piece.getByte(0) >= FIRST_PRINTABLE
            || piece.getByte(0) == '\n'
            || piece.getByte(0) == '\r')
        && !(piece.length() > 1 && piece.getByte(0) == 'P' && piece.getByte(1) == 'K');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
