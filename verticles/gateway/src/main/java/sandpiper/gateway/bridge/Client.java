package sandpiper.gateway.bridge;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.bridge.Desk.Denial;

/// One client of a bridge: what it may have under way, and what becomes of it when it reads slowly.
///
/// While more than its share waits for it, numbered messages are withheld: it finds a number left
/// out and asks for a snapshot. When that goes on for [#PATIENCE_MILLIS] it is to be cut off. So a
/// client costs a bounded amount of memory. For one event loop.
final class Client {
  /// Bytes that may wait for one client before messages are withheld.
  static final int MAX_WAITING = 1 << 20;

  static final long PATIENCE_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Client.class);
  private static final int MAX_UNDER_WAY = 64;
  private static final int TOO_MANY = 429;

  private final Desk desk;
  private final Identity identity;
  private final String remote;
  private final Consumer<JsonObject> out;
  private final BooleanSupplier full;
  private final LongSupplier millis;
  private final Set<String> heard = new HashSet<>();
  private int underWay;
  private long fullSince = -1;
  private boolean closed;

  /// @param out writes a frame
  /// @param full whether more than [#MAX_WAITING] bytes wait
  /// @param millis a clock that never goes back
  Client(
      Desk desk,
      Identity identity,
      String remote,
      Consumer<JsonObject> out,
      BooleanSupplier full,
      LongSupplier millis) {
    this.desk = desk;
    this.identity = identity;
    this.remote = remote;
    this.out = out;
    this.full = full;
    this.millis = millis;
    desk.came();
  }

  Identity identity() {
    return identity;
  }

  /// @param frame of the type `send`
  void onSend(JsonObject frame) {
    var replyAddress = frame.getValue("replyAddress");
    if (underWay >= MAX_UNDER_WAY) {
      out.accept(
          Frames.error(
              replyAddress,
              new Denial(
                  TOO_MANY, "At most " + MAX_UNDER_WAY + " requests of a client are under way.")));
      return;
    }
    underWay++;
    desk.carryOut(identity, remote, frame.getValue("address"), frame.getValue("body"))
        .onComplete(
            reply -> {
              underWay--;
              answer(replyAddress, reply);
            },
            failure -> {
              underWay--;
              var denial = Desk.denial(failure);
              if (denial.code() == 500) {
                LOG.error("bridge: {} of {} failed", frame.getValue("address"), identity, failure);
              }
              out.accept(Frames.error(replyAddress, denial));
            });
  }

  private void answer(@Nullable Object replyAddress, JsonObject reply) {
    if (!(replyAddress instanceof String address)) {
      return;
    }
    out.accept(
        full.getAsBoolean()
            ? Frames.error(address, new Denial(TOO_MANY, "You read too slowly for this answer."))
            : Frames.message(address, reply));
  }

  /// Nobody may publish: who sends is answered.
  void onPublish(JsonObject frame) {
    out.accept(
        Frames.error(
            frame.getValue("replyAddress"),
            new Denial(403, "Clients cannot publish; they send, and are answered.")));
  }

  /// @return whether the client may listen; otherwise it was told why not
  boolean mayHear(@Nullable Object address) {
    var denial = desk.hearing(identity, address);
    if (denial != null) {
      out.accept(Frames.error(address, denial));
    }
    return denial == null;
  }

  /// It listens from now on.
  void hears(@Nullable Object address) {
    if (address instanceof String text && heard.add(text)) {
      desk.onHears(text);
    }
  }

  void hearsNoMore(@Nullable Object address) {
    if (address instanceof String text && heard.remove(text)) {
      desk.onHearsNoMore(text);
    }
  }

  /// It is gone; harmless the second time.
  void close() {
    if (!closed) {
      closed = true;
      heard.forEach(desk::onHearsNoMore);
      heard.clear();
      desk.left();
    }
  }

  /// It is let go because it reads too slowly.
  void cutOff() {
    desk.cutOff();
    close();
  }

  /// Whether a message is to be written.
  boolean takes(@Nullable Object body) {
    if (!full.getAsBoolean()) {
      fullSince = -1;
      return true;
    }
    if (fullSince < 0) {
      fullSince = millis.getAsLong();
    }
    return !(body instanceof JsonObject object && object.containsKey("seq")) && !isTooSlow();
  }

  /// Whether it is time to cut the client off.
  boolean isTooSlow() {
    if (fullSince >= 0 && !full.getAsBoolean()) {
      fullSince = -1;
    }
    return fullSince >= 0 && millis.getAsLong() - fullSince >= PATIENCE_MILLIS;
  }
}
