package sandpiper.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.app.TestPlatform.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Access.ListAudit;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;

/// Who may come in, with a browser, a command line and TLS.
class AccessIT extends BrowserTest {
  private static TestPlatform platform;
  private static Path database;

  @BeforeAll
  static void open() throws IOException {
    database = TestPlatform.freshDirectory();
    platform = TestPlatform.start(AppConfig.of(TestPlatform.settings(database), Map.of()));
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  /// The password that the first start shows is good once, for choosing another.
  @Test
  void fromTheFirstStartToAViewerWhoOnlyLooks(@TempDir Path folder) throws Exception {
    provoked.add("401");
    var first = platform.platform.firstPassword();
    assertThat(first).matches("[a-z2-9]{20}");
    page.navigate(platform.url() + "/#/login/admin/" + first);
    assertThat(element("login-user")).hasValue("admin");
    assertThat(page.url()).as("the password is gone from the address").doesNotContain("login");
    screenshot("login-dark-1440");
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    element("login-submit").click();
    choose("a password of mine", "a password of mine?");
    assertThat(element("password-error")).hasText("The two are not the same.");
    choose("a password of mine", "a password of mine");
    assertThat(element("connection-state")).hasAttribute("data-state", "connected");
    assertThat(element("account-button")).hasText("admin");
    page.setViewportSize(390, 844);
    var button = element("account-button").boundingBox();
    assertThat(button.x + button.width).as("on a phone").isLessThanOrEqualTo(390);
    screenshot("access-dark-390");
    page.setViewportSize(1440, 900);

    var config = config(folder);
    var added = Cli.run("user", "add", "vera", "--role", "viewer", "--config", config);
    assertThat(added.code()).as(added.err()).isZero();
    var given = added.out().strip().split(" password ", 2)[1].split(",", 2)[0];
    var session = await(platform.bus.ask(Channels.START_SESSION, replay())).sessionId();

    element("account-button").click();
    assertThat(element("account-role"))
        .hasText("Role admin: read, strategies, trade, publish, admin");
    element("logout").click();
    logIn("vera", "not her password");
    assertThat(element("login-error")).hasText("User or password is wrong.");
    logIn("vera", given);
    choose("vera looks on", "vera looks on");

    assertThat(element("account-button")).hasText("vera reads only");
    assertThat(element("session-status")).containsText("running");
    assertThat(element("start-button")).isDisabled();
    assertThat(element("kill-button")).isDisabled();
    assertThat(element("stop-button")).isDisabled();
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
    assertThat(element("session-status")).containsText("stopped");

    var disabled = Cli.run("user", "disable", "vera", "--config", config);
    assertThat(disabled.out()).contains("vera is viewer, disabled");
    assertThat(element("login")).isVisible();
    assertThat(element("login")).containsText("You have to log in again");
    var audit = await(platform.bus.ask(Channels.LIST_AUDIT, new ListAudit(100, null, null)));
    assertThat(audit.rows().reversed())
        .extracting(row -> row.entry().user() + " " + row.entry().operation())
        .containsSubsequence(
            "admin login",
            "admin changePassword",
            "command line createUser",
            "admin logout",
            "vera login",
            "vera login",
            "vera changePassword",
            "command line changeUser");
  }

  @Test
  void theCommandLineSaysWhatIsWrong(@TempDir Path folder) throws IOException {
    var config = config(folder);
    var role = Cli.run("user", "add", "otto", "--role", "boss", "--config", config);
    assertThat(role.code()).isEqualTo(2);
    assertThat(role.err()).contains("ROLE must be viewer, trader or admin, was 'boss'");
    var name = Cli.run("user", "add", "Otto!", "--role", "viewer", "--config", config);
    assertThat(name.code()).isEqualTo(2);
    assertThat(name.err()).contains("NAME must be a letter").contains("was 'Otto!'");
    var last = Cli.run("user", "delete", "admin", "--config", config);
    assertThat(last.code()).isEqualTo(2);
    assertThat(last.err()).contains("user 'admin' is the last admin who can log in");
    var gone = Cli.run("user", "reset", "nobody", "--config", config);
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err()).contains("unknown user 'nobody'");
    assertThat(Cli.run("user", "list", "--config", config).out()).contains("admin");
  }

  @Test
  void noPasswordIsInTheDatabase() {
    var users = await(platform.bus.ask(Channels.LIST_USERS, new ListUsers())).users();

    assertThat(users)
        .isNotEmpty()
        .allSatisfy(user -> assertThat(user.passwordHash()).startsWith("$pbkdf2$it=210000$"));
  }

  /// With a certificate made for this test alone.
  @Test
  void withACertificateThereIsOnlyTls(@TempDir Path folder) throws Exception {
    var keys = keys(folder.resolve("key.p12"));
    var certificate = (X509Certificate) keys.getCertificate("k");
    var key = keys.getKey("k", "changeit".toCharArray());
    var certificateFile = pem(folder, "CERTIFICATE", certificate.getEncoded());
    var keyFile = pem(folder, "PRIVATE KEY", key.getEncoded());
    var settings = TestPlatform.settings(TestPlatform.freshDirectory());
    settings
        .getJsonObject("gateway")
        .put("tls-certificate", certificateFile.toString())
        .put("tls-key", keyFile.toString())
        .put("tcp-port", 0);
    var environment = Map.of("SANDPIPER_ADMIN_PASSWORD", TestPlatform.PASSWORD);
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> AppConfig.of(settings, environment))
        .hasMessageContaining("gateway.tls-key must be a file that nobody but its owner can read");
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));

    try (var safe = TestPlatform.start(AppConfig.of(settings, environment));
        var http = HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
      var origin = "https://127.0.0.1:" + safe.platform.port();
      var body = new JsonObject().put("user", "admin").put("password", TestPlatform.PASSWORD);
      var login =
          http.send(
              HttpRequest.newBuilder(URI.create(origin + "/api/login"))
                  .header("Content-Type", "application/json")
                  .header("Origin", origin)
                  .POST(BodyPublishers.ofString(body.encode()))
                  .build(),
              BodyHandlers.ofString());

      assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
      assertThat(login.headers().firstValue("set-cookie").orElseThrow()).contains("Secure");
      assertThat(login.headers().firstValue("content-security-policy").orElseThrow())
          .contains("wss://127.0.0.1:" + safe.platform.port());
      assertThat(firstFrame(trusting(certificate).getSocketFactory(), safe.platform.tcpPort()))
          .contains("The first frame must be a send to login");
      assertThatThrownBy(() -> firstFrame(SocketFactory.getDefault(), safe.platform.tcpPort()))
          .isInstanceOf(IOException.class);
    }
  }

  /// Sends the bridge by TCP what is not a login, and reads why that is refused.
  private static String firstFrame(SocketFactory sockets, int port) throws IOException {
    try (var socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      var frame = "{\"type\":\"send\"}".getBytes(UTF_8);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(frame.length);
      out.write(frame);
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      int length = in.readInt();
      if (length > 1_000) { // an alert of TLS, read as a length
        throw new IOException("no frame");
      }
      return new String(in.readNBytes(length), UTF_8);
    }
  }

  private void logIn(String user, String password) {
    element("login-user").fill(user);
    element("login-password").fill(password);
    element("login-submit").click();
  }

  private void choose(String password, String again) {
    element("password-new").fill(password);
    element("password-again").fill(again);
    element("password-submit").click();
  }

  private static KeyStore keys(Path store) throws Exception {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var words =
        ("-genkeypair -alias k -keyalg EC -dname CN=localhost -ext SAN=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass changeit -keystore")
            .split(" ", -1);
    var command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(words));
    command.add(store.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("k", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static Path pem(Path folder, String kind, byte[] content) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(kind.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  private static StartSession replay() {
    return new StartSession(
        SessionMode.PAPER,
        List.of("BTCUSD"),
        List.of(new StrategyRequest("ema-cross", Map.of())),
        new BigDecimal("10000"),
        "demo",
        null,
        60.0);
  }

  /// A file that names the database of the platform that runs.
  private static String config(Path folder) throws IOException {
    return Files.writeString(
            folder.resolve("config.yaml"), "database: {port: 0, directory: " + database + "}\n")
        .toString();
  }
}
