package sandpiper.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.UserAccount;
import sandpiper.gateway.FakeUsers;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.Samples;

/// People and programs come in, and go out again, over the wire.
class LoginsTest {
  private static final String PASSWORD = "a password of ann";
  private static final String HASH = Passwords.hash(PASSWORD);

  private final RunningGateway gateway = RunningGateway.start();

  @BeforeEach
  void ann() {
    gateway.users.add("ann", Role.TRADER, HASH);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aPasswordLetsSomebodyIn() {
    var answer = login("ann", PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(
            new JsonObject()
                .put("user", "ann")
                .put("role", "trader")
                .put(
                    "permissions",
                    new JsonArray().add("read").add("strategies").add("trade").add("publish"))
                .put("must_change", false));
    var cookie = answer.response().cookies().getFirst();
    assertThat(cookie)
        .matches("sandpiper_login=sp_[A-Za-z0-9_-]{43}; Max-Age=604800; .*")
        .contains("Path=/", "HTTPOnly", "SameSite=Strict")
        .doesNotContain("Secure");
    assertThat(as(cookie, HttpMethod.GET, "/api/me").json().getString("user")).isEqualTo("ann");
  }

  @Test
  void theSecretOfALoginIsNowhereButInTheCookie() {
    var secret = login("ann", PASSWORD).response().cookies().getFirst().split("[=;]")[1];

    assertThat(gateway.users.tokens.values().toString() + gateway.users.tokens.keySet())
        .doesNotContain(secret);
    assertThat(gateway.users.audited.toString()).doesNotContain(secret).doesNotContain(PASSWORD);
  }

  @Test
  void wrongUsersAndWrongPasswordsLookTheSame() {
    gateway.users.users.put(
        "bob", new UserAccount("bob", Role.ADMIN, HASH, false, true, Samples.NOON));
    for (var wrong :
        new Reply[] {
          login("ann", "a password of bob"), login("nobody", PASSWORD), login("bob", PASSWORD)
        }) {
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.response().cookies()).isEmpty();
      assertThat(wrong.json().getString("type")).isEqualTo("/problems/unauthenticated");
      assertThat(wrong.json().getString("detail")).isEqualTo("User or password is wrong.");
    }
  }

  @Test
  void whoGuessesHasToWait() {
    for (int i = 0; i < 5; i++) {
      assertThat(login("ann", "guess number " + i).status()).isEqualTo(401);
    }
    var sixth = login("ann", PASSWORD);

    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.header("retry-after")).isEqualTo("1");
    assertThat(sixth.json().getString("type")).isEqualTo("/problems/too-many-attempts");
    gateway.users.add("eve", Role.VIEWER, HASH);
    assertThat(login("eve", PASSWORD).status()).as("somebody else").isEqualTo(200);
    assertThat(gateway.users.audited)
        .filteredOn(entry -> entry.operation().equals("login"))
        .as("an attempt that is turned away leaves no row")
        .hasSize(6);
  }

  @Test
  void guessesAtTheSameTimeCountAsWell() {
    var attempts = java.util.stream.IntStream.range(0, 20).mapToObj(i -> attempt("ann", "g" + i));
    var statuses =
        attempts.toList().stream().map(each -> RunningGateway.await(each).statusCode()).toList();

    assertThat(statuses).filteredOn(status -> status == 401).hasSize(5);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(15);
  }

  @Test
  void aCommandByCookieMustNameItsOrigin() {
    var cookie = login("ann", PASSWORD).response().cookies().getFirst();
    var command = request(cookie, HttpMethod.POST, "/api/logout");

    assertThat(send(command, new JsonObject()).status()).isEqualTo(403);
    command.putHeader("Origin", "http://evil.example");
    assertThat(send(command, new JsonObject()).status()).isEqualTo(403);
    command.putHeader("Origin", origin());
    assertThat(send(command, new JsonObject()).status()).isEqualTo(200);
  }

  @Test
  void afterLoggingOutTheCookieIsWorthNothing() {
    var cookie = login("ann", PASSWORD).response().cookies().getFirst();
    assertThat(as(cookie, HttpMethod.GET, "/api/me").status()).isEqualTo(200);
    var out = as(cookie, HttpMethod.POST, "/api/logout");

    assertThat(out.response().cookies().getFirst())
        .startsWith("sandpiper_login=;")
        .contains("Max-Age=0");
    assertThat(as(cookie, HttpMethod.GET, "/api/me").status()).isEqualTo(401);
  }

  @Test
  void loggingOutClosesTheSocket() throws InterruptedException {
    var cookie = login("ann", PASSWORD).response().cookies().getFirst().split(";")[0];
    var socket =
        RunningGateway.await(
            gateway
                .sockets()
                .connect(
                    gateway
                        .socketOptions()
                        .setHeaders(io.vertx.core.MultiMap.caseInsensitiveMultiMap())
                        .addHeader("Cookie", cookie)
                        .addHeader("Origin", origin())));
    var closed = new CountDownLatch(1);
    socket.closeHandler(_ -> closed.countDown());
    as(cookie, HttpMethod.POST, "/api/logout");

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(socket.closeStatusCode()).isEqualTo((short) 1008);
  }

  @Test
  void nobodyOpensASocketUnknown() {
    var options =
        gateway.socketOptions().setHeaders(io.vertx.core.MultiMap.caseInsensitiveMultiMap());

    Assertions.assertThatThrownBy(() -> RunningGateway.await(gateway.sockets().connect(options)))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> assertThat(refused.getStatus()).isEqualTo(401));
  }

  @Test
  void aPasswordThatWasGivenIsGoodForChoosingAnother() {
    gateway.users.users.put(
        "new", new UserAccount("new", Role.ADMIN, HASH, true, false, Samples.NOON));
    var answer = login("new", PASSWORD);
    var cookie = answer.response().cookies().getFirst();
    assertThat(answer.json().getBoolean("must_change")).isTrue();
    assertThat(answer.json().getJsonArray("permissions")).isEmpty();
    assertThat(as(cookie, HttpMethod.GET, "/api/users").json().getString("type"))
        .isEqualTo("/problems/password-must-change");

    assertThat(change(cookie, "not the password", "another password").status()).isEqualTo(403);
    assertThat(change(cookie, PASSWORD, "short").json().getString("detail"))
        .isEqualTo("password must be 10 to 200 characters, had 5");
    assertThat(change(cookie, PASSWORD, PASSWORD).status()).isEqualTo(400);
    assertThat(change(cookie, PASSWORD, "another password").status()).isEqualTo(200);
    assertThat(as(cookie, HttpMethod.GET, "/api/users").status()).isEqualTo(200);
    assertThat(login("new", PASSWORD).status()).isEqualTo(401);
    assertThat(login("new", "another password").status()).isEqualTo(200);
  }

  @Test
  void anotherPasswordEndsTheOtherLogins() {
    var here = login("ann", PASSWORD).response().cookies().getFirst();
    var there = login("ann", PASSWORD).response().cookies().getFirst();

    assertThat(change(here, PASSWORD, "another password").status()).isEqualTo(200);
    assertThat(as(here, HttpMethod.GET, "/api/me").status()).isEqualTo(200);
    assertThat(as(there, HttpMethod.GET, "/api/me").status()).isEqualTo(401);
  }

  @Test
  void aTokenMayDoWhatItWasGivenAndNoMore() {
    var cookie = login("ann", PASSWORD).response().cookies().getFirst();
    var made =
        send(
                request(cookie, HttpMethod.POST, "/api/tokens").putHeader("Origin", origin()),
                new JsonObject("{\"label\": \"a robot\", \"permissions\": [\"read\"]}"))
            .json();

    assertThat(byToken(made.getString("secret"), HttpMethod.GET, "/api/strategies").status())
        .isEqualTo(200);
    var denied = byToken(made.getString("secret"), HttpMethod.POST, "/sessions/stop");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.json().getString("detail"))
        .isEqualTo("This needs the permission trade; user 'ann', trader, has read here.");
    gateway.users.users.remove("ann");
    gateway.users.add("ann", Role.VIEWER, HASH);
    as(cookie, HttpMethod.DELETE, "/api/tokens/" + made.getString("token_id"));
    assertThat(byToken(made.getString("secret"), HttpMethod.GET, "/api/strategies").status())
        .isEqualTo(401);
  }

  @Test
  void aTokenCannotHaveWhatItsUserHasNot() {
    var cookie = login("ann", PASSWORD).response().cookies().getFirst();
    var answer =
        send(
            request(cookie, HttpMethod.POST, "/api/tokens").putHeader("Origin", origin()),
            new JsonObject("{\"label\": \"a robot\", \"permissions\": [\"admin\"]}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("detail"))
        .isEqualTo(
            "permissions must be among those of the user, [read, strategies, trade, publish],"
                + " was admin");
  }

  @Test
  void aTokenIsNoCookieAndACookieNoToken() {
    var login = gateway.users.token("sp_login", "ann", TokenKind.LOGIN, Role.ADMIN.permissions());

    assertThat(byToken("sp_login", HttpMethod.GET, "/api/me").status())
        .as(login.toString())
        .isEqualTo(401);
    assertThat(as("sandpiper_login=" + FakeUsers.ADMIN, HttpMethod.GET, "/api/me").status())
        .isEqualTo(401);
  }

  @Test
  void aTokenThatExpiredLetsNobodyIn() {
    var token = gateway.users.token("sp_old", "ann", TokenKind.CLIENT, Role.ADMIN.permissions());
    gateway.users.tokens.put(
        token.secretHash(),
        new sandpiper.bus.Access.AccessToken(
            token.tokenId(),
            "ann",
            TokenKind.CLIENT,
            "old",
            token.secretHash(),
            EnumSet.allOf(Permission.class),
            1,
            Samples.NOON,
            null));

    assertThat(byToken("sp_old", HttpMethod.GET, "/api/me").status()).isEqualTo(401);
  }

  @Test
  void aCommandIsWrittenDownBeforeAndAfter() {
    var body = new JsonObject("{\"user\": \"zoe\", \"role\": \"viewer\"}");
    var made = gateway.post("/api/users", body);

    var entry = gateway.users.audited.getLast();
    assertThat(entry.user()).isEqualTo("admin");
    assertThat(entry.tokenId()).isEqualTo("tok_admin");
    assertThat(entry.remote()).isEqualTo("127.0.0.1");
    assertThat(entry.operation()).isEqualTo("createUser");
    assertThat(entry.target()).isEqualTo("/api/users");
    assertThat(entry.detail()).isEqualTo(body.encode());
    assertThat(entry.status()).isNull();
    assertThat(closed(gateway.users.audited.size())).isEqualTo(201);
    assertThat(gateway.users.audited.toString())
        .doesNotContain(made.json().getString("one_time_password"));
  }

  @Test
  void aDeniedCommandIsWrittenDown() {
    assertThat(byToken(FakeUsers.VIEWER, HttpMethod.POST, "/sessions/stop").status())
        .isEqualTo(403);

    // A denied call is written down while it is answered, not before.
    await(() -> !gateway.users.audited.isEmpty());
    assertThat(gateway.users.audited.getLast())
        .returns("viewer", entry -> entry.user())
        .returns("stopSession", entry -> entry.operation())
        .returns(403, entry -> entry.status())
        .returns(
            "This needs the permission trade; user 'viewer', viewer, has read here.",
            entry -> entry.problem());
  }

  @Test
  void aSecretThatIsNotAllowedIsNotRepeated() {
    var cookie = login("ann", PASSWORD).response().cookies().getFirst();
    var answer = change(cookie, PASSWORD, "x".repeat(300));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toString()).doesNotContain("xxx").contains("10 to 200 characters");
  }

  private int closed(int entry) {
    await(() -> gateway.users.closed.stream().anyMatch(close -> close.entry() == entry));
    return gateway.users.closed.stream()
        .filter(close -> close.entry() == entry)
        .findFirst()
        .orElseThrow()
        .status();
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private String origin() {
    return "http://127.0.0.1:" + gateway.port();
  }

  private Reply login(String user, String password) {
    return new Reply(RunningGateway.await(attempt(user, password)));
  }

  private io.vertx.core.Future<HttpResponse<Buffer>> attempt(String user, String password) {
    return gateway
        .strange(HttpMethod.POST, "/api/login")
        .sendJsonObject(new JsonObject().put("user", user).put("password", password));
  }

  private Reply change(String cookie, String current, String password) {
    return send(
        request(cookie, HttpMethod.POST, "/api/me/password").putHeader("Origin", origin()),
        new JsonObject().put("current", current).put("password", password));
  }

  private Reply as(String cookie, HttpMethod method, String path) {
    return send(
        request(cookie, method, path)
            .putHeader("Origin", origin())
            .putHeader("content-type", "application/json"),
        null);
  }

  private HttpRequest<Buffer> request(String cookie, HttpMethod method, String path) {
    return gateway.strange(method, path).putHeader("Cookie", cookie.split(";")[0]);
  }

  private Reply byToken(String token, HttpMethod method, String path) {
    return send(
        gateway
            .strange(method, path)
            .putHeader("content-type", "application/json")
            .bearerTokenAuthentication(token),
        null);
  }

  private static Reply send(HttpRequest<Buffer> request, @Nullable JsonObject body) {
    return new Reply(
        RunningGateway.await(body == null ? request.send() : request.sendJsonObject(body)));
  }
}
