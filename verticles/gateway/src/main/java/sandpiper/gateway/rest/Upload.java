package sandpiper.gateway.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;
import sandpiper.gateway.http.Problem;

/// A body that is too large for the memory: received into a file of its own, in a folder of its
/// own, which is gone once the request is answered, or when whoever works on it is done.
///
/// Operations whose body is of the media types of [Format] in the contract have it.
///
/// @param hash of its content, SHA-256
record Upload(Path file, Format format, String hash) {
  static final long MAX_MEGABYTES = 100;

  /// What the contract's copy for the validator says of such an operation.
  static final String MARK = "x-upload";

  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
  private static final String RECEIVED = "upload";
  private static final String KEPT = "upload.kept";
  private static final byte FIRST_PRINTABLE = ' ';
  private static final String PARQUET_MAGIC = "PAR1";

  /// What a body is, as its Content-Type says and its first bytes must agree.
  enum Format {
    CSV("text/csv", ".csv", "CSV, in plain text; bin/sandpiper import takes packed files") {
      @Override
      boolean begins(Buffer first) {
        return isText(first) && !PARQUET.begins(first);
      }
    },
    PARQUET(ParquetExports.MEDIA_TYPE, ".parquet", "Parquet, which begins with PAR1") {
      @Override
      boolean begins(Buffer first) {
        return first.toString(US_ASCII).equals(PARQUET_MAGIC);
      }
    };

    private final String mediaType;
    private final String ending;
    private final String what;

    Format(String mediaType, String ending, String what) {
      this.mediaType = mediaType;
      this.ending = ending;
      this.what = what;
    }

    /// Whether content may begin so.
    ///
    /// @param first its first four bytes, or all when there are fewer
    abstract boolean begins(Buffer first);

    /// Of the name of a file.
    String ending() {
      return ending;
    }

    static @Nullable Format of(@Nullable String contentType) {
      var type =
          contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      return Stream.of(values())
          .filter(format -> format.mediaType.equals(type))
          .findAny()
          .orElse(null);
    }

    private static String mediaTypes() {
      return Stream.of(values()).map(format -> format.mediaType).collect(joining(" or "));
    }
  }

  /// Whether a body of one of these media types is received into a file.
  static boolean isTaken(Set<String> mediaTypes) {
    return Stream.of(Format.values()).anyMatch(format -> mediaTypes.contains(format.mediaType));
  }

  static boolean takes(Operation operation) {
    return operation.getOpenAPIModel().getBoolean(MARK, false);
  }

  /// What was received with a request; null when its operation takes no such body.
  static @Nullable Upload of(RoutingContext context) {
    return context.get(RECEIVED);
  }

  /// The answer may go out before.
  void keepUntil(RoutingContext context, Future<?> over) {
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
    var format = Format.of(type);
    if (format == null) {
      Problem.unsupportedMediaType(
              "Content-Type must be "
                  + Format.mediaTypes()
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
              .compose(file -> receive(request, format, file))
              .map(hash -> new Upload(path, format, hash));
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

  private static Future<String> receive(HttpServerRequest request, Format format, AsyncFile file) {
    var done = Promise.<Void>promise();
    var digest = sha256();
    var size = new long[1];
    var first = Buffer.buffer(PARQUET_MAGIC.length());
    request.handler(piece -> {
      if (first.length() < PARQUET_MAGIC.length()) {
        first.appendBuffer(
            piece.slice(0, Math.min(piece.length(), PARQUET_MAGIC.length() - first.length())));
        if (first.length() == PARQUET_MAGIC.length() && !format.begins(first)) {
          done.tryFail(isNone(format));
        }
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
    request.endHandler(_ -> {
      if (first.length() == 0 || format.begins(first)) {
        done.tryComplete(); // one that is empty is told by whoever reads it
      } else {
        done.tryFail(isNone(format));
      }
    });
    request.exceptionHandler(done::tryFail);
    request.resume();
    return done.future()
        .eventually(file::close)
        .map(_ -> HexFormat.of().formatHex(digest.digest()));
  }

  private static Refusal isNone(Format format) {
    return Refusal.invalid("The body must be " + format.what + ".");
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
