package sandpiper.mexc.client;

import java.time.Duration;

/// The times by which streams are kept alive.
///
/// @param ping between two signs of life that are asked for
/// @param dead without any sign of life, after which a connection is given up; more than `ping`
/// @param silent without news of a symbol, after which its connection is made anew
/// @param backOff before the first attempt to connect again; doubled with each, with chance in it
/// @param longestBackOff before any attempt
/// @param stable that a connection must last for the next back-off to begin small again
/// @param life of a connection, after which another takes over without a hole; the exchange ends
///   them after 24 hours
/// @param listenKey between two extensions of the right to hear of an account, which the exchange
///   gives for 60 minutes
public record StreamTiming(
    Duration ping,
    Duration dead,
    Duration silent,
    Duration backOff,
    Duration longestBackOff,
    Duration stable,
    Duration life,
    Duration listenKey) {
  public static final StreamTiming STANDARD =
      new StreamTiming(
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(120),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofHours(23),
          Duration.ofMinutes(25));

  public StreamTiming {
    positive("ping", ping);
    positive("dead", dead);
    positive("silent", silent);
    positive("backOff", backOff);
    positive("longestBackOff", longestBackOff);
    positive("stable", stable);
    positive("life", life);
    positive("listenKey", listenKey);
    if (dead.compareTo(ping) <= 0) {
      throw new IllegalArgumentException("dead must be more than ping, was " + dead);
    }
  }

  /// With another patience for symbols of which nothing is heard.
  public StreamTiming withSilent(Duration other) {
    return new StreamTiming(ping, dead, other, backOff, longestBackOff, stable, life, listenKey);
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, was " + value);
    }
  }
}
