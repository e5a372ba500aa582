package dev.freshet.ingest;

/// What the rows of one copy have to do with each other in time.
enum Consistency {
    /// All are as one snapshot of the database has them.
    STRICT,
    /// Each range of the table's key is as a snapshot of its own has it, so that a copy that was interrupted can be
    /// continued.
    RELAXED
}
