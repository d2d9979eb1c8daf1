package sandpiper.mexc.client;

import java.net.URI;
import java.time.Duration;

/// Where the exchange is, how much may be asked of it, and how long it may take.
///
/// @param rest such as `https://api.mexc.com`, without a path
/// @param streams such as `wss://wbs-api.mexc.com/ws`
/// @param timeout of a request, from 1 ms to a minute
/// @param futures the same for the futures
public record MexcConfig(
    URI rest,
    URI streams,
    MexcLimits limits,
    StreamTiming timing,
    Duration timeout,
    FuturesConfig futures) {
  /// The exchange itself, as it documents its limits.
  public static final MexcConfig STANDARD = of("https://api.mexc.com", "wss://wbs-api.mexc.com/ws");

  public MexcConfig {
    require(rest, streams, timeout);
  }

  static void require(URI rest, URI streams, Duration timeout) {
    require("the address of REST", rest, "http", "https");
    if (!rest.getRawPath().isEmpty() && !rest.getRawPath().equals("/")) {
      throw new IllegalArgumentException("the address of REST must have no path, was " + rest);
    }
    require("the address of the streams", streams, "ws", "wss");
    if (timeout.toMillis() < 1 || timeout.toMillis() > 60_000) {
      throw new IllegalArgumentException("timeout must be from 1 ms to 60 s, was " + timeout);
    }
  }

  /// With standard limits and times.
  public static MexcConfig of(String rest, String streams) {
    return new MexcConfig(
        uri(rest),
        uri(streams),
        MexcLimits.STANDARD,
        StreamTiming.STANDARD,
        Duration.ofSeconds(5),
        FuturesConfig.STANDARD);
  }

  public MexcConfig with(MexcLimits other) {
    return new MexcConfig(rest, streams, other, timing, timeout, futures);
  }

  public MexcConfig with(StreamTiming other) {
    return new MexcConfig(rest, streams, limits, other, timeout, futures);
  }

  public MexcConfig with(Duration otherTimeout) {
    return new MexcConfig(rest, streams, limits, timing, otherTimeout, futures);
  }

  public MexcConfig with(FuturesConfig other) {
    return new MexcConfig(rest, streams, limits, timing, timeout, other);
  }

  static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("'" + text + "' is no address");
    }
  }

  private static void require(String what, URI uri, String plain, String secure) {
    boolean known = plain.equals(uri.getScheme()) || secure.equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getRawQuery() != null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "%s must be %s:// or %s:// and a host, without user and query, was '%s'"
              .formatted(what, plain, secure, uri));
    }
  }

  static boolean isSecure(URI uri) {
    return uri.getScheme().equals("https") || uri.getScheme().equals("wss");
  }

  static int port(URI uri) {
    int standard = isSecure(uri) ? 443 : 80;
    return uri.getPort() < 0 ? standard : uri.getPort();
  }
}
