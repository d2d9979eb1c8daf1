package sandpiper.mexc.simulator;

import java.util.regex.Pattern;

/// Tells whose a request is: key, signature over query and body as they were sent, clock window.
final class Authenticator {
  private static final String SIGNATURE = "signature=";
  private static final Pattern LOWER_CASE_ESCAPE = Pattern.compile("%(.[a-f]|[a-f].)");
  private static final long USUAL_WINDOW = 5_000;
  private static final long LONGEST_WINDOW = 60_000;
  private static final long AHEAD = 1_000;

  private final Exchange exchange;

  Authenticator(Exchange exchange) {
    this.exchange = exchange;
  }

  /// @param time of the exchange's clock
  /// @throws Refused when it is nobody's
  Account authenticate(RestApi.Request request, Params params, long time) {
    var key = request.headers().get("X-MEXC-APIKEY");
    var contentType = request.headers().get("Content-Type");
    if (contentType != null && !contentType.startsWith("application/json")) {
      throw Refused.of(700013, "Invalid content Type.");
    }
    if (key == null || key.isEmpty()) {
      throw Refused.of(400, "api key required");
    }
    var account = exchange.account(key);
    if (account == null) {
      throw Refused.of(10072, "Api key info invalid");
    }
    requireSigned(account, request.query(), request.body());
    requireTime(params, time);
    return account;
  }

  private static void requireSigned(Account account, String query, String body) {
    boolean inBody = query.lastIndexOf(SIGNATURE) < 0;
    var signed = inBody ? body : query;
    int at = signed.lastIndexOf(SIGNATURE);
    if (at < 0 || (at > 0 && signed.charAt(at - 1) != '&')) {
      throw wrongSignature();
    }
    var signature = signed.substring(at + SIGNATURE.length());
    var rest = signed.substring(0, Math.max(0, at - 1));
    var signedQuery = inBody ? query : rest;
    var signedBody = inBody ? rest : body;
    // The exchange decodes and encodes again, with capitals.
    if (LOWER_CASE_ESCAPE.matcher(signedQuery + signedBody).find()
        || !account.signing().verify(signedQuery, signedBody, signature)) {
      throw wrongSignature();
    }
  }

  private static void requireTime(Params params, long time) {
    params.required("timestamp");
    var sent = params.whole("timestamp");
    var given = params.whole("recvWindow");
    long window = given == null ? USUAL_WINDOW : given;
    if (window > LONGEST_WINDOW || window < 0) {
      throw Refused.of(700005, "recvWindow must be less than 60000");
    }
    if (sent == null || sent >= time + AHEAD || time - sent > window) {
      throw Refused.of(700003, "Timestamp for this request is outside of the recvWindow.");
    }
  }

  private static Refused wrongSignature() {
    return Refused.of(700002, "Signature for this request is not valid.");
  }
}
