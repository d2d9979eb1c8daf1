package sandpiper.mexc.client;

import java.util.List;
import java.util.Set;
import sandpiper.domain.market.MarketStream;

/// What is asked of a market, and what its news mean.
interface MarketProtocol<F> extends Protocol<F> {
  /// @param wanted of trades, quotes and books
  List<String> channels(String symbol, Set<MarketStream> wanted);

  /// Of whom the news are; whatever else when of nobody.
  String symbol(F news);

  /// Tells them.
  ///
  /// @param time UTC microseconds
  /// @param doubled whether the same may come over another connection as well
  /// @throws IllegalArgumentException when they have values that cannot be
  void tell(F news, SymbolStream to, long time, boolean doubled);
}
