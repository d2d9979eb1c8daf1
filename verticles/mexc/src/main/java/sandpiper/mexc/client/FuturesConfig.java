package sandpiper.mexc.client;

import java.net.URI;
import java.time.Duration;

/// Where the exchange's futures are, how much may be asked of them, and how long it may take.
///
/// @param rest such as `https://api.mexc.com`, without a path
/// @param streams such as `wss://contract.mexc.com/edge`
/// @param timeout of a request, from 1 ms to a minute
/// @param orders whether orders may be sent
public record FuturesConfig(
    URI rest,
    URI streams,
    FuturesLimits limits,
    StreamTiming timing,
    Duration timeout,
    boolean orders) {
  /// The exchange itself, as it documents its limits, without orders.
  public static final FuturesConfig STANDARD =
      of("https://api.mexc.com", "wss://contract.mexc.com/edge");

  public FuturesConfig {
    MexcConfig.require(rest, streams, timeout);
  }

  /// With standard limits and times, without orders.
  public static FuturesConfig of(String rest, String streams) {
    return new FuturesConfig(
        MexcConfig.uri(rest),
        MexcConfig.uri(streams),
        FuturesLimits.STANDARD,
        StreamTiming.STANDARD,
        Duration.ofSeconds(5),
        false);
  }

  public FuturesConfig with(FuturesLimits other) {
    return new FuturesConfig(rest, streams, other, timing, timeout, orders);
  }

  public FuturesConfig with(StreamTiming other) {
    return new FuturesConfig(rest, streams, limits, other, timeout, orders);
  }

  public FuturesConfig with(Duration otherTimeout) {
    return new FuturesConfig(rest, streams, limits, timing, otherTimeout, orders);
  }

  public FuturesConfig withOrders(boolean allowed) {
    return new FuturesConfig(rest, streams, limits, timing, timeout, allowed);
  }
}
