/// Market data into sessions.
///
/// ```
/// file ──▶ DataSource ──▶ CsvRows ──▶ MarketDataReader ──▶ ReplayFeed ──Input──▶ session
///          unpacks        splits      checks, converts     numbers, paces   │
///                                                                           └──▶ recording
/// ```
///
/// The reader is plain Java and serves backtests in one thread as well; the rest runs on the bus.
@NullMarked
package sandpiper.feeds;

import org.jspecify.annotations.NullMarked;
