package sandpiper.domain.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Makes the ids of sessions: the mode's prefix and 16 letters and digits (Crockford's base 32).
public final class SessionIds {
  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 16;

  private SessionIds() {}

  /// Ids made later sort later.
  ///
  /// @param millis UTC milliseconds since 1970
  /// @param random tells apart what begins in the same millisecond
  public static String timeOrdered(SessionMode mode, long millis, int random) {
    long high = millis >>> 8;
    long low = (millis & 0xff) << 32 | Integer.toUnsignedLong(random);
    return mode.prefix() + digits(high) + digits(low);
  }

  /// The same content gives the same id: a backtest run twice is the same session.
  public static String derived(SessionMode mode, String content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var hash = ByteBuffer.wrap(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
      return mode.prefix() + digits(hash.getLong() >>> 24) + digits(hash.getLong() >>> 24);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The lowest 40 bits as eight digits.
  private static String digits(long bits) {
    var text = new char[LENGTH / 2];
    for (int i = text.length - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (bits & 31)];
      bits >>>= 5;
    }
    return new String(text);
  }
}
