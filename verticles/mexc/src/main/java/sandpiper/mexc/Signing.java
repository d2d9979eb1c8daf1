package sandpiper.mexc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs what goes to MEXC's spot REST: HMAC-SHA256 over the query as it is sent, immediately
/// followed by the body as it is sent, in lower-case hexadecimal digits.
///
/// Safe for use from several threads.
public final class Signing {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /// @param secret the secret key of the account, not empty
  public Signing(String secret) {
    key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
  }

  /// @param query percent-encoded, without `?` and without `signature`
  /// @param body empty when there is none
  public String sign(String query, String body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(query.getBytes(UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// Whether a signature is the right one; takes as long whichever digit is wrong.
  public boolean verify(String query, String body, String signature) {
    return MessageDigest.isEqual(sign(query, body).getBytes(UTF_8), signature.getBytes(UTF_8));
  }
}
