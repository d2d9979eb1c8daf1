/// Market data into sessions.
///
/// ```
/// file ──▶ DataSource ──▶ CsvRows ──▶ MarketDataReader ──▶ ReplayFeed ──Input──▶ session
///          unpacks        splits      checks, converts     numbers, paces   │
///                                                                           └──▶ recording
/// ```
///
/// Recorded messages of an exchange take [Lines] and [StreamReader] in place of the two in the
/// middle.
///
/// A session of several symbols has a file for each, and [MergedData] between its readers and the
/// feed. All up to there is [MarketData], plain Java that serves backtests in one thread as well;
/// the rest runs on the bus.
@NullMarked
package sandpiper.feeds;

import org.jspecify.annotations.NullMarked;
