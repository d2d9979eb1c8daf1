/// What the market says: trades, quotes, bars, and the instruments they speak of.
///
/// Prices and amounts here are doubles, as exchanges and files give them with at most 15
/// significant digits; [Decimals][sandpiper.domain.market.Decimals] turns them into the exact
/// decimals that money is counted in. Times are UTC microseconds since 1970.
@NullMarked
package sandpiper.domain.market;

import org.jspecify.annotations.NullMarked;
