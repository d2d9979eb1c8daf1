package sandpiper.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Makes what must not be guessed. Safe for use from any thread.
public final class Secrets {
  /// Without letters and digits that look alike.
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /// A password to be typed once: 20 characters, 98 bits.
  public static String oneTimePassword() {
    var password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      password.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
    }
    return password.toString();
  }

  /// The secret of a token: `sp_` and 256 bits.
  static String token() {
    return "sp_" + random(32);
  }

  /// The name of a token, which is no secret: `tok_` and 96 bits.
  static String tokenId() {
    return "tok_" + random(12);
  }

  /// SHA-256 in hexadecimal. Enough for secrets that are random; passwords need [Passwords].
  public static String hash(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  static String random(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
