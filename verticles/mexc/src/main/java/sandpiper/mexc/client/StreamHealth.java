package sandpiper.mexc.client;

import java.util.List;

/// How streams are at a moment.
///
/// @param connections that there should be
/// @param connected that there are
/// @param reconnects after a connection was lost, since the beginning
/// @param renewals of connections for their age, since the beginning
/// @param gaps in what was heard, of symbols and of their order books, since the beginning
public record StreamHealth(
    List<SymbolHealth> symbols,
    int connections,
    int connected,
    long reconnects,
    long renewals,
    long gaps) {
  /// @param ageMillis since the last news of the symbol
  /// @param connected whether its connection is up
  /// @param silent whether there was no news of it for longer than usual
  public record SymbolHealth(String symbol, long ageMillis, boolean connected, boolean silent) {}

  public StreamHealth {
    symbols = List.copyOf(symbols);
  }
}
