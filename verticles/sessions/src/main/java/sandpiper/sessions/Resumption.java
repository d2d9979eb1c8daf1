package sandpiper.sessions;

import sandpiper.bus.Messages.SessionBasis;

/// Where a live session goes on that was under way when the platform ended.
///
/// @param basis what it began with
/// @param startedAt wall clock, UTC microseconds
/// @param lastSeq number of the last input on record
record Resumption(SessionBasis basis, long startedAt, long lastSeq) {}
