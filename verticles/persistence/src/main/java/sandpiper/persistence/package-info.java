/// PostgreSQL, the record of everything: an embedded server or one that the configuration names.
///
/// ```
/// DatabaseConfig ──▶ Database ──▶ EmbeddedDatabase (DirectoryLock, Postmaster)
///                       │    └──▶ Migrations
///                       ▼ pool
/// PersistenceVerticle ──▶ Records ──▶ JournalTables, InputTables ──▶ Table
///                    └──▶ History
/// ```
///
/// A write is answered after its commit and may be repeated: rows are kept by id, so a batch whose
/// outcome got lost with the connection is simply written again.
@NullMarked
package sandpiper.persistence;

import org.jspecify.annotations.NullMarked;
