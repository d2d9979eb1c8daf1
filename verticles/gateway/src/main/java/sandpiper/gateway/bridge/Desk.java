package sandpiper.gateway.bridge;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.OrderStands;
import sandpiper.bus.Meters;
import sandpiper.bus.Refusal;
import sandpiper.gateway.auth.AuditTrail;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.http.Words;
import sandpiper.gateway.rest.Requests;
import sandpiper.gateway.screen.Screens;
import sandpiper.gateway.screen.SystemScreen;

/// Carries out what clients of every bridge say, and decides what they may hear.
///
/// Nothing that a client sends reaches the bus as it is: its address must stand in the contract,
/// whoever sends it must be allowed to, the body must be as its schema says; then the same question
/// is asked as by REST. Commands have their row in the audit log. For one event loop.
public final class Desk {
  /// Why a client does not get what it wants.
  ///
  /// @param code as in HTTP
  record Denial(int code, String message) {}

  private static final int NOT_ALLOWED = 403;

  private final BridgeContract contract;
  private final AuditTrail audit;
  private final SystemScreen system;
  private final Screens screens;
  private final Counter cutOffs;
  private final AtomicInteger clients = new AtomicInteger();
  private final Map<String, BiFunction<JsonObject, String, Future<JsonObject>>> handlers =
      new LinkedHashMap<>();

  /// @param system told who watches the platform
  /// @param screens told who listens to inputs
  /// @param wallClock UTC microseconds
  /// @throws IllegalStateException when the contract and what can be done do not match
  public Desk(
      Vertx vertx,
      Bus bus,
      BridgeContract contract,
      AuditTrail audit,
      SystemScreen system,
      Screens screens,
      LongSupplier wallClock) {
    this.contract = contract;
    this.audit = audit;
    this.system = system;
    this.screens = screens;
    var meters = Meters.of(vertx);
    cutOffs = meters.cutOff();
    meters.gauge(Meters.CLIENTS, clients, AtomicInteger::get);
    handlers.put(Channels.CONSOLE_SNAPSHOT, (body, _) -> snapshot(vertx, body));
    handlers.put("trading.place", orders(bus, Channels.PLACE_MANUAL_ORDER, Requests::placeOrder));
    handlers.put("trading.amend", orders(bus, Channels.AMEND_MANUALLY, Requests::amendOrder));
    handlers.put("trading.cancel", orders(bus, Channels.CANCEL_MANUALLY, Requests::cancelOrder));
    handlers.put("trading.close", orders(bus, Channels.CLOSE_POSITION, Requests::closePosition));
    handlers.put(
        "strategies.command",
        (body, _) -> bus.ask(Channels.COMMAND_STRATEGY, Requests.command(body)).map(Json::object));
    handlers.put(
        "market.publish",
        (body, _) ->
            bus.ask(Channels.PUBLISH_PRICES, Publications.prices(body, wallClock.getAsLong()))
                .map(Json::object));
    handlers.put(
        "indicators.publish",
        (body, _) -> bus.ask(Channels.PUBLISH_VALUE, Publications.value(body)).map(Json::object));
    requireSame();
  }

  private void requireSame() {
    var documented = new TreeSet<>(contract.inboundAddresses());
    documented.remove(BridgeContract.LOGIN);
    if (!documented.equals(handlers.keySet())) {
      throw new IllegalStateException(
          "gateway.bridge must have clients send to " + handlers.keySet() + ", has " + documented);
    }
  }

  private static <Q extends Record> BiFunction<JsonObject, String, Future<JsonObject>> orders(
      Bus bus, Request<Q, OrderStands> channel, BiFunction<JsonObject, String, Q> command) {
    return (body, user) ->
        bus.ask(channel, command.apply(body, user)).map(stands -> Json.object(stands.order()));
  }

  private static Future<JsonObject> snapshot(Vertx vertx, JsonObject body) {
    return vertx
        .eventBus()
        .<JsonObject>request(Channels.CONSOLE_SNAPSHOT, body)
        .map(reply -> reply.body());
  }

  /// Fails with a [Refusal], a [ReplyException] or what [#denial] explains as a last resort.
  ///
  /// @param remote address of the client
  Future<JsonObject> carryOut(
      Identity identity, @Nullable String remote, @Nullable Object address, @Nullable Object body) {
    var inbound = contract.inbound(address);
    if (inbound == null || inbound.permission() == null) {
      return denied(
          404,
          "Nothing can be sent to " + Words.quoted(address) + "; conf/asyncapi.yaml has what can.");
    }
    if (!may(identity, inbound.permission())) {
      return denied(NOT_ALLOWED, mayNot(identity, inbound.permission()));
    }
    var complaint = inbound.complaint(body);
    if (complaint != null) {
      return denied(400, complaint);
    }
    var handler = requireNonNull(handlers.get(inbound.address()));
    var question = (JsonObject) requireNonNull(body);
    if (inbound.permission() == Permission.READ || inbound.permission() == Permission.PUBLISH) {
      return attempt(handler, question, identity); // data has its row as an input
    }
    return audit.recorded(
        identity, remote, inbound.address(), question, () -> attempt(handler, question, identity));
  }

  private static Future<JsonObject> attempt(
      BiFunction<JsonObject, String, Future<JsonObject>> handler,
      JsonObject body,
      Identity identity) {
    try {
      return handler.apply(body, identity.user());
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
  }

  /// @return null when the client may listen there
  @Nullable Denial hearing(Identity identity, @Nullable Object address) {
    var outbound = contract.outbound(address);
    if (outbound == null) {
      return new Denial(
          404,
          "Nothing can be heard at "
              + Words.quoted(address)
              + "; conf/asyncapi.yaml has what can.");
    }
    return may(identity, outbound.permission())
        ? null
        : new Denial(NOT_ALLOWED, mayNot(identity, outbound.permission()));
  }

  /// Some things are only worked out while anybody listens.
  void onHears(String address) {
    if (address.equals(Channels.CONSOLE_SYSTEM)) {
      system.watch();
    } else {
      screens.hears(address);
    }
  }

  void onHearsNoMore(String address) {
    if (address.equals(Channels.CONSOLE_SYSTEM)) {
      system.leave();
    } else {
      screens.hearsNoMore(address);
    }
  }

  void came() {
    clients.incrementAndGet();
  }

  void left() {
    clients.decrementAndGet();
  }

  void cutOff() {
    cutOffs.increment();
  }

  /// What to tell a client of a failure.
  static Denial denial(Throwable failure) {
    return switch (failure) {
      case Refusal refusal ->
          new Denial(refusal.kind().code(), String.valueOf(refusal.getMessage()));
      case ReplyException reply when reply.failureCode() > 0 ->
          new Denial(reply.failureCode(), String.valueOf(reply.getMessage()));
      default -> new Denial(500, "Something went wrong here; the server's log says what.");
    };
  }

  private static <T> Future<T> denied(int code, String message) {
    return Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, message));
  }

  private static boolean may(Identity identity, Permission permission) {
    return identity.permissions().contains(permission);
  }

  private static String mayNot(Identity identity, Permission permission) {
    return "This needs the permission %s; user '%s', %s, does not have it here."
        .formatted(permission.text(), identity.user(), identity.role().text());
  }
}
