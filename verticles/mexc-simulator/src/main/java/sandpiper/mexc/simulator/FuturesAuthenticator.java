package sandpiper.mexc.simulator;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells whose a request to the futures is: key, time and signature stand in headers, and on the
/// WebSocket in the login.
final class FuturesAuthenticator {
  private static final long WINDOW = 10_000;

  private final Exchange exchange;

  FuturesAuthenticator(Exchange exchange) {
    this.exchange = exchange;
  }

  /// @throws Refused when it is nobody's
  Account authenticate(RestApi.Request request) {
    var headers = request.headers();
    var signed =
        request.method().equals("POST")
            ? request.body()
            : Arrays.stream(request.query().split("&")).sorted().collect(Collectors.joining("&"));
    return authenticate(
        headers.get("ApiKey"), headers.get("Request-Time"), headers.get("Signature"), signed);
  }

  /// @throws Refused when it is nobody's
  Account authenticate(
      @Nullable String key, @Nullable String time, @Nullable String signature, String signed) {
    if (key == null || time == null || signature == null) {
      throw Refused.of(401, "Unauthorized");
    }
    var account = exchange.account(key);
    if (account == null) {
      throw Refused.of(402, "Api_key expired");
    }
    if (!account.signing().verify(key + time, signed, signature)) {
      throw Refused.of(602, "Signature verification failed");
    }
    long at;
    try {
      at = Long.parseLong(time);
    } catch (NumberFormatException _) {
      throw Refused.of(600, "Parameter error: Request-Time");
    }
    if (Math.abs(exchange.now() - at) > WINDOW) {
      throw Refused.of(513, "Invalid request(time)");
    }
    return account;
  }
}
