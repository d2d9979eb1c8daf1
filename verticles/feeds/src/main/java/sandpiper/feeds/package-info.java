/// Market data into sessions.
///
/// ```
/// file ──▶ DataSource ──▶ CsvRows ──▶ MarketDataReader ─┐
///          unpacks        splits      checks, converts  ├─▶ MergedData ──▶ ReplayFeed ──Input──▶ session
/// file ──▶    …             …                …         ─┘   by time        numbers, paces   │
///                                                                                           └──▶ recording
/// ```
///
/// A session of one symbol has one file, and nothing to merge. All up to there ([MarketData]) is
/// plain Java and serves backtests in one thread as well; the rest runs on the bus.
@NullMarked
package sandpiper.feeds;

import org.jspecify.annotations.NullMarked;
